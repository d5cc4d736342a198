import { within } from './calendar.js';
import { type Rhythm, rhythmDates, rhythmWindow } from './rhythm.js';
import type { LocalDate } from './types.js';

/** A session, as far as a rhythm is concerned. */
export interface RhythmSession {
  readonly date: LocalDate;
  readonly minutes: number;
}

/**
 * The dates of `sessions` that go beyond a rhythm: more sessions in a window than it counts, a session longer than
 * its minutes, or, for an RFC 5545 rule, a date that is none of its dates.
 *
 * @param others sessions that are already planned; windows count them too
 * @param anchor the day the rhythm begins: fortnights and recurrence rules are counted from it
 */
export const datesBeyondRhythm = (
  rhythm: Rhythm,
  sessions: readonly RhythmSession[],
  others: readonly RhythmSession[],
  anchor: LocalDate,
): readonly LocalDate[] => {
  if ('rrule' in rhythm) {
    const last = sessions
      .map(({ date }) => date)
      .sort()
      .at(-1);
    if (last === undefined) return [];
    const foreseen = new Set(rhythmDates(rhythm, anchor, last));
    return sessions.filter(({ date }) => !foreseen.has(date)).map(({ date }) => date);
  }
  const { count, per, minutes = Number.POSITIVE_INFINITY } = rhythm;
  const all = [...others, ...sessions];
  const counted = new Map<LocalDate, number>();
  return sessions
    .filter((session) => {
      if (session.minutes > minutes) return true;
      const window = rhythmWindow(per, session.date, anchor);
      const inWindow =
        counted.get(window.from) ?? all.filter(({ date }) => within(date, window.from, window.to)).length;
      counted.set(window.from, inWindow);
      return inWindow > count;
    })
    .map(({ date }) => date);
};
