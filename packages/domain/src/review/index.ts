import type { CommandHandler } from '../kernel/command.js';
import { lifeHandlers } from './decide.js';

export { CountersignReview, RequestReview, SubmitReview } from './commands.js';
export {
  Countersigner,
  ReviewCountersigned,
  type ReviewFact,
  ReviewKind,
  ReviewOutcomes,
  ReviewRequested,
  ReviewSubmitted,
  reviewEvents,
} from './events.js';
export {
  accreditationReviewIdOf,
  finalReviewIdOf,
  isFinalReviewOf,
  type ReviewStatus,
  reviewStatus,
} from './queries.js';
export { type ReviewRuleId, reviewRules } from './rules.js';
export { type Countersignature, type ReviewState, review } from './state.js';

/** Every command of a review, with how it is decided. */
export const reviewHandlers: readonly CommandHandler[] = lifeHandlers;
