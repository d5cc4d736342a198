import { addDays, addMonths, type Instant, type LocalDate, type Month } from '@probono/domain';
import { onDayFrom, onDayUpTo } from './due.js';
import type { Policy } from './policy.js';
import { reminderId } from './reminder-id.js';
import { rewrite } from './rewrite.js';
import type { ConventionDates, ConventionRow, DueRow, Plan } from './tables.js';

/** A reminder to the programme's officers. `on` tells two of one kind apart: another date is another reminder. */
const toOfficers = (
  subject: Pick<DueRow, 'subject_kind' | 'subject_id'>,
  kind: string,
  on: LocalDate | Month,
  due_at: Instant,
  place: Pick<DueRow, 'zone' | 'calendar'>,
  detail: DueRow['detail'],
): DueRow => ({
  id: reminderId({ subject: subject.subject_id, version: on, kind, role: 'officer' }),
  kind,
  role: 'officer',
  person_id: null,
  ...subject,
  session_id: null,
  version: 1,
  mission_id: null,
  due_at,
  moot_from: null,
  urgent: false,
  zone: place.zone,
  calendar: place.calendar,
  detail,
});

/** Plans anew what the officers are told of a convention: its end, the last day for notice, the end of a notice. */
export const replanConvention = (plan: Plan, row: ConventionRow, policy: Policy, asOf: Instant): void => {
  const { signed } = row;
  const subject = { subject_kind: 'convention', subject_id: row.convention_id } as const;
  const wanted = signed === null ? [] : [...endings(subject, signed, policy), ...notices(subject, row, signed, policy)];
  rewrite(plan, row.convention_id, wanted, asOf);
};

const ahead = (on: LocalDate, place: ConventionDates | Policy['office'], policy: Policy): Instant =>
  onDayUpTo(on, policy.dayHour, { ...place, hours: policy.sendingHours });

const endings = (
  subject: Pick<DueRow, 'subject_kind' | 'subject_id'>,
  dates: ConventionDates,
  policy: Policy,
): readonly DueRow[] => {
  const { to, noticeDays } = dates;
  const ends = policy.conventionEndMonths.map((months) =>
    toOfficers(subject, `convention-ends-${months}`, to, ahead(addMonths(to, -months), dates, policy), dates, {
      on: to,
    }),
  );
  if (noticeDays === 0) return ends;
  const lastDay = addDays(to, -noticeDays);
  const due = ahead(addDays(lastDay, -policy.noticeLeadDays), dates, policy);
  return [...ends, toOfficers(subject, 'notice-deadline', lastDay, due, dates, { on: lastDay })];
};

const notices = (
  subject: Pick<DueRow, 'subject_kind' | 'subject_id'>,
  { notices: running }: ConventionRow,
  dates: ConventionDates,
  policy: Policy,
): readonly DueRow[] =>
  [...new Set(Object.values(running))].map((on) =>
    toOfficers(subject, 'notice-ends', on, ahead(addDays(on, -policy.noticeLeadDays), dates, policy), dates, { on }),
  );

/** Plans anew what the officers are told of a host's accreditation; none, once it does not stand. */
export const replanAccreditation = (
  plan: Plan,
  hostId: string,
  administrationId: string,
  until: LocalDate | undefined,
  policy: Policy,
  asOf: Instant,
): void => {
  const subject = { subject_kind: 'accreditation', subject_id: `${hostId}/${administrationId}` } as const;
  const wanted = (until === undefined ? [] : policy.accreditationEndMonths).flatMap((months) =>
    until === undefined
      ? []
      : toOfficers(
          subject,
          `accreditation-ends-${months}`,
          until,
          ahead(addMonths(until, -months), policy.office, policy),
          policy.office,
          { on: until },
        ),
  );
  rewrite(plan, subject.subject_id, wanted, asOf);
};

/** Tells the officers that a month has employments still open. */
export const monthReminder = (month: string, policy: Policy): DueRow => {
  const first = addMonths(`${month}-01` as LocalDate, 1); // a month with its first day is a date
  const due = onDayFrom(addDays(first, policy.periodCloseDay - 1), policy.dayHour, {
    ...policy.office,
    hours: policy.sendingHours,
  });
  const subject = { subject_kind: 'month', subject_id: month } as const;
  return toOfficers(subject, 'period-close', first, due, policy.office, { month });
};
