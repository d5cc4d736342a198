import type { Framework } from '../framework/columns.js';
import { measure, type Reading, read } from '../kernel/reading.js';
import { type OrganisationState, organisation } from '../organisation/state.js';
import { type PersonState, person } from '../person/state.js';
import { yearOf } from '../time/calendar.js';
import type { LocalDate } from '../time/types.js';
import type { Span } from './force.js';
import type { ConventionTerms } from './terms.js';

/**
 * The name of the figure that says what a host received from one administration in a calendar year, in euro cents:
 * validated hours lent for free, at their value, and financial contributions. Parameters: `homeId`, `hostId`, `year`.
 * Only frameworks with a subsidy threshold ask for it.
 */
export const RECEIVED_CENTS = 'received-cents';

/** All that the rules on a text read. */
export interface TermsContext {
  readonly home: Readonly<OrganisationState>;
  readonly host: Readonly<OrganisationState>;
  /** By person. */
  readonly persons: ReadonlyMap<string, Readonly<PersonState>>;
  readonly receivedCents?: number;
}

/** Reads what {@link judgeTerms} needs. */
export function* termsContext(
  terms: ConventionTerms,
  framework: Framework | undefined,
  today: LocalDate,
): Reading<TermsContext> {
  const home = yield* read(organisation, terms.homeId);
  const host = yield* read(organisation, terms.hostId);
  const persons = new Map<string, Readonly<PersonState>>();
  for (const { personId } of terms.agents) persons.set(personId, yield* read(person, personId));
  if (framework?.money.value.subsidyConventionAboveCents === undefined) return { home, host, persons };
  const { homeId, hostId } = terms;
  const received = yield* measure(RECEIVED_CENTS, { homeId, hostId, year: yearOf(today) });
  return { home, host, persons, ...(received === undefined ? {} : { receivedCents: received.value }) };
}

/** A text to be judged: the first one, or an amended one with the day it takes effect. */
export interface Judged {
  readonly conventionId: string;
  readonly terms: ConventionTerms;
  readonly framework: Framework;
  /** The day on which eligibility counts: the first day that the text rules. */
  readonly day: LocalDate;
  /** The day of submission. */
  readonly today: LocalDate;
  /** The new period, when the text makes one. */
  readonly period?: Span;
}
