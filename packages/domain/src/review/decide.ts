import { convention } from '../convention/evolve.js';
import { agentsEver, type ConventionStatus, statusOn } from '../convention/queries.js';
import type { ConventionRuleId } from '../convention/rules.js';
import { frameworkRef, partyOf, zoneOf } from '../convention/standing.js';
import type { ConventionState } from '../convention/state.js';
import type { CommandMeta } from '../kernel/command.js';
import { handle } from '../kernel/command.js';
import { sameFacts } from '../kernel/digest.js';
import type { ReviewId } from '../kernel/identifiers.js';
import type { Judgement } from '../kernel/judgement.js';
import { type Reading, read } from '../kernel/reading.js';
import type { KernelRuleId } from '../kernel/rules.js';
import { requireRepresentative } from '../organisation/designation.js';
import { type OrganisationState, organisation } from '../organisation/state.js';
import { CountersignReview, RequestReview, SubmitReview } from './commands.js';
import { ReviewCountersigned, type ReviewKind, ReviewRequested, ReviewSubmitted } from './events.js';
import { coveredBy, type ReviewStatus, reviewStatus } from './queries.js';
import type { ReviewRuleId } from './rules.js';
import { type ReviewState, review } from './state.js';

type Rules = Judgement<ReviewRuleId | KernelRuleId | Extract<ConventionRuleId, 'convention.wrong-state'>>;
type Actor = CommandMeta['actor'];

interface Standing {
  readonly lending: Readonly<ConventionState>;
  /** The party that the actor's role stands for. */
  readonly body: Readonly<OrganisationState>;
}

/** While there is something to look back on; a final review may be asked for ahead of the end. */
const underWay: readonly ConventionStatus[] = ['in_force', 'suspended', 'notice_given'];
const over: readonly ConventionStatus[] = ['terminated', 'expired'];
const askable: Readonly<Record<ReviewKind, readonly ConventionStatus[]>> = {
  mid: underWay,
  final: [...underWay, ...over],
};

const requireStatus = (
  rules: Rules,
  reviewId: ReviewId,
  state: Readonly<ReviewState>,
  expected: readonly ReviewStatus[],
): boolean => {
  const status = reviewStatus(state);
  return rules.require('review.wrong-state', expected.includes(status), { reviewId, status, expected: [...expected] });
};

function* standing({ requested }: Readonly<ReviewState>, { meta }: { meta: CommandMeta }): Reading<Standing> {
  const lending = requested === undefined ? convention.initial() : yield* read(convention, requested.conventionId);
  const bodyId = bodyIdOf(lending, meta.actor);
  return { lending, body: bodyId === undefined ? organisation.initial() : yield* read(organisation, bodyId) };
}

const bodyIdOf = ({ terms }: Readonly<ConventionState>, { role }: Actor) => {
  const party = partyOf(role);
  return party === undefined ? undefined : terms?.[`${party}Id`];
};

const underConvention = {
  id: (data: { reviewId: ReviewId }) => data.reviewId,
  context: standing,
  zone: (_: Readonly<ReviewState>, { lending }: Standing) => zoneOf(lending),
  framework: (_: Readonly<ReviewState>, { lending }: Standing) => frameworkRef(lending),
};

/** The one who acts for a party was designated by it; an agent is one whom the convention lends or lent. */
const requireMeant = (rules: Rules, actor: Actor, { lending, body }: Standing): void => {
  const bodyId = bodyIdOf(lending, actor);
  if (bodyId !== undefined && (actor.role === 'host_representative' || actor.role === 'home_representative'))
    requireRepresentative(rules, body, bodyId, actor, actor.role);
  if (actor.role === 'agent')
    rules.require(
      'role.not-designated',
      agentsEver(lending).some(({ personId }) => personId === actor.id),
      { role: actor.role, actorId: actor.id, scope: 'convention' },
    );
};

const request = handle(RequestReview, review, {
  id: ({ reviewId }) => reviewId,
  *context(_, { data }) {
    return yield* read(convention, data.conventionId);
  },
  zone: (_, lending) => zoneOf(lending),
  framework: (_, lending) => frameworkRef(lending),
  decide(state, { data: { reviewId, ...asked }, effectiveOn }, lending, rules: Rules) {
    const again = state.requested !== undefined && sameFacts(state.requested, asked);
    if (again || !requireStatus(rules, reviewId, state, ['none'])) return [];
    const { kind, conventionId } = asked;
    const status = statusOn(lending, effectiveOn);
    const expected = askable[kind];
    rules.require('convention.wrong-state', expected.includes(status), { conventionId, status, expected });
    return rules.accept(() => [ReviewRequested.of(asked)]);
  },
});

const submit = handle(SubmitReview, review, {
  ...underConvention,
  decide(state, { data: { reviewId, outcomes }, meta: { actor }, effectiveOn }, context, rules: Rules) {
    const party = partyOf(actor.role);
    const asked = requireStatus(rules, reviewId, state, ['requested', 'submitted', 'countersigned']);
    if (party === undefined || !asked || state.requested === undefined) return [];
    requireMeant(rules, actor, context);
    const known = state.submissions[party];
    const again = known !== undefined && sameFacts(known, outcomes);
    rules.require('review.already-submitted', known === undefined || again, { reviewId, party });
    const { kind, conventionId } = state.requested;
    const status = statusOn(context.lending, effectiveOn);
    if (!again && kind === 'final')
      rules.require('review.before-the-end', [...over, 'closed'].includes(status), { conventionId, status });
    return rules.accept(() => (again ? [] : [ReviewSubmitted.of({ party, outcomes })]));
  },
});

const countersign = handle(CountersignReview, review, {
  ...underConvention,
  decide(state, { data: { reviewId }, meta: { actor } }, context, rules: Rules) {
    const party = actor.role === 'agent' ? 'agent' : partyOf(actor.role);
    if (party === undefined || !requireStatus(rules, reviewId, state, ['submitted', 'countersigned'])) return [];
    requireMeant(rules, actor, context);
    const covers = coveredBy(state, party);
    rules.require('review.nothing-to-countersign', covers.length > 0, { reviewId, party });
    const known = party === 'agent' ? state.agents[actor.id] : state.countersignatures[party];
    const covered = known !== undefined && sameFacts(known.covers, covers);
    rules.require('review.already-countersigned', !covered || known.by === actor.id, { reviewId, party });
    return rules.accept(() => (covered ? [] : [ReviewCountersigned.of({ party, covers: [...covers] })]));
  },
});

/** How reviews are asked for, written and taken note of. */
export const lifeHandlers = [request, submit, countersign];
