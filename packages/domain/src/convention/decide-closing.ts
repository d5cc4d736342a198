import { declaredMinutes, isSettled, standingEntries, unsettledEntries } from '../agent-time/queries.js';
import { type AgentTimeState, agentTime } from '../agent-time/state.js';
import { type Frameworks, frameworkIn } from '../framework/frameworks.js';
import { type CommandHandler, handle } from '../kernel/command.js';
import type { ConventionId, PersonId } from '../kernel/identifiers.js';
import { type Reading, read } from '../kernel/reading.js';
import { isFinalReviewOf } from '../review/queries.js';
import { type ReviewState, review } from '../review/state.js';
import { CloseConvention, ReleaseAllotment } from './commands.js';
import { AllotmentReleased, ConventionClosed } from './events.js';
import { convention } from './evolve.js';
import { agentsEver } from './queries.js';
import { frameworkRef, type Rules, statusIn, zoneOf } from './standing.js';

const release = handle(ReleaseAllotment, convention, {
  id: (data) => data.conventionId,
  *context({ allotments }, { data }) {
    const held = allotments[data.assignmentId];
    return held && { held, time: yield* read(agentTime, held.personId) };
  },
  zone: zoneOf,
  framework: frameworkRef,
  decide(state, { data: { conventionId, assignmentId }, effectiveOn }, context, rules: Rules) {
    const status = state.closed ? 'closed' : context ? 'allotted' : 'none';
    const facts = { conventionId, assignmentId, status, expected: ['allotted'], day: effectiveOn };
    rules.require('convention.wrong-state', status === 'allotted', facts);
    if (context === undefined) return [];
    const { held, time } = context;
    const minutes = held.minutes - declaredMinutes(time, assignmentId);
    if (minutes <= 0) return [];
    return rules.accept(() => [AllotmentReleased.of({ assignmentId, personId: held.personId, minutes })]);
  },
});

interface OwnTime {
  readonly personId: PersonId;
  readonly time: Readonly<AgentTimeState>;
}

const settled = (conventionId: ConventionId, { personId, time }: OwnTime) => {
  const entries = standingEntries(time).filter((entry) => entry.conventionId === conventionId && isSettled(entry));
  return { personId, entries: entries.length, minutes: entries.reduce((sum, { minutes }) => sum + minutes, 0) };
};

interface Closing {
  readonly times: readonly OwnTime[];
  /** The review that the convention is to be closed on. */
  readonly account: Readonly<ReviewState>;
}

const close = (table: Frameworks): CommandHandler =>
  handle(CloseConvention, convention, {
    id: (data) => data.conventionId,
    *context(state, { data: { reviewId } }): Reading<Closing> {
      const times: OwnTime[] = [];
      for (const { personId } of agentsEver(state)) times.push({ personId, time: yield* read(agentTime, personId) });
      return { times, account: reviewId === undefined ? review.initial() : yield* read(review, reviewId) };
    },
    zone: zoneOf,
    framework: frameworkRef,
    decide(state, { data: { conventionId, reviewId }, effectiveOn }, { times, account }, rules: Rules) {
      if (state.closed && state.reviewId === reviewId) return [];
      const ended = statusIn(rules, state, conventionId, effectiveOn, ['terminated', 'expired']);
      if (!ended || state.terms === undefined) return [];
      const open = times.map(({ personId, time }) => ({
        personId,
        entries: unsettledEntries(time, { conventionId }).length,
      }));
      const left = open.filter(({ entries }) => entries > 0);
      const entries = left.reduce((sum, each) => sum + each.entries, 0);
      const facts = { entries, personIds: left.map(({ personId }) => personId) };
      rules.require('convention.hours-unsettled', left.length === 0, facts);
      const { framework, frameworkVersion } = state.terms;
      const asked = frameworkIn(table, framework, frameworkVersion)?.requires.finalReview.value ?? false;
      // Where none is asked for, a review that is named must be one all the same.
      if (asked || reviewId !== undefined)
        rules.require('convention.review-missing', isFinalReviewOf(account, conventionId), {
          conventionId,
          framework,
          reviewId: reviewId ?? 'none',
        });
      const totals = times.map((own) => settled(conventionId, own));
      return rules.accept(() => [ConventionClosed.of(reviewId === undefined ? { totals } : { reviewId, totals })]);
    },
  });

/** Giving back what was not used, and closing the file. */
export const closingHandlers = (table: Frameworks): readonly CommandHandler[] => [release, close(table)];
