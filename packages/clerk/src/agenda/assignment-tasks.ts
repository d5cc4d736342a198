import {
  addDays,
  type ConventionState,
  forceOn,
  forceSpans,
  type Instant,
  type LocalDate,
  PersonId,
  within,
} from '@probono/domain';
import { beginningOf } from './day.js';
import type { AssignmentRow, SessionRow } from './tables.js';
import type { EndingCause, Task } from './task.js';

/** The convention that an assignment is under. */
export interface Under {
  readonly state: ConventionState;
  /** When each of its suspensions was recorded. */
  readonly suspended_at: readonly Instant[];
}

/** What is to be done of an assignment, seen from one fact. */
export interface Looked {
  readonly assignment: AssignmentRow;
  readonly under: Under | undefined;
  readonly sessions: readonly SessionRow[];
  /** When the fact was recorded. */
  readonly now: Instant;
}

interface Ending {
  readonly on: LocalDate;
  readonly cause: EndingCause;
  readonly dueOn: LocalDate;
}

/** The last day in force for the agent; undefined when there is none. */
export const lastDayInForce = ({ state }: Under, personId: string): LocalDate | undefined =>
  forceSpans(state, personId).at(-1)?.to;

/** Everything to be done of an assignment. */
export const assignmentTasks = (looked: Looked): readonly Task[] => [
  ...endingTask(looked),
  ...looked.sessions.flatMap((session) => sessionTask(session, looked)),
];

const endingTask = ({ assignment, under }: Looked): readonly Task[] => {
  const { assignment_id: assignmentId, ended_on, zone } = assignment;
  if (ended_on !== null) return [];
  const [first] = endings(assignment, under).sort(
    (a, b) => compare(a.on, b.on) || compare(a.dueOn, b.dueOn) || compare(a.cause, b.cause),
  );
  if (first === undefined) return [];
  const { on, cause, dueOn } = first;
  const data = { assignmentId, on, cause };
  return [{ name: 'EndAssignment', data, round: on, effective: dueOn, dueAt: beginningOf(dueOn, zone) }];
};

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Each reason for which the assignment comes to an end; the earliest last day counts. */
const endings = (assignment: AssignmentRow, under: Under | undefined): Ending[] => {
  const { to_on, employed_until, mission_cancelled_on } = assignment;
  const found: Ending[] = [];
  if (mission_cancelled_on !== null) {
    found.push({ on: mission_cancelled_on, cause: 'mission_cancelled', dueOn: mission_cancelled_on });
  }
  if (employed_until !== null) {
    const dueOn = addDays(employed_until, 1);
    // One that was over before ends on its own last day.
    if (to_on < employed_until) found.push({ on: to_on, cause: 'completed', dueOn });
    else found.push({ on: employed_until, cause: 'employment_ended', dueOn });
  }
  const byConvention = under && endingOf(under, assignment);
  if (byConvention !== undefined) found.push(byConvention);
  return found;
};

const endingOf = (under: Under, { person_id, to_on, void_on }: AssignmentRow): Ending | undefined => {
  const last = lastDayInForce(under, person_id);
  if (last === undefined) {
    return void_on === null ? undefined : { on: void_on, cause: causeOf(under, person_id), dueOn: void_on };
  }
  const dueOn = addDays(last, 1);
  // One that was over before its convention ends with it, on its own last day.
  if (to_on < last) return { on: to_on, cause: 'completed', dueOn };
  return { on: last, cause: causeOf(under, person_id, last), dueOn };
};

const causeOf = ({ state }: Under, personId: string, last?: LocalDate): EndingCause => {
  const notice = state.notices[personId];
  const byAgent = notice !== undefined && !notice.withdrawn && notice.by === 'agent' && notice.endsOn === last;
  const text = state.texts.at(-1);
  const never = last === undefined && text?.submission?.required.consent && text.consents[personId] === undefined;
  return byAgent || never ? 'consent_withdrawn' : 'convention_ended';
};

const sessionTask = (session: SessionRow, looked: Looked): readonly Task[] => {
  const { assignment_id: assignmentId, session_id: sessionId, version, status, by_system, starts_at } = session;
  const data = { assignmentId, sessionId };
  const off = isOff(session, looked);
  const now = { data, round: version, effective: 'with-the-fact' } as const;
  if (status === 'planned' && off) return [{ name: 'CancelSession', ...now }];
  const takesPlace = status === 'cancelled' && by_system && !off && starts_at > looked.now && isOn(session, looked);
  return takesPlace ? [{ name: 'ReinstateSession', ...now, mootAt: starts_at }] : [];
};

/** The session cannot take place; what had begun before a suspension was recorded is history and stays. */
const isOff = ({ date, starts_at }: SessionRow, { assignment, under }: Looked): boolean => {
  const { ended_on, employed_until, mission_cancelled_on, mission_cancelled_at } = assignment;
  if (ended_on !== null && date > ended_on) return true;
  if (employed_until !== null && date > employed_until) return true;
  const cancelled = mission_cancelled_on !== null && mission_cancelled_at !== null;
  if (cancelled && date >= mission_cancelled_on && starts_at > mission_cancelled_at) return true;
  return (
    under?.state.suspensions.some(({ from, to, resumedOn }, index) => {
      const until = resumedOn === undefined ? to : addDays(resumedOn, -1);
      return within(date, from, until) && starts_at > (under.suspended_at[index] ?? starts_at);
    }) === true
  );
};

const isOn = ({ date }: SessionRow, { assignment, under }: Looked): boolean =>
  assignment.ended_on === null &&
  within(date, assignment.from_on, assignment.to_on) &&
  (under === undefined || forceOn(under.state, PersonId.parse(assignment.person_id), date) === 'in_force');
