import {
  addDays,
  type HolidayCalendar,
  holidayOn,
  type Instant,
  instantsOf,
  isoDay,
  type LocalDate,
  type LocalTime,
  localDateOf,
  plusMinutes,
  type Zone,
} from '@probono/domain';

/** Wall-clock times between which something is so; both ends count. */
export interface Hours {
  readonly from: LocalTime;
  readonly to: LocalTime;
}

/** When a recipient does not want to be written to, by the clocks of their own zone; may span midnight. */
export interface QuietHours extends Hours {
  readonly zone: Zone;
}

/** When one recipient may be written to about one site: its working days, its hours, less the recipient's quiet ones. */
export interface SendingWindow {
  readonly zone: Zone;
  readonly calendar: HolidayCalendar;
  readonly hours: Hours;
  readonly quiet?: QuietHours;
}

interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/** No run of days off is as long, in any calendar. */
const longestSearch = 21;

/** A day on which the site works: no week-end, no holiday of its calendar. */
export const isSendingDay = (date: LocalDate, { calendar }: Pick<SendingWindow, 'calendar'>): boolean =>
  isoDay(date) <= 5 && holidayOn(date, calendar) === undefined;

/** The last sending day on or before `date`. */
export const sendingDayUpTo = (date: LocalDate, window: SendingWindow): LocalDate => {
  let day = date;
  while (!isSendingDay(day, window)) day = addDays(day, -1);
  return day;
};

/** The instant at which clocks show `time`; the first of two, and the end of the gap when the clocks skip it. */
export const clockInstant = (date: LocalDate, time: LocalTime, zone: Zone): Instant => {
  const [first] = instantsOf(date, time, zone);
  if (first !== undefined) return first;
  // Clocks go forward by an hour at most in every zone of France; seen from an hour before, the wall time exists.
  const [hour, minute] = time.split(':').map(Number);
  const before = ((hour ?? 0) * 60 + (minute ?? 0) - 60 + 1440) % 1440;
  const [early] = instantsOf(date, clockTime(before), zone);
  if (early === undefined) throw new RangeError(`${date} ${time} cannot be placed in ${zone}`);
  return plusMinutes(early, 60);
};

const clockTime = (minutes: number): LocalTime =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}` as LocalTime; // HH:MM

/** What remains of a span when another is taken out; ends that touch stay open to both. */
const without = (span: Span, taken: Span): readonly Span[] => {
  if (taken.to <= span.from || taken.from >= span.to) return [span];
  return [
    { from: span.from, to: taken.from },
    { from: taken.to, to: span.to },
  ].filter(({ from, to }) => from < to && from >= span.from && to <= span.to);
};

/** The spans of one local day of the site in which something may be sent, in order. */
const openSpans = (date: LocalDate, window: SendingWindow): readonly Span[] => {
  if (!isSendingDay(date, window)) return [];
  const { zone, hours, quiet } = window;
  const day = { from: clockInstant(date, hours.from, zone), to: clockInstant(date, hours.to, zone) };
  if (quiet === undefined || quiet.from === quiet.to) return [day];
  const nextDay = quiet.from > quiet.to ? 1 : 0;
  // The recipient may live many zones away, so their day before and after can reach into the site's.
  const left = [-2, -1, 0, 1, 2].reduce<readonly Span[]>(
    (spans, shift) => {
      const begins = addDays(date, shift);
      const taken = {
        from: clockInstant(begins, quiet.from, quiet.zone),
        to: clockInstant(addDays(begins, nextDay), quiet.to, quiet.zone),
      };
      return spans.flatMap((span) => without(span, taken));
    },
    [day],
  );
  // Quiet hours that leave nothing of the day are set aside: no mail at all is not what they ask for.
  return left.length === 0 ? [day] : left;
};

const search = (
  from: Instant,
  window: SendingWindow,
  step: 1 | -1,
  pick: (spans: readonly Span[]) => Instant | undefined,
): Instant => {
  let date = localDateOf(from, window.zone);
  for (let days = 0; days < longestSearch; days += 1, date = addDays(date, step)) {
    const found = pick(openSpans(date, window));
    if (found !== undefined) return found;
  }
  throw new RangeError(`no sending day within ${longestSearch} days of ${from}`);
};

/** True when something may be sent at `at`. */
export const isOpen = (at: Instant, window: SendingWindow): boolean => openFrom(at, window) === at;

/** `at`, or the next instant after it at which something may be sent. */
export const openFrom = (at: Instant, window: SendingWindow): Instant =>
  search(at, window, 1, (spans) => {
    const span = spans.find(({ to }) => to >= at);
    return span && (span.from > at ? span.from : at);
  });

/** `at`, or the last instant before it at which something may be sent. */
export const openUpTo = (at: Instant, window: SendingWindow): Instant =>
  search(at, window, -1, (spans) => {
    const span = spans.findLast(({ from }) => from <= at);
    return span && (span.to < at ? span.to : at);
  });
