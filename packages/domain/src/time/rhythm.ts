import * as z from 'zod';
import { addDays, addMonths, isoDay } from './calendar.js';
import { recurrenceDates, recurrenceProblem } from './recurrence.js';
import type { LocalDate } from './types.js';

const mostDays = { week: 7, fortnight: 14, month: 31 } as const;

/** So many sessions per ISO week, fortnight (two ISO weeks) or calendar month. */
const CountedRhythm = z
  .strictObject({
    count: z.int().positive().max(31),
    per: z.enum(['week', 'fortnight', 'month']),
    minutes: z.int().positive().max(600).optional(),
  })
  .refine(({ count, per }) => count <= mostDays[per], { path: ['count'], error: 'at most one session a day' });
export type CountedRhythm = z.output<typeof CountedRhythm>;

const recurrence = z
  .string()
  .min(5)
  .max(400)
  .superRefine((rule, check) => {
    const problem = recurrenceProblem(rule);
    if (problem !== undefined)
      check.addIssue({ code: 'custom', message: `not a recurrence rule (RFC 5545): ${problem}` });
  });

/** How often sessions take place: so many per week, fortnight or month; or by an RFC 5545 recurrence rule. */
export const Rhythm = z.union([CountedRhythm, z.strictObject({ rrule: recurrence })]);
export type Rhythm = z.output<typeof Rhythm>;

/** The rhythms that programmes name; a day is 7 h, half a day 3 h 30. */
export const rhythms = {
  halfDayAWeek: { count: 1, per: 'week', minutes: 210 },
  dayAMonth: { count: 1, per: 'month', minutes: 420 },
  dayAFortnight: { count: 1, per: 'fortnight', minutes: 420 },
  twiceAMonth: { count: 2, per: 'month' },
  twiceAWeekForTwoHours: { count: 2, per: 'week', minutes: 120 },
} as const satisfies Record<string, CountedRhythm>;

/** The most dates that one expansion yields. */
export const MAX_DATES = 1000;

/** A window over which a counted rhythm is counted; both ends are days in it. */
export interface RhythmWindow {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

const mondayOf = (date: LocalDate): LocalDate => addDays(date, 1 - isoDay(date));

/** The window that holds `date`; fortnights are counted from the ISO week that holds `anchor`. */
export const rhythmWindow = (per: CountedRhythm['per'], date: LocalDate, anchor: LocalDate): RhythmWindow => {
  if (per === 'month') {
    const from = `${date.slice(0, 7)}-01` as LocalDate; // an ISO date by construction
    return { from, to: addDays(addMonths(from, 1), -1) };
  }
  const monday = mondayOf(date);
  if (per === 'week') return { from: monday, to: addDays(monday, 6) };
  const weeks = Math.round((Date.parse(monday) - Date.parse(mondayOf(anchor))) / 604_800_000);
  const from = addDays(monday, weeks % 2 === 0 ? 0 : -7);
  return { from, to: addDays(from, 13) };
};

/**
 * The dates of a rhythm from `from` to `to`, both counted, in order; at most `limit`.
 *
 * A counted rhythm keeps the weekday of `from` (in a month, its place too: "the third Thursday") and spreads the
 * others evenly over working days, or over all days when `from` is at a weekend or working days do not suffice.
 */
export const rhythmDates = (
  rhythm: Rhythm,
  from: LocalDate,
  to: LocalDate,
  limit: number = MAX_DATES,
): readonly LocalDate[] => {
  if ('rrule' in rhythm) return recurrenceDates(rhythm.rrule, from, to, limit);
  const dates: LocalDate[] = [];
  for (let at = rhythmWindow(rhythm.per, from, from); at.from <= to && dates.length < limit; ) {
    const days = rhythm.per === 'month' ? inMonth(rhythm.count, at, from) : inWeeks(rhythm, at, from);
    dates.push(...[...days].sort().filter((date) => from <= date && date <= to));
    at = rhythmWindow(rhythm.per, addDays(at.to, 1), from);
  }
  return dates.slice(0, limit);
};

const inWeeks = ({ count, per }: CountedRhythm, window: RhythmWindow, from: LocalDate): readonly LocalDate[] => {
  const weeks = per === 'week' ? 1 : 2;
  const perWeek = isoDay(from) > 5 || count > 5 * weeks ? 7 : 5;
  const slots = perWeek * weeks;
  return spread(count, slots).map((step) => {
    const slot = (isoDay(from) - 1 + step) % slots;
    return addDays(window.from, Math.floor(slot / perWeek) * 7 + (slot % perWeek));
  });
};

const inMonth = (count: number, window: RhythmWindow, from: LocalDate): readonly LocalDate[] => {
  const days = Array.from({ length: Number(window.to.slice(8)) }, (_, i) => addDays(window.from, i));
  if (count > 4) {
    const working = days.filter((date) => isoDay(date) <= 5);
    const among = count > working.length ? days : working;
    return spread(Math.min(count, among.length), among.length).flatMap((i) => among[i] ?? []);
  }
  const same = days.filter((date) => isoDay(date) === isoDay(from));
  const place = Math.ceil(Number(from.slice(8)) / 7) - 1;
  // A fifth Thursday is not in every month: it stands for the last one, which may be the fourth.
  return spread(count, 4).flatMap(
    (step) => (step === 0 && place === 4 ? same.at(-1) : same[(Math.min(place, 3) + step) % 4]) ?? [],
  );
};

/** `count` of the steps 0 … slots − 1, evenly apart, 0 among them. */
const spread = (count: number, slots: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => Math.floor((i * slots) / count));
