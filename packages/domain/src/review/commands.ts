import * as z from 'zod';
import { defineCommand } from '../kernel/command.js';
import { ConventionId, ReviewId } from '../kernel/identifiers.js';
import { ReviewKind, ReviewOutcomes } from './events.js';

const subject = z.strictObject({ reviewId: ReviewId });

/** For the clerk, `reviewId` is what `finalReviewIdOf` or `accreditationReviewIdOf` derives. */
export const RequestReview = defineCommand(
  'RequestReview',
  ['programme_officer', 'system'],
  subject.extend({ kind: ReviewKind, conventionId: ConventionId }),
);
/** The party is the one that the actor's role stands for. */
export const SubmitReview = defineCommand(
  'SubmitReview',
  ['host_representative', 'home_representative'],
  subject.extend({ outcomes: ReviewOutcomes }),
);
/** By a party, or by an agent whom the convention lends or lent: takes note of what is submitted so far. */
export const CountersignReview = defineCommand(
  'CountersignReview',
  ['agent', 'host_representative', 'home_representative'],
  subject,
);
