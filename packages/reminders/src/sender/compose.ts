import { type Instant, localDateOf, type SessionId } from '@probono/domain';
import type { Contact } from '../contact.js';
import type { BegunMessage } from '../ledger/claims.js';
import type { Planned } from '../ledger/planned.js';
import type { Mail } from '../mail/mail.js';
import type { Notice } from '../mail/notice.js';
import { renderMail } from '../mail/render.js';
import { unsubscribeUrlOf } from '../mail/unsubscribe.js';
import { messageKey } from '../plan/reminder-id.js';
import type { Parts } from './parts.js';

/** Reminders that go out as one mail. */
export type Group = readonly [Planned, ...Planned[]];

/** A mail, what it settles, and what the log will say of it. */
export interface Composed {
  readonly ids: readonly string[];
  readonly mail: Mail;
  readonly message: BegunMessage;
}

const noticeOf = ({ row, sessions, mission }: Planned): Notice => {
  const { from, on, month } = row.detail;
  return {
    reminderId: row.id,
    kind: row.kind,
    role: row.role,
    sessions,
    ...(mission === undefined ? {} : { mission }),
    ...(from === undefined ? {} : { from }),
    ...(on === undefined ? {} : { on }),
    ...(month === undefined ? {} : { month }),
    ...(row.role === 'officer' && row.subject_kind !== 'month' ? { reference: row.subject_id } : {}),
  };
};

/** Writes the mail for a group. The same group always has the same Message-ID. */
export const compose = (
  parts: Parts,
  personId: string,
  contact: Extract<Contact, { reachable: true }>,
  group: Group,
): Composed => {
  const [first, ...others] = group;
  const ids = group.map(({ row }) => row.id);
  const version = others.length === 0 ? first.row.version : 1;
  const mail = renderMail({
    to: { name: contact.name, address: contact.email },
    locale: contact.locale,
    notices: [noticeOf(first), ...others.map(noticeOf)],
    messageId: `<rem-${messageKey(ids)}.v${version}@${parts.domain}>`,
    from: parts.from,
    at: parts.clock(),
    domain: parts.domain,
    ...(parts.unsubscribe === undefined ? {} : { unsubscribeUrl: unsubscribeUrlOf(personId, parts.unsubscribe) }),
  });
  if (others.length > 0) return { ids, mail, message: { kind: 'digest' } };
  const { kind, session_id } = first.row;
  // Ids of sessions come from facts, which were checked when they were recorded.
  const session = session_id === null ? {} : { sessionId: session_id as SessionId, version };
  return { ids, mail, message: { kind, ...session } };
};

/** How many mails went to a person today, by their site's calendar. */
export const mailsToday = (sentAt: readonly Instant[], now: Instant, { window }: Planned): number =>
  sentAt.filter((at) => localDateOf(at, window.zone) === localDateOf(now, window.zone)).length;

/** Those of `coming` that are due on the same day as `now`. */
export const restOfToday = (coming: readonly Planned[], now: Instant): readonly Planned[] =>
  coming.filter(({ row, window }) => localDateOf(row.due_at, window.zone) === localDateOf(now, window.zone));
