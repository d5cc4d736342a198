import { type ConventionFact, idOf, type OrganisationFact } from '@probono/domain';
import { type Handlers, handling } from '../handlers.js';
import type { Projection, Row, Rows } from '../projection.js';

/**
 * `notice-by`: the last day on which a notice can end a convention before its own last day does; `notice-end`: the last
 * day in force by a notice that was given. The other three are last days too.
 */
export type DeadlineKind = 'accreditation-end' | 'insurance-end' | 'convention-end' | 'notice-by' | 'notice-end';

type Days = { readonly [column in 'to' | 'noticeDays']?: string | number | undefined };

const before = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);

const setDay = (rows: Rows, kind: DeadlineKind, subject: string, scope: string, on: string, parties: Row): void =>
  rows.put('days', { kind, subject_id: subject, scope, on_date: on, ...parties });

const unsetDay = (rows: Rows, kind: DeadlineKind, subject: string, scope: string): void =>
  rows.delete('days', kind, subject, scope);

const organisationHandlers: Handlers<OrganisationFact> = {
  InsuranceCertificateRecorded: ({ stream, data }, rows) =>
    setDay(rows, 'insurance-end', idOf(stream), '', data.until, { host_id: idOf(stream) }),
  HostAccredited({ stream, data }, rows) {
    const parties = { host_id: idOf(stream), home_id: data.administrationId };
    setDay(rows, 'accreditation-end', idOf(stream), data.administrationId, data.until, parties);
  },
  AccreditationWithdrawn: ({ stream, data }, rows) =>
    unsetDay(rows, 'accreditation-end', idOf(stream), data.administrationId),
  AccreditationLapsed: ({ stream, data }, rows) =>
    unsetDay(rows, 'accreditation-end', idOf(stream), data.administrationId),
};

/** Writes what a convention's terms say of its end; only a signed one has deadlines. */
const endings = (rows: Rows, convention: Row): void => {
  rows.put('conventions', convention);
  if (convention.signed !== true) return;
  const id = String(convention.convention_id);
  const [to, notice] = [String(convention.to_date), Number(convention.notice_days)];
  const parties = { host_id: convention.host_id ?? null, home_id: convention.home_id ?? null };
  setDay(rows, 'convention-end', id, '', to, parties);
  setDay(rows, 'notice-by', id, '', before(to, notice), parties);
};

const drafted = (
  { stream, data }: { readonly stream: string; readonly data: { readonly terms: Terms } },
  rows: Rows,
): void => {
  const { homeId, hostId, to, noticeDays } = data.terms;
  const parties = { home_id: homeId, host_id: hostId };
  rows.put('conventions', {
    convention_id: idOf(stream),
    ...parties,
    to_date: to,
    notice_days: noticeDays,
    signed: false,
  });
};

interface Terms {
  readonly homeId: string;
  readonly hostId: string;
  readonly to: string;
  readonly noticeDays: number;
}

const change = (stream: string, rows: Rows, to: (convention: Row) => Row): void => {
  const convention = rows.get('conventions', idOf(stream));
  if (convention !== undefined) endings(rows, { ...convention, ...to(convention) });
};

const over = ({ stream }: { readonly stream: string }, rows: Rows): void => {
  for (const { kind, subject_id, scope } of rows.where('days', 'subject_id', idOf(stream))) {
    rows.delete('days', String(kind), String(subject_id), String(scope));
  }
  rows.delete('conventions', idOf(stream));
};

const conventionHandlers: Handlers<ConventionFact> = {
  ConventionDrafted: drafted,
  ConventionRevised: drafted,
  ConventionSigned: ({ stream }, rows) => change(stream, rows, () => ({ signed: true })),
  // Until it is signed, an amendment moves no day.
  AmendmentProposed: ({ stream, data }, rows) =>
    change(stream, rows, () => ({
      proposed: { to: data.delta.to ?? null, noticeDays: data.delta.noticeDays ?? null },
    })),
  ConventionAmended: ({ stream }, rows) =>
    change(stream, rows, ({ proposed, to_date, notice_days }) => {
      const { to, noticeDays } = daysOf(proposed);
      return { proposed: null, to_date: to ?? to_date ?? null, notice_days: noticeDays ?? notice_days ?? null };
    }),
  TerminationNoticeGiven({ stream, data }, rows) {
    const convention = rows.get('conventions', idOf(stream));
    const parties = { host_id: convention?.host_id ?? null, home_id: convention?.home_id ?? null };
    setDay(rows, 'notice-end', idOf(stream), data.personId ?? 'all', data.endsOn, parties);
  },
  TerminationNoticeWithdrawn: ({ stream, data }, rows) =>
    unsetDay(rows, 'notice-end', idOf(stream), data.personId ?? 'all'),
  ConventionTerminated(event, rows) {
    if (event.data.personId === undefined) over(event, rows);
    else unsetDay(rows, 'notice-end', idOf(event.stream), event.data.personId);
  },
  ConventionExpired: over,
  ConventionClosed: over,
};

const daysOf = (proposed: unknown): Days => (typeof proposed === 'object' && proposed !== null ? { ...proposed } : {});

/** The days by which officers have to act. */
export const deadlines: Projection = {
  name: 'deadlines',
  version: 1,
  partitioned: true,
  onFailure: 'park',
  tables: [
    {
      name: 'days',
      key: ['kind', 'subject_id', 'scope'],
      columns: { kind: 'text', subject_id: 'text', scope: 'text', on_date: 'date', host_id: 'text', home_id: 'text' },
      indexes: [['subject_id'], ['on_date']],
    },
    {
      name: 'conventions',
      key: ['convention_id'],
      columns: {
        convention_id: 'text',
        home_id: 'text',
        host_id: 'text',
        to_date: 'date',
        notice_days: 'integer',
        signed: 'boolean',
        proposed: 'jsonb',
      },
    },
  ],
  keys: ({ stream }) => (stream.startsWith('convention-') ? [{ table: 'conventions', key: [idOf(stream)] }] : []),
  ...handling<OrganisationFact | ConventionFact>({ ...organisationHandlers, ...conventionHandlers }),
};
