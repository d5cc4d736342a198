import type { Instant } from '@probono/domain';
import type { DueRow, Plan } from './tables.js';

/** The kinds that tell of something that has just happened. */
export const eventKinds = ['booked', 'moved', 'cancelled', 'reinstated'] as const;
export type EventKind = (typeof eventKinds)[number];

/** True of a reminder that tells of something that has happened; it is planned once, by what it tells of. */
export const tellsOfEvent = ({ kind }: Pick<DueRow, 'kind'>): boolean => eventKinds.some((known) => known === kind);

/** True of a reminder of a session to come. */
const precedes = ({ kind }: DueRow): boolean => kind.startsWith('before-');

/**
 * Makes the reminders of one subject those that are wanted. What was due by `asOf` stays as it was, since it may have
 * been sent, and nothing is planned for a time that has passed: the mail that tells of the change is enough.
 */
export const rewrite = (plan: Plan, subjectId: string, wanted: readonly DueRow[], asOf: Instant): void => {
  const byId = new Map(wanted.map((row) => [row.id, row]));
  for (const row of plan.due.where('subject_id', subjectId)) {
    if (tellsOfEvent(row) || byId.has(row.id)) continue;
    // What follows a session rests on a condition: once that is gone there is nothing to tell, sent or not.
    if (row.due_at > asOf || !precedes(row)) plan.due.delete(row.id);
  }
  for (const row of wanted) if (row.due_at > asOf) plan.due.put(row);
};
