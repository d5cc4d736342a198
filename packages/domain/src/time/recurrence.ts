import rrule from 'rrule';
import type { LocalDate } from './types.js';

const list = (item: string): string => `${item}(,${item})*`;
const day = '(MO|TU|WE|TH|FR|SA|SU)';

/** The parts of a rule that speak of dates (RFC 5545, section 3.3.10); times of day are the session's own. */
const parts: Readonly<Record<string, RegExp>> = {
  FREQ: /^(DAILY|WEEKLY|MONTHLY|YEARLY)$/,
  INTERVAL: /^[1-9]\d{0,2}$/,
  COUNT: /^[1-9]\d{0,3}$/,
  UNTIL: /^\d{4}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(T\d{6}Z)?$/,
  BYDAY: new RegExp(`^${list(`([+-]?[1-5])?${day}`)}$`),
  BYMONTHDAY: new RegExp(`^${list('-?([1-9]|[12]\\d|3[01])')}$`),
  BYMONTH: new RegExp(`^${list('([1-9]|1[0-2])')}$`),
  BYSETPOS: new RegExp(`^${list('-?[1-9]\\d{0,2}')}$`),
  WKST: new RegExp(`^${day}$`),
};

const split = (rule: string): readonly (readonly [string, string])[] =>
  rule
    .replace(/^RRULE:/, '')
    .split(';')
    .map((part) => {
      const [name = '', value = ''] = part.split(/=(.*)/s);
      return [name, value];
    });

/** What is wrong with a recurrence rule, in one line; nothing when it can be expanded. */
export const recurrenceProblem = (rule: string): string | undefined => {
  const given = split(rule);
  const values = new Map(given);
  const freq = values.get('FREQ');
  for (const [name, value] of given) {
    const form = parts[name];
    if (form === undefined) return `${name || 'an empty part'} is not understood; use ${Object.keys(parts).join(', ')}`;
    if (!form.test(value)) return `${name}=${value} is not a valid ${name} for a rule of dates`;
  }
  if (freq === undefined) return 'FREQ is missing: DAILY, WEEKLY, MONTHLY or YEARLY';
  if (values.size < given.length) return 'a part is given twice';
  if (values.has('COUNT') && values.has('UNTIL')) return 'COUNT and UNTIL exclude each other';
  if (/\d/.test(values.get('BYDAY') ?? '') && freq !== 'MONTHLY' && freq !== 'YEARLY')
    return 'BYDAY with a number, such as 2TU, needs FREQ=MONTHLY or YEARLY';
  return undefined;
};

// The Gregorian calendar, weekdays included, repeats every 400 years, and the expander gives up only after the year
// 9999. Moved this far ahead, a rule that never matches ends after centuries of it rather than millennia.
const AHEAD = 19 * 400;

const moved = (date: string): Date => new Date(`${Number(date.slice(0, 4)) + AHEAD}${date.slice(4, 10)}T00:00:00.000Z`);
const back = (date: Date): LocalDate =>
  `${date.getUTCFullYear() - AHEAD}${date.toISOString().slice(4, 10)}` as LocalDate; // an ISO date by construction

/**
 * The dates of a recurrence rule from `from` (its DTSTART) to `to`, both counted, at most `limit` of them.
 * Floating: dates only, in UTC, so that no zone matters. A rule with a {@link recurrenceProblem} has none.
 */
export const recurrenceDates = (rule: string, from: LocalDate, to: LocalDate, limit: number): readonly LocalDate[] => {
  if (recurrenceProblem(rule) !== undefined) return [];
  const last = split(rule).find(([name]) => name === 'UNTIL')?.[1];
  const until = last === undefined ? to : `${last.slice(0, 4)}-${last.slice(4, 6)}-${last.slice(6, 8)}`;
  const { until: _moved, ...options } = rrule.RRule.parseString(rule.replace(/^RRULE:/, ''));
  const dates = new rrule.RRule({ ...options, dtstart: moved(from), until: moved(until < to ? until : to) });
  return dates
    .all((_date, found) => found < limit)
    .slice(0, limit)
    .map(back);
};
