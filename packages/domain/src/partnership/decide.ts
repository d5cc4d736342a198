import { type CommandHandler, handle, nothing } from '../kernel/command.js';
import { sameFacts } from '../kernel/digest.js';
import type { OrganisationId, PartnershipId } from '../kernel/identifiers.js';
import type { Judgement } from '../kernel/judgement.js';
import { type Reading, read } from '../kernel/reading.js';
import type { KernelRuleId } from '../kernel/rules.js';
import { requireRegistered } from '../organisation/designation.js';
import type { OrganisationRuleId } from '../organisation/rules.js';
import { type OrganisationState, organisation } from '../organisation/state.js';
import { AdvancePartnershipStage, OpenPartnership, RecordContribution } from './commands.js';
import { ContributionRecorded, PartnershipOpened, PartnershipStage, PartnershipStageAdvanced } from './events.js';
import { isBeyond } from './queries.js';
import type { PartnershipRuleId } from './rules.js';
import { type PartnershipState, partnership } from './state.js';

type Rules = Judgement<PartnershipRuleId | OrganisationRuleId | KernelRuleId>;

const requireStage = (
  rules: Rules,
  partnershipId: PartnershipId,
  { stage }: Readonly<PartnershipState>,
  expected: readonly (PartnershipStage | 'none')[],
): boolean => {
  const status = stage ?? 'none';
  return rules.require('partnership.wrong-state', expected.includes(status), {
    partnershipId,
    status,
    expected: [...expected],
  });
};

const open = handle(OpenPartnership, partnership, {
  id: ({ partnershipId }) => partnershipId,
  *context(_, { data }): Reading<readonly (readonly [OrganisationId, Readonly<OrganisationState>])[]> {
    const partners: [OrganisationId, Readonly<OrganisationState>][] = [];
    for (const id of data.organisations) partners.push([id, yield* read(organisation, id)]);
    return partners;
  },
  zone: (_, partners) => partners[0]?.[1].registered?.zone,
  decide(state, { data: { partnershipId, organisations } }, partners, rules: Rules) {
    const again = sameFacts([...state.organisations].sort(), [...organisations].sort());
    if (again || !requireStage(rules, partnershipId, state, ['none'])) return [];
    for (const [id, partner] of partners) requireRegistered(rules, partner, id);
    return rules.accept(() => [PartnershipOpened.of({ organisations })]);
  },
});

const record = handle(RecordContribution, partnership, {
  id: ({ partnershipId }) => partnershipId,
  *context(_, { data }) {
    return yield* read(organisation, data.contribution.giverId);
  },
  zone: (_, giver) => giver.registered?.zone,
  decide(state, { data: { partnershipId, contribution }, effectiveOn }, _, rules: Rules) {
    if (!requireStage(rules, partnershipId, state, PartnershipStage.options)) return [];
    const { contributionId, giverId, receiverId, on } = contribution;
    const known = state.contributions[contributionId];
    const again = known !== undefined && sameFacts(known, contribution);
    rules.require('partnership.contribution-differs', known === undefined || again, { contributionId });
    if (known !== undefined) return [];
    const strangers = [giverId, receiverId].filter((id) => !state.organisations.includes(id));
    const facts = { partnershipId, organisationIds: strangers };
    if (rules.require('partnership.not-a-partner', strangers.length === 0, facts))
      rules.require('partnership.same-organisation', giverId !== receiverId, { organisationId: giverId });
    rules.require('partnership.contribution-in-the-future', on <= effectiveOn, { on, today: effectiveOn });
    return rules.accept(() => [ContributionRecorded.of(contribution)]);
  },
});

const advance = handle(AdvancePartnershipStage, partnership, {
  id: ({ partnershipId }) => partnershipId,
  context: nothing,
  zone: () => undefined,
  decide(state, { data: { partnershipId, to }, effectiveOn }, _, rules: Rules) {
    const { stage } = state;
    if (stage === to) return [];
    if (!requireStage(rules, partnershipId, state, PartnershipStage.options) || stage === undefined) return [];
    if (!rules.require('partnership.stage-not-forward', isBeyond(stage, to), { partnershipId, from: stage, to }))
      return [];
    const first = state.firstOn[to];
    const given = first !== undefined && first <= effectiveOn;
    rules.require('partnership.contribution-missing', given, { partnershipId, to, today: effectiveOn });
    return rules.accept(() => [PartnershipStageAdvanced.of({ from: stage, to })]);
  },
});

/** How a partnership is opened, fed and advanced. */
export const lifeHandlers: readonly CommandHandler[] = [open, record, advance];
