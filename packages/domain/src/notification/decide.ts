import { type CommandHandler, handle, nothing } from '../kernel/command.js';
import { RecordNotificationDropped, RecordNotificationParked, RecordNotificationSent } from './commands.js';
import { NotificationDropped, NotificationParked, NotificationSent } from './events.js';
import { notification } from './state.js';

const own = {
  id: ({ personId }: { personId: string }) => personId,
  context: nothing,
  zone: () => undefined,
};

/** What the sender of reminders records. Who may is the kernel's rule: the system alone. */
export const notificationHandlers: readonly CommandHandler[] = [
  // A message that was parked may be sent after all, by someone who looked at it.
  handle(RecordNotificationSent, notification, {
    ...own,
    decide({ settled }, { data: { personId: _stream, ...sent } }, _context, judgement) {
      const already = sent.reminderIds.every((id) => settled[id] === 'sent');
      return judgement.accept(() => (already ? [] : [NotificationSent.of(sent)]));
    },
  }),

  handle(RecordNotificationDropped, notification, {
    ...own,
    decide({ settled }, { data: { personId: _stream, ...dropped } }, _context, judgement) {
      const already = settled[dropped.reminderId] !== undefined;
      return judgement.accept(() => (already ? [] : [NotificationDropped.of(dropped)]));
    },
  }),

  handle(RecordNotificationParked, notification, {
    ...own,
    decide({ settled }, { data: { personId: _stream, ...parked } }, _context, judgement) {
      const open = parked.reminderIds.filter((id) => settled[id] === undefined);
      return judgement.accept(() =>
        open.length === 0 ? [] : [NotificationParked.of({ ...parked, reminderIds: open })],
      );
    },
  }),
];
