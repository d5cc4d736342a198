import * as z from 'zod';
import { defineEvent, type FactOf } from '../kernel/event.js';
import { ContributionId, OrganisationId } from '../kernel/identifiers.js';
import { LocalDate } from '../time/types.js';

/** From money, over gifts in kind, to the skills of people: the order in which a partnership advances. */
export const ContributionKind = z.enum(['financial', 'in_kind', 'skills']);
export type ContributionKind = z.output<typeof ContributionKind>;

/** A partnership is `opened`, then at the stage of the kind of contribution it has reached. */
export const PartnershipStage = z.enum(['opened', ...ContributionKind.options]);
export type PartnershipStage = z.output<typeof PartnershipStage>;

/** Euro cents. */
const Cents = z.int().positive().max(100_000_000_000);
/** Minutes worked by all who gave their skills. */
const ContributedMinutes = z.int().positive().max(100_000_000);

const given = { contributionId: ContributionId, giverId: OrganisationId, receiverId: OrganisationId, on: LocalDate };

/** What one partner gave another, on one day: money, things (with their value, where it is known), or time. */
export const Contribution = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('financial'), ...given, cents: Cents }),
  z.strictObject({ kind: z.literal('in_kind'), ...given, cents: Cents.optional() }),
  z.strictObject({ kind: z.literal('skills'), ...given, minutes: ContributedMinutes, cents: Cents.optional() }),
]);
export type Contribution = z.output<typeof Contribution>;

/** The partners, each once. */
export const Partners = z
  .array(OrganisationId)
  .min(2)
  .max(20)
  .refine((ids) => new Set(ids).size === ids.length, 'each organisation once');

/** Organisations are partners from now on. */
export const PartnershipOpened = defineEvent('PartnershipOpened', z.strictObject({ organisations: Partners }));
/** One partner gave another something. */
export const ContributionRecorded = defineEvent('ContributionRecorded', Contribution);
/** A contribution of the kind `to` has been given: the partnership has come that far. */
export const PartnershipStageAdvanced = defineEvent(
  'PartnershipStageAdvanced',
  z.strictObject({ from: PartnershipStage, to: ContributionKind }),
);

/** Every type of event of a partnership, by its name. */
export const partnershipEvents = { PartnershipOpened, ContributionRecorded, PartnershipStageAdvanced } as const;

/** Any fact of a partnership. */
export type PartnershipFact = FactOf<typeof partnershipEvents>;
