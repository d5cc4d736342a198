import { type AgentTimeFact, type Instant, idOf, plusMinutes, type Recorded } from '@probono/domain';
import type { Agenda, AssignmentRow, HoldingRow } from './tables.js';
import { settle, type Task } from './task.js';

/** How long a reservation waits for its assignment. */
const reservedMinutes = 10;

const isLive = (assignment: AssignmentRow | undefined): boolean =>
  assignment !== undefined && assignment.ended_on === null;

const later = (a: Instant, b: Instant | null | undefined): Instant => (b && b > a ? b : a);

const releaseOf = ({ kind, subject_id, assignment_id: assignmentId }: HoldingRow, dueAt: Instant): Task => {
  const rest = { dueAt, round: dueAt, effective: 'when-given' } as const;
  switch (kind) {
    case 'seat':
      return { name: 'ReleaseSeat', data: { missionId: subject_id, assignmentId }, ...rest };
    case 'hours':
      return { name: 'ReleaseAllotment', data: { conventionId: subject_id, assignmentId }, ...rest };
    case 'quota':
      return { name: 'ReleaseQuota', data: { personId: subject_id, assignmentId }, ...rest };
  }
};

/** What is held for an assignment that never came, or is over, is to be given back. */
export const settleHoldings = (agenda: Agenda, assignmentId: string, event: Recorded): void => {
  const scope = { name: `holding-${assignmentId}`, conventionId: null };
  const assignment = agenda.assignments.get(assignmentId);
  const wanted = isLive(assignment)
    ? []
    : agenda.holdings
        .where('assignment_id', assignmentId)
        .map((held) => releaseOf(held, plusMinutes(later(held.taken_at, assignment?.ended_at), reservedMinutes)));
  settle(agenda, scope, agenda.tasks.where('scope', scope.name), wanted, event);
};

/** Something scarce, of the event's stream, is now held for an assignment. */
export const take = (agenda: Agenda, event: Recorded, assignmentId: string, kind: HoldingRow['kind']): void => {
  agenda.holdings.put({
    assignment_id: assignmentId,
    kind,
    subject_id: idOf(event.stream),
    taken_at: event.recordedAt,
  });
  settleHoldings(agenda, assignmentId, event);
};

/** It is given back; of hours, a live assignment keeps the rest, and one that is over keeps what was worked. */
export const giveBack = (
  agenda: Agenda,
  event: Recorded,
  assignmentId: string,
  kind: HoldingRow['kind'],
  all = kind !== 'hours',
): void => {
  if (!all && isLive(agenda.assignments.get(assignmentId))) return;
  agenda.holdings.delete(assignmentId, kind);
  settleHoldings(agenda, assignmentId, event);
};

export const foldQuota = (
  agenda: Agenda,
  event: Recorded<Extract<AgentTimeFact, { readonly type: 'QuotaTaken' | 'QuotaReleased' }>>,
): void => {
  const { assignmentId } = event.data;
  if (event.type === 'QuotaTaken') take(agenda, event, assignmentId, 'quota');
  else giveBack(agenda, event, assignmentId, 'quota');
};
