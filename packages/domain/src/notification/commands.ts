import * as z from 'zod';
import { defineCommand } from '../kernel/command.js';
import { PersonId } from '../kernel/identifiers.js';
import { notificationDropped, notificationParked, notificationSent } from './events.js';

const recipient = z.strictObject({ personId: PersonId });

/** The sender notes that a mail server took a message, and which reminders it settles. */
export const RecordNotificationSent = defineCommand(
  'RecordNotificationSent',
  ['system'],
  recipient.extend(notificationSent.shape),
);

/** The sender notes that a reminder will not be sent, and why. */
export const RecordNotificationDropped = defineCommand(
  'RecordNotificationDropped',
  ['system'],
  recipient.extend(notificationDropped.shape),
);

/** The sender notes that a message waits for a person to look at it. */
export const RecordNotificationParked = defineCommand(
  'RecordNotificationParked',
  ['system'],
  recipient.extend(notificationParked.shape),
);
