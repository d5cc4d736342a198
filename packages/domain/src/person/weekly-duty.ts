import { FULL_WEEK_MINUTES } from '../time/quota.js';
import type { LocalDate } from '../time/types.js';
import { employmentsOn, valueOn } from './queries.js';
import type { Employment, PersonState } from './state.js';

/** 48 hours, in minutes: the longest week over all employments. */
export const LONGEST_WEEK_MINUTES = 48 * 60;

/** The fullest week found: from which day, and how many minutes are owed. */
export interface FullestWeek {
  readonly on: LocalDate;
  readonly weeklyMinutes: number;
}

const begunBefore = (a: Employment, b: Employment): boolean =>
  a.from < b.from || (a.from === b.from && a.employmentId < b.employmentId);

/**
 * The fullest week, from `from` on, among those in which `changed` runs.
 *
 * An employment whose duty was never set counts as full time. With `knownOnly` it does so only if it began before
 * `changed`: so the duties of two employments can be set one after the other, the older first.
 */
export const fullestWeek = (
  person: Readonly<PersonState>,
  changed: Employment,
  from: LocalDate,
  knownOnly: boolean,
): FullestWeek => {
  const after: PersonState = { ...person, employments: { ...person.employments, [changed.employmentId]: changed } };
  const minutesOn = (employment: Employment, date: LocalDate): number =>
    valueOn(employment.duties, date) ?? (knownOnly && !begunBefore(employment, changed) ? 0 : FULL_WEEK_MINUTES);
  const start = from < changed.from ? changed.from : from;
  // The sum can only grow on a day when an employment begins or a duty changes.
  const days = Object.values(after.employments)
    .flatMap((employment) => [employment.from, ...employment.duties.map((duty) => duty.from)])
    .filter((date) => date > start && (changed.endedOn === undefined || date <= changed.endedOn));
  return [start, ...days]
    .map((on) => ({
      on,
      weeklyMinutes: employmentsOn(after, on).reduce((sum, employment) => sum + minutesOn(employment, on), 0),
    }))
    .reduce((fullest, week) => (week.weeklyMinutes > fullest.weeklyMinutes ? week : fullest));
};
