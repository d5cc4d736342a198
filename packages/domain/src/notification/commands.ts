import * as z from 'zod';
import { defineCommand } from '../kernel/command.js';
import { PersonId } from '../kernel/identifiers.js';
import { notificationDropped, notificationParked, notificationSent } from './events.js';

const recipient = z.strictObject({ personId: PersonId });

export const RecordNotificationSent = defineCommand(
  'RecordNotificationSent',
  ['system'],
  recipient.extend(notificationSent.shape),
);

export const RecordNotificationDropped = defineCommand(
  'RecordNotificationDropped',
  ['system'],
  recipient.extend(notificationDropped.shape),
);

export const RecordNotificationParked = defineCommand(
  'RecordNotificationParked',
  ['system'],
  recipient.extend(notificationParked.shape),
);
