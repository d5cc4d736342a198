import type { EmploymentId, OrganisationId, PersonId } from '../kernel/identifiers.js';
import { within } from '../time/calendar.js';
import { FULL_WEEK_MINUTES } from '../time/quota.js';
import type { LocalDate } from '../time/types.js';
import type { Employment, From, PersonState, Secondment } from './state.js';

/** The employment with this id, begun or not, ended or not. */
export const employmentOf = (
  person: Readonly<PersonState>,
  employmentId: EmploymentId | undefined,
): Readonly<Employment> | undefined => (employmentId === undefined ? undefined : person.employments[employmentId]);

const runsOn = ({ from, endedOn }: Readonly<Employment>, date: LocalDate): boolean => within(date, from, endedOn);

/** True when the person has this employment on `date`; its first and its last day count. */
export const employedOn = (person: Readonly<PersonState>, employmentId: EmploymentId, date: LocalDate): boolean => {
  const employment = employmentOf(person, employmentId);
  return employment !== undefined && runsOn(employment, date);
};

/** The value that holds on `date`: the one with the latest first day, and of two with the same the one set last. */
export const valueOn = <T>(values: readonly From<T>[], date: LocalDate): T | undefined => {
  let best: From<T> | undefined;
  for (const each of values) {
    if (each.from <= date && (best === undefined || each.from >= best.from)) best = each;
  }
  return best?.value;
};

/** Minutes of duty a week in this employment on `date`; full time where none was set. */
export const weeklyMinutesOn = (person: Readonly<PersonState>, employmentId: EmploymentId, date: LocalDate): number =>
  valueOn(employmentOf(person, employmentId)?.duties ?? [], date) ?? FULL_WEEK_MINUTES;

/** The manager of this employment on `date`. */
export const managerOn = (
  person: Readonly<PersonState>,
  employmentId: EmploymentId,
  date: LocalDate,
): PersonId | undefined => valueOn(employmentOf(person, employmentId)?.managers ?? [], date);

/** Loaded cost in euro cents a year on `date`, charges included. */
export const loadedCostOn = (
  person: Readonly<PersonState>,
  employmentId: EmploymentId,
  date: LocalDate,
): number | undefined => valueOn(employmentOf(person, employmentId)?.costs ?? [], date);

/** The employments that run on `date`. */
export const employmentsOn = (person: Readonly<PersonState>, date: LocalDate): readonly Readonly<Employment>[] =>
  Object.values(person.employments).filter((employment) => runsOn(employment, date));

/** The periods spent with `hostId`, by their first day. */
export const secondmentsWith = (person: Readonly<PersonState>, hostId: OrganisationId): readonly Secondment[] =>
  Object.values(person.secondments)
    .filter((secondment) => secondment.hostId === hostId)
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
