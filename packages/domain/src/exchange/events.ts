import * as z from 'zod';
import { defineEvent, type FactOf } from '../kernel/event.js';
import { AssignmentId, OrganisationId, PersonId } from '../kernel/identifiers.js';

/** The two assignments of a pair: one each way. */
export const Legs = z
  .tuple([AssignmentId, AssignmentId])
  .refine(([there, back]) => there !== back, 'two different assignments');

export const Cohort = z.strictObject({
  /** The school: an organisation like any other. */
  schoolId: OrganisationId,
  personIds: z
    .array(PersonId)
    .min(1)
    .max(500)
    .refine((ids) => new Set(ids).size === ids.length, 'each person once'),
});

/** Two people go to one another's place of work. */
export const ExchangePaired = defineEvent('ExchangePaired', z.strictObject({ legs: Legs }));
/** People in training at a school of the civil service take part; those enrolled before are not named again. */
export const CohortEnrolled = defineEvent('CohortEnrolled', Cohort);

/** Every type of event of an exchange, by its name. */
export const exchangeEvents = { ExchangePaired, CohortEnrolled } as const;

/** Any fact of an exchange. */
export type ExchangeFact = FactOf<typeof exchangeEvents>;
