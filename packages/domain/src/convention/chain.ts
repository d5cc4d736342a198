import { secondmentsWith } from '../person/queries.js';
import type { PersonState } from '../person/state.js';
import { addDays, daysInclusive, lastDayOfMonths } from '../time/calendar.js';
import type { LocalDate } from '../time/types.js';
import type { ConventionTerms } from './terms.js';

/**
 * The periods of one agent with one host under one framework, this convention's included, laid end to end in days
 * from the first day of the first.
 */
export const chainEnd = (
  person: Readonly<PersonState> | undefined,
  conventionId: string,
  { hostId, framework, from, to }: ConventionTerms,
): { readonly first: LocalDate; readonly last: LocalDate } => {
  const others = (person ? secondmentsWith(person, hostId) : []).filter(
    (period) => period.framework === framework && period.conventionId !== conventionId,
  );
  const periods = [...others, { from, to }];
  const first = periods.reduce((earliest, period) => (period.from < earliest ? period.from : earliest), from);
  const days = periods.reduce((sum, period) => sum + daysInclusive(period.from, period.to), 0);
  return { first, last: addDays(first, days - 1) };
};

/** The whole months that a chain needs: the smallest n whose last day it does not pass. */
export const monthsOf = ({ first, last }: { readonly first: LocalDate; readonly last: LocalDate }): number => {
  let months = 1;
  while (lastDayOfMonths(first, months) < last) months += 1;
  return months;
};
