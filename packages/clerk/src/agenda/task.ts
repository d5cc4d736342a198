import {
  type Instant,
  type LocalDate,
  type Recorded,
  type ReviewKind,
  type StreamName,
  streamName,
} from '@probono/domain';
import { v5 } from 'uuid';
import type { Agenda, TaskRow } from './tables.js';

/** The commands that the clerk gives. */
export type ClerkCommand =
  | { name: 'EnterConventionIntoForce'; data: { conventionId: string; personId: string; on: LocalDate } }
  | { name: 'ResumeConvention'; data: { conventionId: string; on: LocalDate } }
  | { name: 'TerminateConvention'; data: { conventionId: string; personId?: string; on: LocalDate } }
  | { name: 'ExpireConvention'; data: { conventionId: string; on: LocalDate } }
  | {
      name: 'RecordSecondment';
      data: {
        personId: string;
        conventionId: string;
        hostId: string;
        framework: string;
        from: LocalDate;
        to: LocalDate;
      };
    }
  | { name: 'LapseAccreditation'; data: { organisationId: string; administrationId: string } }
  | { name: 'EndAssignment'; data: { assignmentId: string; on: LocalDate; cause: EndingCause } }
  | { name: 'CancelSession' | 'ReinstateSession'; data: { assignmentId: string; sessionId: string } }
  | { name: 'ReleaseSeat'; data: { missionId: string; assignmentId: string } }
  | { name: 'ReleaseAllotment'; data: { conventionId: string; assignmentId: string } }
  | { name: 'ReleaseQuota'; data: { personId: string; assignmentId: string } }
  | { name: 'RequestReview'; data: { reviewId: string; kind: ReviewKind; conventionId: string } };

/** Why the clerk ends an assignment. */
export type EndingCause =
  | 'completed'
  | 'convention_ended'
  | 'consent_withdrawn'
  | 'employment_ended'
  | 'mission_cancelled';

/** What is to be done, and when. */
export type Task = ClerkCommand & {
  /** At once, from the fact that calls for it on, unless told. */
  readonly dueAt?: Instant;
  readonly mootAt?: Instant;
  /** A day, that of the fact that calls for it, or the day on which it is given. */
  readonly effective: LocalDate | 'with-the-fact' | 'when-given';
  /** What tells it from the same command given before: a date, a session's version, a count; always from the log. */
  readonly round: string | number;
};

/** The namespace of the clerk's command ids (RFC 9562, section 5.5); changed, it would make everything be done again. */
const namespace = '8f2b0a66-8a0d-5d2e-9a53-3d6c1f7e0b41';

/** The stream that a command is decided on. */
const streamOf = ({ name, data }: ClerkCommand): StreamName => {
  switch (name) {
    case 'EnterConventionIntoForce':
    case 'ResumeConvention':
    case 'TerminateConvention':
    case 'ExpireConvention':
    case 'ReleaseAllotment':
      return streamName('convention', data.conventionId);
    case 'RecordSecondment':
      return streamName('person', data.personId);
    case 'LapseAccreditation':
      return streamName('organisation', data.organisationId);
    case 'EndAssignment':
      return streamName('assignment', data.assignmentId);
    case 'CancelSession':
    case 'ReinstateSession':
      return streamName('schedule', data.assignmentId);
    case 'ReleaseSeat':
      return streamName('mission', data.missionId);
    case 'ReleaseQuota':
      return streamName('agenttime', data.personId);
    case 'RequestReview':
      return streamName('review', data.reviewId);
  }
};

/** The id of a task and of its command: from stream, kind and date alone, so that every clerk derives the same. */
export const taskId = (task: Task): string => {
  const facts = Object.entries(task.data).sort(([a], [b]) => (a < b ? -1 : 1));
  return v5(JSON.stringify([streamOf(task), task.name, facts, task.round]), namespace);
};

const turns: Readonly<Record<ClerkCommand['name'], number>> = {
  LapseAccreditation: 0,
  EnterConventionIntoForce: 0,
  ResumeConvention: 0,
  TerminateConvention: 0,
  ExpireConvention: 0,
  RecordSecondment: 1,
  EndAssignment: 2,
  CancelSession: 3,
  ReinstateSession: 3,
  ReleaseSeat: 4,
  ReleaseAllotment: 4,
  ReleaseQuota: 4,
  RequestReview: 4,
};

/** Whose tasks are derived together: all that are there and no longer wanted go. */
export interface Scope {
  readonly name: string;
  readonly conventionId: string | null;
}

const effectiveOn = ({ effective }: Task, fact: Recorded): LocalDate | null => {
  if (effective === 'when-given') return null;
  return effective === 'with-the-fact' ? fact.effectiveOn : effective;
};

/** Makes the tasks of a scope those that are wanted; one that is there already stays as it was put. */
export const settle = (
  { tasks }: Pick<Agenda, 'tasks'>,
  scope: Scope,
  there: readonly TaskRow[],
  wanted: readonly Task[],
  event: Recorded,
): void => {
  const known = new Map(there.map((row) => [row.task_id, row]));
  const kept = new Set<string>();
  for (const task of wanted) {
    const id = taskId(task);
    kept.add(id);
    const row = known.get(id);
    const [dueAt, mootAt] = [task.dueAt ?? row?.due_at ?? event.recordedAt, task.mootAt ?? null];
    if (row?.due_at === dueAt && row.moot_at === mootAt) continue;
    tasks.put({
      task_id: id,
      scope: scope.name,
      convention_id: scope.conventionId,
      command: task.name,
      data: task.data,
      due_at: dueAt,
      moot_at: mootAt,
      turn: turns[task.name],
      effective_on: effectiveOn(task, event),
      tenant_id: event.tenantId,
      caused_by: event.eventId,
      correlation_id: event.correlationId,
    });
  }
  for (const id of known.keys()) if (!kept.has(id)) tasks.delete(id);
};
