import type { Instant } from '@probono/domain';
import { atOnce } from './due.js';
import type { Policy } from './policy.js';
import { type Recipient, recipientsOf, windowOf } from './recipients.js';
import { reminderId } from './reminder-id.js';
import { type EventKind, tellsOfEvent } from './rewrite.js';
import { placed } from './sessions.js';
import type { DueRow, Plan, SeriesRow, SessionRow } from './tables.js';

interface Told {
  readonly kind: EventKind;
  readonly at: Instant;
  /** Before when it should be known: the session's start, or the earlier one when it was moved. */
  readonly deadline: Instant;
}

/** What someone has not been told yet changes what there is to tell them. */
const kindNow = (kind: EventKind, pending: readonly DueRow[]): EventKind | undefined => {
  const has = (other: EventKind): boolean => pending.some((row) => row.kind === other);
  switch (kind) {
    case 'moved':
      return has('booked') || has('reinstated') ? (has('booked') ? 'booked' : 'reinstated') : kind;
    case 'cancelled':
      return has('booked') || has('reinstated') ? undefined : kind;
    case 'reinstated':
      return has('cancelled') ? undefined : kind;
    default:
      return kind;
  }
};

/** Tells agent and tutors what has become of a session: at once, or when sending hours begin. */
export const tellOfSession = (
  plan: Plan,
  session: SessionRow,
  { kind, at, deadline }: Told,
  policy: Policy,
  detail: DueRow['detail'] = {},
): void => {
  const found = placed(plan, session);
  if (found === undefined) return;
  const known = plan.due.where('subject_id', session.session_id).filter(tellsOfEvent);
  for (const { role, personId } of recipientsOf(plan, found.assignment, found.mission)) {
    const pending = known.filter((row) => row.person_id === personId && row.due_at > at);
    for (const row of pending) plan.due.delete(row.id);
    const toTell = kindNow(kind, pending);
    if (toTell === undefined || session.starts_at <= at) continue;
    // The mail on the series, still to go out, will tell of the session as it stands then.
    if (session.series_id !== null && seriesUntold(plan, session.series_id, personId, at)) continue;
    const { dueAt, urgent } = atOnce(at, deadline, windowOf(found.common, plan.people.get(personId), policy));
    plan.due.put({
      ...found.common,
      detail: toTell === 'moved' ? (pending.find((row) => row.kind === 'moved')?.detail ?? detail) : {},
      id: reminderId({ subject: session.session_id, version: session.version, kind: toTell, role, personId }),
      kind: toTell,
      role,
      person_id: personId,
      due_at: dueAt,
      moot_from: session.starts_at,
      urgent,
    });
  }
};

/** Tells of a series by one mail for all of its sessions; each of them, as it is planned, may make it more urgent. */
export const tellOfSeries = (plan: Plan, series: SeriesRow, session: SessionRow, at: Instant, policy: Policy): void => {
  const found = placed(plan, session);
  if (found === undefined || session.starts_at <= at) return;
  const { assignment, mission, common } = found;
  for (const recipient of recipientsOf(plan, assignment, mission)) {
    const id = seriesReminder(series, recipient);
    const known = plan.due.get(id);
    const { dueAt, urgent } = atOnce(
      at,
      session.starts_at,
      windowOf(common, plan.people.get(recipient.personId), policy),
    );
    plan.due.put({
      ...common,
      subject_kind: 'series',
      subject_id: series.series_id,
      session_id: null,
      version: 1,
      id,
      kind: 'booked',
      role: recipient.role,
      person_id: recipient.personId,
      due_at: known !== undefined && known.due_at < dueAt ? known.due_at : dueAt,
      // Sent as long as one of its sessions is to come.
      moot_from: known?.moot_from != null && known.moot_from > session.starts_at ? known.moot_from : session.starts_at,
      urgent: urgent || (known?.urgent ?? false),
    });
  }
};

/** True while the mail that tells of the whole series has still to go out to this person. */
const seriesUntold = (plan: Plan, seriesId: string, personId: string, at: Instant): boolean =>
  plan.due.where('subject_id', seriesId).some((row) => row.person_id === personId && row.due_at > at);

const seriesReminder = ({ series_id }: SeriesRow, { role, personId }: Recipient): string =>
  reminderId({ subject: series_id, version: 1, kind: 'booked', role, personId });
