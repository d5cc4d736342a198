import {
  type AgentTimeFact,
  type AssignmentFact,
  addDays,
  addMonths,
  type ConventionFact,
  daysInclusive,
  Instant,
  idOf,
  LocalDate,
  localDateOf,
  minutesByLocalDay,
  type PersonFact,
  Zone,
} from '@probono/domain';
import type { DecodedEvent } from '@probono/event-store';
import type { Handlers } from '../handlers.js';
import type { Row, Rows, Table } from '../projection.js';
import { LATE_HOURS_DAYS } from './codes.js';
import { note } from './note.js';

/** Entries of hours that stand, by what may be found to have ended before them. */
export const entries: Table = {
  name: 'entries',
  key: ['entry_id'],
  columns: {
    entry_id: 'text',
    person_id: 'text',
    assignment_id: 'text',
    employment_id: 'text',
    convention_id: 'text',
    /** Convention and month of the day worked: what reaches back, reaches back over few months. */
    convention_month: 'text',
    work_date: 'date',
    starts_at: 'timestamptz',
    zone: 'text',
    minutes: 'integer',
  },
  indexes: [['convention_month'], ['employment_id'], ['assignment_id']],
};

const monthKey = (conventionId: string, date: string): string => `${conventionId} ${date.slice(0, 7)}`;

/** The local days on which the minutes of an entry fall; without a start, its work date. */
const datesOf = ({ work_date, starts_at, zone, minutes }: Row): readonly LocalDate[] =>
  starts_at === null || Number(minutes) <= 0
    ? [LocalDate.parse(work_date)]
    : minutesByLocalDay(Instant.parse(starts_at), Number(minutes), Zone.parse(zone)).map(({ date }) => date);

/** The day after which nothing can have been declared yet, in any zone. */
const tomorrow = (recordedAt: string): LocalDate => addDays(LocalDate.parse(recordedAt.slice(0, 10)), 1);

/** Entries of a convention that may have minutes between two days: by months, from the day before the first. */
const entriesBetween = (rows: Rows, conventionId: string, from: LocalDate, to: LocalDate): readonly Row[] => {
  const found: Row[] = [];
  const first = LocalDate.parse(`${addDays(from, -1).slice(0, 7)}-01`);
  for (let month = first; month <= to; month = addMonths(month, 1))
    found.push(...rows.where('entries', 'convention_month', monthKey(conventionId, month)));
  return found;
};

const change = (entryId: string, rows: Rows, minutesOf: (minutes: number) => number): void => {
  const entry = rows.get('entries', entryId);
  if (entry !== undefined) rows.put('entries', { ...entry, minutes: minutesOf(Number(entry.minutes)) });
};

const declared = (event: DecodedEvent<Extract<AgentTimeFact, { type: 'HoursDeclared' }>>, rows: Rows): void => {
  const { stream, data, recordedAt } = event;
  rows.put('entries', {
    entry_id: data.entryId,
    person_id: idOf(stream),
    assignment_id: data.assignmentId,
    employment_id: data.employmentId,
    convention_id: data.conventionId ?? null,
    convention_month: data.conventionId === undefined ? null : monthKey(data.conventionId, data.workDate),
    work_date: data.workDate,
    starts_at: data.startsAt ?? null,
    zone: data.zone,
    minutes: data.minutes,
  });
  const days = daysInclusive(data.workDate, localDateOf(recordedAt, data.zone)) - 1;
  if (days > LATE_HOURS_DAYS) note(rows, event, 'late-hours', data.entryId, { workDate: data.workDate, days });
};

const suspended = (event: DecodedEvent<Extract<ConventionFact, { type: 'ConventionSuspended' }>>, rows: Rows): void => {
  const conventionId = idOf(event.stream);
  const { from, to } = event.data;
  const known = tomorrow(event.recordedAt);
  const last = to === undefined || to > known ? known : to;
  for (const entry of entriesBetween(rows, conventionId, from, last)) {
    const dates = datesOf(entry).filter((date) => from <= date && (to === undefined || date <= to));
    if (dates.length === 0) continue;
    const personId = String(entry.person_id);
    const facts = { conventionId, personId, dates, from, to: to ?? '' };
    note(rows, event, 'hours-in-suspension', String(entry.entry_id), facts);
  }
};

const ended = (event: DecodedEvent, rows: Rows, ends: string, lastDay: LocalDate, among: readonly Row[]): void => {
  for (const entry of among) {
    const dates = datesOf(entry).filter((date) => date > lastDay);
    if (dates.length === 0) continue;
    const facts = { ends, personId: String(entry.person_id), dates, lastDay };
    note(rows, event, 'hours-after-end', String(entry.entry_id), facts);
  }
};

/** Follows entries, and looks at them again when something is recorded that reaches back over them. */
export const hoursHandlers: Handlers<AgentTimeFact | ConventionFact | AssignmentFact | PersonFact> = {
  HoursDeclared: declared,
  ContestResolved: ({ data }, rows) => change(data.entryId, rows, () => data.minutes),
  HoursCorrected: ({ data }, rows) => change(data.entryId, rows, (minutes) => minutes + data.deltaMinutes),
  HoursWithdrawn: ({ data }, rows) => rows.delete('entries', data.entryId),
  ConventionSuspended: suspended,
  TerminationNoticeGiven(event, rows) {
    const { endsOn, personId } = event.data;
    const known = tomorrow(event.recordedAt);
    // As a rule a notice ends in the future.
    if (endsOn >= known) return;
    const among = entriesBetween(rows, idOf(event.stream), addDays(endsOn, 1), known);
    const meant = personId === undefined ? among : among.filter(({ person_id }) => person_id === personId);
    ended(event, rows, 'convention', endsOn, meant);
  },
  AssignmentEnded(event, rows) {
    const { on } = event.data;
    if (on < tomorrow(event.recordedAt))
      ended(event, rows, 'assignment', on, rows.where('entries', 'assignment_id', idOf(event.stream)));
  },
  EmploymentEnded(event, rows) {
    const { on, employmentId } = event.data;
    if (on < tomorrow(event.recordedAt))
      ended(event, rows, 'employment', on, rows.where('entries', 'employment_id', employmentId));
  },
};
