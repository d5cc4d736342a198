import { UTCDate } from '@date-fns/utc';
import {
  addDays as addDaysTo,
  addMonths as addMonthsTo,
  differenceInCalendarDays,
  getISODay,
  getISOWeek,
  getISOWeekYear,
} from 'date-fns';
import type { LocalDate, Month } from './types.js';

// date-fns reads the machine's zone from a plain Date; a UTCDate keeps every step in UTC.
const utc = (date: LocalDate): UTCDate => new UTCDate(`${date}T00:00:00.000Z`);

/** Four digits of year, or dates would no longer compare as strings: what lies beyond is the last such day, or the first. */
const local = (date: Date): LocalDate => {
  const text = date.toISOString();
  const day = text.startsWith('+') ? '9999-12-31' : text.startsWith('-') ? '0000-01-01' : text.slice(0, 10);
  return day as LocalDate; // ISO date by construction
};

/** The date `n` days later. */
export const addDays = (date: LocalDate, n: number): LocalDate => local(addDaysTo(utc(date), n));

/** The date `n` months later, at the latest day of that month that exists. */
export const addMonths = (date: LocalDate, n: number): LocalDate => local(addMonthsTo(utc(date), n));

/** The last day of a period of `n` months that starts on `from`: both ends are days in it. */
export const lastDayOfMonths = (from: LocalDate, n: number): LocalDate => addDays(addMonths(from, n), -1);

/** How many days lie from `from` to `to`, both counted: 1 when they are the same. */
export const daysInclusive = (from: LocalDate, to: LocalDate): number =>
  differenceInCalendarDays(utc(to), utc(from)) + 1;

/** Monday is 1, Sunday is 7 (ISO 8601). */
export const isoDay = (date: LocalDate): number => getISODay(utc(date));

/** The ISO 8601 week that holds `date`: `2026-W53`. */
export const isoWeekOf = (date: LocalDate): string =>
  `${getISOWeekYear(utc(date))}-W${String(getISOWeek(utc(date))).padStart(2, '0')}`;

/** The calendar month that holds `date`. */
export const monthOf = (date: LocalDate): Month => date.slice(0, 7) as Month;

/** The calendar year that holds `date`. */
export const yearOf = (date: LocalDate): number => Number(date.slice(0, 4));

/** True when `date` lies in `[from, to]`; an open end has no bound. */
export const within = (date: LocalDate, from: LocalDate, to?: LocalDate): boolean =>
  from <= date && (to === undefined || date <= to);
