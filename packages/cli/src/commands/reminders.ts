import { Instant } from '@probono/domain';
import type { ProBono } from 'probono';
import { type ExitCode, exitCodes, UsageError } from '../exit.js';
import type { Session } from '../session.js';
import { json } from '../terminal.js';

/** Prints how sending is doing; exit 1 when something waits for a person. */
export const remindersStatus = async (
  { terminal }: Session,
  { workers }: ProBono,
  asJson: boolean,
): Promise<ExitCode> => {
  const status = await workers.reminders.status();
  if (asJson) await terminal.out(json(status));
  else
    await terminal.out(
      [
        `due ${status.due}${status.oldestDueAt === undefined ? '' : ` (the oldest since ${status.oldestDueAt})`}`,
        `being sent ${status.claimed}, put off ${status.retrying}, parked ${status.parked}`,
        `for officers, of whom none is set: ${status.withoutRecipient}`,
      ].join('\n'),
    );
  return status.parked > 0 ? exitCodes.no : exitCodes.done;
};

const week = 7 * 86_400_000;

/** Prints what will be sent up to a moment, by ids, never by names. */
export const remindersPreview = async (
  { terminal }: Session,
  { workers }: ProBono,
  until: string | undefined,
  asJson: boolean,
): Promise<ExitCode> => {
  const end = until === undefined ? new Date(Date.now() + week) : new Date(until);
  if (Number.isNaN(end.getTime())) throw new UsageError('--until: expected an instant, such as 2026-03-02T09:00:00Z');
  const reminders = await workers.reminders.preview(Instant.parse(end.toISOString()));
  if (asJson) await terminal.out(json(reminders));
  else
    for (const { dueAt, kind, role, personId, subjectKind, subjectId } of reminders)
      await terminal.out(`${dueAt} ${kind} to ${role} ${personId ?? '(nobody)'} about ${subjectKind} ${subjectId}`);
  return exitCodes.done;
};
