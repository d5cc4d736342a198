import { tzOffset } from '@date-fns/tz';
import { addDays } from './calendar.js';
import type { Fold, Instant, LocalDate, LocalTime, Zone } from './types.js';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** The instant `minutes` after `instant`. */
export const plusMinutes = (instant: Instant, minutes: number): Instant =>
  new Date(Date.parse(instant) + minutes * MINUTE).toISOString() as Instant; // the form Instant has

/** Wall clock of `zone` at `instant`, written as if it were UTC. */
const wallClock = (instant: Instant, zone: Zone): string => {
  const at = Date.parse(instant);
  return new Date(at + tzOffset(zone, new Date(at)) * MINUTE).toISOString();
};

/** The local date of `zone` at `instant`. */
export const localDateOf = (instant: Instant, zone: Zone): LocalDate =>
  wallClock(instant, zone).slice(0, 10) as LocalDate;

/** The local time of `zone` at `instant`, to the minute. */
export const localTimeOf = (instant: Instant, zone: Zone): LocalTime =>
  wallClock(instant, zone).slice(11, 16) as LocalTime;

/**
 * The instants at which the clocks of `zone` show `date` `time`, in order: one as a rule, none in the hour that is
 * skipped when clocks go forward, two in the hour that is repeated when they go back.
 */
export const instantsOf = (date: LocalDate, time: LocalTime, zone: Zone): readonly Instant[] => {
  const asUtc = Date.parse(`${date}T${time}:00.000Z`);
  const offsets = new Set([asUtc - DAY, asUtc + DAY].map((at) => tzOffset(zone, new Date(at))));
  return [...offsets]
    .map((offset) => asUtc - offset * MINUTE)
    .filter((at) => at + tzOffset(zone, new Date(at)) * MINUTE === asUtc)
    .sort((a, b) => a - b)
    .map((at) => new Date(at).toISOString() as Instant);
};

/** A local time resolved to an instant, or why it cannot be. */
export type ResolvedTime =
  | { readonly instant: Instant }
  | { readonly problem: 'nonexistent' }
  | { readonly problem: 'ambiguous' };

/** Resolves a local time; an ambiguous one needs `fold` to say which of its two instants is meant. */
export const resolveLocalTime = (date: LocalDate, time: LocalTime, zone: Zone, fold?: Fold): ResolvedTime => {
  const [first, second] = instantsOf(date, time, zone);
  if (first === undefined) return { problem: 'nonexistent' };
  if (second === undefined) return { instant: first };
  if (fold === undefined) return { problem: 'ambiguous' };
  return { instant: fold === 'first' ? first : second };
};

/** How the minutes of `[start, start + minutes)` fall on the local days of `zone`, in order. */
export const minutesByLocalDay = (
  start: Instant,
  minutes: number,
  zone: Zone,
): readonly { readonly date: LocalDate; readonly minutes: number }[] => {
  const end = Date.parse(start) + minutes * MINUTE;
  const days: { date: LocalDate; minutes: number }[] = [];
  for (let at = Date.parse(start); at < end; ) {
    const date = localDateOf(new Date(at).toISOString() as Instant, zone); // the form Instant has
    const next = Math.min(end, startOfDay(addDays(date, 1), zone));
    days.push({ date, minutes: (next - at) / MINUTE });
    at = next;
  }
  return days;
};

/**
 * The first instant of `date`, or of the next day that the zone has. Where clocks change at midnight a day begins at
 * 00:30 or 01:00; where the date line moved a day is missing (Samoa, 30 December 2011).
 */
const startOfDay = (date: LocalDate, zone: Zone): number => {
  for (const day of [date, addDays(date, 1)]) {
    for (const time of ['00:00', '00:30', '01:00'] as LocalTime[]) {
      const [first] = instantsOf(day, time, zone);
      if (first !== undefined) return Date.parse(first);
    }
  }
  throw new RangeError(`${date} has no beginning in ${zone}`); // two missing days on end: no zone has had them
};
