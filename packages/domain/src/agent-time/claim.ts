import { addDays } from '../time/calendar.js';
import type { LocalDate } from '../time/types.js';
import { minutesByLocalDay } from '../time/zone.js';
import { standingEntries } from './queries.js';
import type { AgentTimeState, Entry } from './state.js';

/** Hours as they would stand: an entry that is not yet there, or one with other minutes. */
export type Claim = Pick<
  Entry,
  'entryId' | 'assignmentId' | 'employmentId' | 'workDate' | 'startsAt' | 'zone' | 'minutes'
>;

/** Minutes that fall on a local day. */
export interface DayMinutes {
  readonly date: LocalDate;
  readonly minutes: number;
}

/** How a claim's minutes fall on the local days of a zone, its own by default; without a start, on its work date. */
export const daysOf = ({ startsAt, minutes, zone, workDate }: Claim, inZone = zone): readonly DayMinutes[] =>
  startsAt === undefined || minutes <= 0 ? [{ date: workDate, minutes }] : minutesByLocalDay(startsAt, minutes, inZone);

/**
 * Other standing entries near a span of days. An entry lasts a day at most and zones differ by little more than one,
 * so what lies three days off cannot touch it.
 */
export const entriesNear = (
  state: Readonly<AgentTimeState>,
  { entryId }: Claim,
  from: LocalDate,
  to: LocalDate,
): readonly Readonly<Entry>[] => {
  const [first, last] = [addDays(from, -3), addDays(to, 3)];
  return standingEntries(state).filter(
    (other) => other.entryId !== entryId && first <= other.workDate && other.workDate <= last,
  );
};
