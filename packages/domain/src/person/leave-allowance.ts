import type { Framework, LeaveRow } from '../framework/columns.js';
import { holdsOn } from '../framework/validity.js';
import { addDays, isoDay, yearOf } from '../time/calendar.js';
import type { HolidayCalendar } from '../time/site.js';
import type { LocalDate } from '../time/types.js';
import type { Leave } from './state.js';

/** The row of a framework's leave that holds on the first day of one. */
export const leaveAllowanceOn = (framework: Framework | undefined, on: LocalDate): LeaveRow | undefined =>
  framework?.leave.value.find((row) => holdsOn(row, on));

/**
 * Working days of the law (*jours ouvrables*, Saturdays among them). Only the holidays around new year are told apart:
 * no leave that keeps within its allowance and spans two years reaches another one.
 */
const isWorkingDay = (on: LocalDate, calendar: HolidayCalendar | undefined): boolean => {
  const day = on.slice(5);
  if (day === '12-25' || day === '01-01') return false;
  if (day === '12-26' && calendar === 'fr-alsace-moselle') return false;
  return isoDay(on) !== 7;
};

/** A leave's working days by the calendar year in which they fall: from its first day on, the last year has the rest. */
export const leaveDaysByYear = (
  { from, to, workingDays }: Pick<Leave, 'from' | 'to' | 'workingDays'>,
  calendar?: HolidayCalendar,
): ReadonlyMap<number, number> => {
  const days = new Map<number, number>();
  let left = workingDays;
  for (let on = from; on <= to && left > 0 && yearOf(on) < yearOf(to); on = addDays(on, 1)) {
    if (!isWorkingDay(on, calendar)) continue;
    days.set(yearOf(on), (days.get(yearOf(on)) ?? 0) + 1);
    left -= 1;
  }
  if (left > 0) days.set(yearOf(to), left);
  return days;
};
