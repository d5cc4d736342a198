import * as z from 'zod';
import { Party } from '../convention/terms.js';
import { defineEvent, type FactOf } from '../kernel/event.js';
import { ConventionId } from '../kernel/identifiers.js';
import { personal } from '../kernel/personal.js';
import { Objectives } from '../mission/events.js';

/** `mid`: on the way. `final`: what a convention is closed on. */
export const ReviewKind = z.enum(['mid', 'final']);
export type ReviewKind = z.output<typeof ReviewKind>;

/** What a party says in its own words. */
export const ReviewText = z.string().min(1).max(4000);

/** What a party found: whether the objectives were met, and why. */
export const ReviewOutcomes = z.strictObject({ objectives: Objectives, text: ReviewText.optional() });
export type ReviewOutcomes = z.output<typeof ReviewOutcomes>;

/** Both parties may submit; the agent, who signs no convention, countersigns. */
export const Countersigner = z.enum(['agent', 'home', 'host']);
export type Countersigner = z.output<typeof Countersigner>;

/** Someone is asked how the lending under a convention went. */
export const ReviewRequested = defineEvent(
  'ReviewRequested',
  z.strictObject({ kind: ReviewKind, conventionId: ConventionId }),
);
/** A party says how it went; the words are under the key of the one who wrote them. */
export const ReviewSubmitted = defineEvent(
  'ReviewSubmitted',
  z.strictObject({
    party: Party,
    outcomes: ReviewOutcomes.extend({ text: personal(ReviewText, '@actor').optional() }),
  }),
);
/** The actor has taken note of what the parties in `covers` submitted; it is no agreement with it. */
export const ReviewCountersigned = defineEvent(
  'ReviewCountersigned',
  z.strictObject({ party: Countersigner, covers: z.array(Party).min(1).max(2) }),
);

/** Every type of event of a review, by its name. */
export const reviewEvents = { ReviewRequested, ReviewSubmitted, ReviewCountersigned } as const;

/** Any fact of a review. */
export type ReviewFact = FactOf<typeof reviewEvents>;
