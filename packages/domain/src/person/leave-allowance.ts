import type { Column, Validity } from '../framework/columns.js';
import { addDays, isoDay, within, yearOf } from '../time/calendar.js';
import type { HolidayCalendar } from '../time/site.js';
import type { LocalDate } from '../time/types.js';
import type { Leave } from './state.js';

/** What a leave for an office in an association may amount to, in a calendar year. */
export interface LeaveAllowance extends Validity {
  /** Working days, over all employments. */
  readonly days: number;
  readonly spells: number;
  /** How long the association must have been declared on the first day. */
  readonly hostDeclaredMonths: number;
}

// Dates of this table are dates by construction.
const date = (text: string): LocalDate => text as LocalDate;

/** The leave of citizenship (`conge-citoyennete`), row after row. */
export const leaveAllowances: readonly Column<LeaveAllowance>[] = [
  {
    value: { from: date('2017-01-29'), until: date('2024-04-16'), days: 6, spells: 2, hostDeclaredMonths: 36 },
    source: 'loi 2017-86, art. 10, then CGFP, art. L641-1',
    certainty: 'unconfirmed',
  },
  {
    value: { from: date('2024-04-17'), days: 6, spells: 2, hostDeclaredMonths: 12 },
    source: 'CGFP, art. L641-1, as amended by loi 2024-344 of 15 April 2024',
    certainty: 'probable',
  },
];

/** The row that holds on the first day of a leave. */
export const leaveAllowanceOn = (on: LocalDate): Column<LeaveAllowance> | undefined =>
  leaveAllowances.find(({ value }) => within(on, value.from ?? on, value.until));

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
