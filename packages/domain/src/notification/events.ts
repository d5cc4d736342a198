import * as z from 'zod';
import { defineEvent, type FactOf } from '../kernel/event.js';
import { SessionId } from '../kernel/identifiers.js';

/** A reminder's id: derived from what it speaks of, so the same reminder has the same id on every machine. */
export const ReminderId = z.uuid();

/** What a message was about, by its code: `before-J-1`, `moved`, `digest`. */
export const NotificationKind = z
  .string()
  .regex(/^[a-z][A-Za-z0-9-]*$/, 'a code, such as moved')
  .max(40);

/** By what way a message goes. */
export const NotificationChannel = z.enum(['email']);

/** Why a reminder was not sent: what it spoke of had begun or had changed, or the person cannot or will not be written to. */
export const DropCause = z.enum(['session-begun', 'superseded', 'erased', 'no-address', 'channel-off']);
export type DropCause = z.output<typeof DropCause>;

/** Why a message waits for a person to look at it. */
export const ParkCause = z.enum(['refused-by-server', 'unknown-outcome']);
export type ParkCause = z.output<typeof ParkCause>;

const reminderIds = z.array(ReminderId).min(1).max(500);
const messageId = z.string().min(3).max(250);

/** What was sent, and which reminders it settles: several when it was a digest. Never to which address, nor the words. */
export const notificationSent = z.strictObject({
  reminderIds,
  kind: NotificationKind,
  channel: NotificationChannel,
  messageId,
  sessionId: SessionId.optional(),
  version: z.int().positive().optional(),
});
/** A mail server took the message; these reminders are settled. Neither address nor words are kept. */
export const NotificationSent = defineEvent('NotificationSent', notificationSent);

/** Which reminder was not sent, and why. */
export const notificationDropped = z.strictObject({ reminderId: ReminderId, why: DropCause });
/** The reminder is not sent, for good. */
export const NotificationDropped = defineEvent('NotificationDropped', notificationDropped);

/** Which reminders wait for a person, and what the mail server answered. */
export const notificationParked = z.strictObject({
  reminderIds,
  why: ParkCause,
  messageId,
  /** The mail server's answer (RFC 5321, section 4.2), when it gave one. */
  smtpCode: z.int().min(200).max(599).optional(),
});
/** It is not known whether the message went out, or the server would not have it: a person is to look. */
export const NotificationParked = defineEvent('NotificationParked', notificationParked);

/** Every event of a person's notifications. */
export const notificationEvents = { NotificationSent, NotificationDropped, NotificationParked } as const;
/** Any fact of a person's notifications. */
export type NotificationFact = FactOf<typeof notificationEvents>;
