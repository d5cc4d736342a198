import { addDays, type Instant, type LocalDate, type LocalTime, localDateOf, plusMinutes } from '@probono/domain';
import { clockInstant, openFrom, openUpTo, type SendingWindow, sendingDayUpTo } from './window.js';

/** How long before a session: calendar days of the site (`J-1`), or hours (`H-2`). */
export type Lead = string;

/** When a session is, by the site's calendar and by the clock of the world. */
export interface SessionTime {
  readonly date: LocalDate;
  readonly startsAt: Instant;
}

/** True of what {@link beforeSession} understands. */
export const isLead = (lead: Lead): boolean => /^[JH]-[1-9]\d?$/.test(lead);

/**
 * When to remind of a session: never after the wished instant. `J-n` is that calendar day at `at` o'clock of the site,
 * or the sending day before it; `H-n` is that many hours before, or the last open instant before them.
 */
export const beforeSession = (session: SessionTime, lead: Lead, at: LocalTime, window: SendingWindow): Instant => {
  const n = Number(lead.slice(2));
  if (lead.startsWith('H')) return openUpTo(plusMinutes(session.startsAt, -60 * n), window);
  return onDayUpTo(addDays(session.date, -n), at, window);
};

/** At `at` o'clock on `date`, or on the last sending day before it. */
export const onDayUpTo = (date: LocalDate, at: LocalTime, window: SendingWindow): Instant =>
  openUpTo(clockInstant(sendingDayUpTo(date, window), at, window.zone), window);

/** At `at` o'clock on `date`, or as soon after as something may be sent; on a day off, at that hour of the next day. */
export const onDayFrom = (date: LocalDate, at: LocalTime, window: SendingWindow): Instant => {
  const wished = clockInstant(date, at, window.zone);
  const open = openFrom(wished, window);
  if (open === wished) return wished;
  // The next open day begins at eight; what follows a session keeps its hour there too.
  const sameHour = clockInstant(localDateOf(open, window.zone), at, window.zone);
  return sameHour > open ? openFrom(sameHour, window) : open;
};

/**
 * When to tell of something that has just happened: now, or when sending hours begin again; but now all the same when
 * `deadline` comes first.
 */
export const atOnce = (
  now: Instant,
  deadline: Instant,
  window: SendingWindow,
): { readonly dueAt: Instant; readonly urgent: boolean } => {
  const next = openFrom(now, window);
  return deadline <= next ? { dueAt: now, urgent: true } : { dueAt: next, urgent: false };
};
