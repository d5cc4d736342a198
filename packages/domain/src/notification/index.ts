export { RecordNotificationDropped, RecordNotificationParked, RecordNotificationSent } from './commands.js';
export { notificationHandlers } from './decide.js';
export {
  DropCause,
  NotificationDropped,
  type NotificationFact,
  NotificationParked,
  NotificationSent,
  notificationEvents,
  ParkCause,
} from './events.js';
export { notificationRules } from './rules.js';
export { type NotificationState, notification, type Settlement } from './state.js';
