import { CommandMeta, type DropCause, type ParkCause } from '@probono/domain';
import { Unavailable } from '@probono/event-store';
import { v5 } from 'uuid';
import type { BegunMessage } from '../ledger/claims.js';
import type { Parts } from './parts.js';

/** The namespace of this sender's command ids (RFC 9562, section 5.5). */
const namespace = '93b1c9a4-6c0e-5d5a-8d5e-4f3f5f0f7a16';

/** Gives a command as the system. Its id is derived from what it says, so that it may be given any number of times. */
const record = async (
  parts: Parts,
  name: string,
  data: object,
  key: readonly string[],
  correlationId?: string,
): Promise<void> => {
  const outcome = await parts.application.execute({
    name,
    data,
    meta: CommandMeta.parse({
      actor: { id: 'system:reminders', role: 'system' },
      commandId: v5(JSON.stringify([name, ...key]), namespace),
      ...(correlationId === undefined ? {} : { correlationId }),
      ...(parts.tenantId === undefined ? {} : { tenantId: parts.tenantId }),
    }),
    recordedAt: parts.clock(),
  });
  if (outcome.kind === 'accepted') return;
  if (outcome.kind === 'unavailable') throw new Unavailable(outcome.message);
  const why = outcome.kind === 'refused' ? outcome.refusals.map(({ rule }) => rule).join(', ') : outcome.kind;
  throw new Error(`${name} was not recorded (${why}): it will be tried again when its lease has run out`);
};

/** Records that a mail went out, which reminders it settles, and in what correlation, where there is one. */
export const recordSent = (
  parts: Parts,
  personId: string,
  reminderIds: readonly string[],
  messageId: string,
  message: BegunMessage,
  correlationId?: string,
): Promise<void> => {
  const ids = [...reminderIds].sort();
  const data = { personId, reminderIds: ids, ...message, channel: 'email', messageId };
  return record(parts, 'RecordNotificationSent', data, [personId, ...ids], correlationId);
};

/** Records that a reminder is not sent, and why. */
export const recordDropped = (parts: Parts, personId: string, reminderId: string, why: DropCause): Promise<void> =>
  record(parts, 'RecordNotificationDropped', { personId, reminderId, why }, [personId, reminderId]);

/** Records that a mail waits for a person. */
export const recordParked = (
  parts: Parts,
  personId: string,
  reminderIds: readonly string[],
  messageId: string,
  why: ParkCause,
  smtpCode?: number,
): Promise<void> => {
  const ids = [...reminderIds].sort();
  const data = { personId, reminderIds: ids, why, messageId, ...(smtpCode === undefined ? {} : { smtpCode }) };
  return record(parts, 'RecordNotificationParked', data, [personId, ...ids]);
};
