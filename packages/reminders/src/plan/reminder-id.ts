import { v5 } from 'uuid';

/** The namespace of reminders' ids (RFC 9562, section 5.5); changed, it would make everything be sent again. */
const namespace = '5f0c3a51-6f0e-5c1c-9d53-0a9be1a5e2d7';

/** What tells one reminder from another. */
export interface ReminderKey {
  /** The session, series, entry, convention, accreditation or month that it speaks of. */
  readonly subject: string;
  /** A session's version; for other things what takes its place: the date they end on, the round of an entry. */
  readonly version: string | number;
  readonly kind: string;
  readonly role: 'agent' | 'tutor' | 'officer';
  /** Several persons may have the role; none stands for the officers, who are set where reminders are sent. */
  readonly personId?: string;
}

/** The id of a reminder: the same on every machine, in every rebuild. */
export const reminderId = ({ subject, version, kind, role, personId }: ReminderKey): string =>
  v5(JSON.stringify([subject, version, kind, role, personId ?? null]), namespace);

/** The id of a mail that covers these reminders, whatever their order. */
export const messageKey = (reminderIds: readonly string[]): string => {
  const [only, ...others] = reminderIds;
  if (only === undefined) throw new Error('a mail covers at least one reminder');
  return others.length === 0 ? only : v5(JSON.stringify(['digest', [...reminderIds].sort()]), namespace);
};
