import type { Aggregate } from '../kernel/aggregate.js';
import { type NotificationFact, notificationEvents } from './events.js';

/** What became of a reminder. */
export type Settlement = 'sent' | 'dropped' | 'parked';

/** What one person was told: the reminders that were dealt with. */
export interface NotificationState {
  /** By reminder id. */
  readonly settled: Record<string, Settlement>;
}

/** A person's notifications: stream `notification-{personId}`. */
export const notification: Aggregate<NotificationState, NotificationFact> = {
  category: 'notification',
  events: notificationEvents,
  initial: () => ({ settled: {} }),
  evolve(draft, event) {
    switch (event.type) {
      case 'NotificationSent':
        for (const id of event.data.reminderIds) draft.settled[id] = 'sent';
        return;
      case 'NotificationDropped':
        draft.settled[event.data.reminderId] = 'dropped';
        return;
      case 'NotificationParked':
        for (const id of event.data.reminderIds) draft.settled[id] = 'parked';
        return;
      default:
        event satisfies never;
    }
  },
};
