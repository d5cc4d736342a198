import type { Party } from '../convention/terms.js';
import { digestOf } from '../kernel/digest.js';
import { type ConventionId, ReviewId } from '../kernel/identifiers.js';
import type { LocalDate } from '../time/types.js';
import type { Countersigner } from './events.js';
import type { ReviewState } from './state.js';

/** Where a review stands; `countersigned` once each party has submitted or has taken note of what the other said. */
export type ReviewStatus = 'none' | 'requested' | 'submitted' | 'countersigned';

const parties: readonly Party[] = ['home', 'host'];

/** Where the review stands, from what was asked, submitted and taken note of. */
export const reviewStatus = ({ requested, submissions, countersignatures }: Readonly<ReviewState>): ReviewStatus => {
  if (requested === undefined) return 'none';
  if (parties.every((party) => submissions[party] === undefined)) return 'requested';
  return parties.every((party) => submissions[party] !== undefined || countersignatures[party] !== undefined)
    ? 'countersigned'
    : 'submitted';
};

/** The parties whose submissions `party` can countersign: what it wrote itself is signed already. */
export const coveredBy = ({ submissions }: Readonly<ReviewState>, party: Countersigner): readonly Party[] =>
  parties.filter((other) => other !== party && submissions[other] !== undefined);

/**
 * True when this is a final review of the convention that one party at least has submitted: enough to close on, so that
 * nobody can keep a convention open by saying nothing.
 */
export const isFinalReviewOf = (review: Readonly<ReviewState>, conventionId: ConventionId): boolean =>
  review.requested?.kind === 'final' &&
  review.requested.conventionId === conventionId &&
  reviewStatus(review) !== 'requested';

const VARIANTS = '89ab';

/** A UUIDv7 in form, with the convention's own time and a digest for random bits (RFC 9562, section 5.7). */
const derivedId = (conventionId: ConventionId, why: Readonly<Record<string, string>>): ReviewId => {
  const digest = digestOf({ conventionId, ...why });
  const variant = VARIANTS.charAt(Number.parseInt(digest.charAt(3), 16) % 4);
  const random = `7${digest.slice(0, 3)}-${variant}${digest.slice(4, 7)}-${digest.slice(7, 19)}`;
  return ReviewId.parse(`${conventionId.slice(0, 13)}-${random}`);
};

/**
 * The id to ask a convention's final review under: the same whenever it is derived, so that asking again is "already
 * so".
 */
export const finalReviewIdOf = (conventionId: ConventionId): ReviewId => derivedId(conventionId, { kind: 'final' });

/**
 * The id to ask for a review under because the host's accreditation by the home administration was suspended or
 * withdrawn, effective `on`: one for each such turn, the same whenever it is derived.
 */
export const accreditationReviewIdOf = (
  conventionId: ConventionId,
  turn: { readonly status: 'suspended' | 'withdrawn'; readonly on: LocalDate },
): ReviewId => derivedId(conventionId, { kind: 'mid', ...turn });
