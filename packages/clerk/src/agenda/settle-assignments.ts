import type { ConventionState, Instant, Recorded } from '@probono/domain';
import { assignmentTasks, lastDayInForce, type Under } from './assignment-tasks.js';
import type { Agenda, AssignmentRow, SessionRow, TaskRow } from './tables.js';
import { settle } from './task.js';

const scopeOf = ({ assignment_id, convention_id }: AssignmentRow) => ({
  name: `assignment-${assignment_id}`,
  conventionId: convention_id,
});

const groupedBy = <T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item)) ?? [];
    groups.set(keyOf(item), group);
    group.push(item);
  }
  return groups;
};

interface Found {
  readonly under: Under | undefined;
  readonly sessions: readonly SessionRow[];
  readonly there: readonly TaskRow[];
}

/** Notes since when the convention has no day in force for the agent, if so. */
const withVoid = (agenda: Agenda, row: AssignmentRow, under: Under | undefined, event: Recorded): AssignmentRow => {
  const isVoid = under !== undefined && row.ended_on === null && lastDayInForce(under, row.person_id) === undefined;
  const void_on = isVoid ? (row.void_on ?? event.effectiveOn) : null;
  if (void_on === row.void_on) return row;
  const noted = { ...row, void_on };
  agenda.assignments.put(noted);
  return noted;
};

const settleOne = (agenda: Agenda, row: AssignmentRow, { under, sessions, there }: Found, event: Recorded): void => {
  const assignment = withVoid(agenda, row, under, event);
  const looked = { assignment, under, sessions, now: event.recordedAt };
  settle(agenda, scopeOf(row), there, assignmentTasks(looked), event);
};

/** Derives again what is to be done of one assignment and its sessions. */
export const settleAssignment = (agenda: Agenda, row: AssignmentRow, event: Recorded): void => {
  const under = row.convention_id === null ? undefined : agenda.conventions.get(row.convention_id);
  const sessions = agenda.sessions.where('assignment_id', row.assignment_id);
  settleOne(agenda, row, { under, sessions, there: agenda.tasks.where('scope', scopeOf(row).name) }, event);
};

/** The same for all assignments under a convention, or those of one agent; loaded at once, for there may be hundreds. */
export const settleAssignments = (
  agenda: Agenda,
  under: { readonly conventionId: string; readonly state: ConventionState; readonly suspended_at: readonly Instant[] },
  personId: string | undefined,
  event: Recorded,
): void => {
  const { conventionId } = under;
  const all = agenda.assignments.where('convention_id', conventionId);
  const concerned = personId === undefined ? all : all.filter(({ person_id }) => person_id === personId);
  if (concerned.length === 0) return;
  const sessions = groupedBy(agenda.sessions.where('convention_id', conventionId), (row) => row.assignment_id);
  const tasks = groupedBy(agenda.tasks.where('convention_id', conventionId), ({ scope }) => scope);
  for (const row of concerned) {
    const there = tasks.get(scopeOf(row).name) ?? [];
    settleOne(agenda, row, { under, sessions: sessions.get(row.assignment_id) ?? [], there }, event);
  }
};
