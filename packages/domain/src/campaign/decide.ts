import { type CommandHandler, handle, nothing } from '../kernel/command.js';
import { sameFacts } from '../kernel/digest.js';
import { type Reading, read } from '../kernel/reading.js';
import { assignable } from '../mission/queries.js';
import { mission } from '../mission/state.js';
import { CloseCampaign, JoinMissionToCampaign, OpenCampaign } from './commands.js';
import { CampaignClosed, CampaignOpened, MissionJoinedCampaign } from './events.js';
import { campaignTotals } from './queries.js';
import { type Rules, regionZone, requireDayAhead, requireStatus } from './requirements.js';
import { campaign } from './state.js';

const open = handle(OpenCampaign, campaign, {
  id: ({ campaignId }) => campaignId,
  context: nothing,
  zone: (_, __, { zone }) => zone,
  decide(state, { data: { campaignId, ...details }, effectiveOn }, _, rules: Rules) {
    const again = state.opened !== undefined && sameFacts(state.opened, details);
    if (again || !requireStatus(rules, campaignId, state, ['none'])) return [];
    requireDayAhead(rules, campaignId, details.on, effectiveOn);
    return rules.accept(() => [CampaignOpened.of(details)]);
  },
});

const join = handle(JoinMissionToCampaign, campaign, {
  id: ({ campaignId }) => campaignId,
  *context(_, { data }) {
    return yield* read(mission, data.missionId);
  },
  zone: regionZone,
  decide(state, { data: { campaignId, missionId }, effectiveOn }, joining, rules: Rules) {
    if (state.missions[missionId] !== undefined) return [];
    if (!requireStatus(rules, campaignId, state, ['open']) || state.opened === undefined) return [];
    requireDayAhead(rules, campaignId, state.opened.on, effectiveOn);
    const { status, proposed } = joining;
    const expected = [...assignable];
    rules.require('mission.wrong-state', expected.includes(status), { missionId, status, expected });
    // A host that named no campaign leaves it to the officer; one that named another did not mean this one.
    const named = proposed?.campaignId;
    rules.require('campaign.mission-of-other', named === undefined || named === campaignId, {
      campaignId,
      missionId,
      otherCampaignId: named ?? null,
    });
    return rules.accept(() =>
      proposed === undefined ? [] : [MissionJoinedCampaign.of({ missionId, hostId: proposed.hostId })],
    );
  },
});

const close = handle(CloseCampaign, campaign, {
  id: ({ campaignId }) => campaignId,
  *context({ closed, missions }): Reading<ReadonlySet<string>> {
    const cancelled = new Set<string>();
    for (const missionId of closed === undefined ? Object.keys(missions) : [])
      if ((yield* read(mission, missionId)).status === 'cancelled') cancelled.add(missionId);
    return cancelled;
  },
  zone: regionZone,
  decide(state, { data: { campaignId }, effectiveOn }, cancelled, rules: Rules) {
    if (state.closed !== undefined) return [];
    if (!requireStatus(rules, campaignId, state, ['open']) || state.opened === undefined) return [];
    const { on } = state.opened;
    rules.require('campaign.before-its-day', on <= effectiveOn, { campaignId, on, today: effectiveOn });
    return rules.accept(() => [CampaignClosed.of({ totals: campaignTotals(state, cancelled) })]);
  },
});

/** How the life of a campaign is decided. */
export const lifeHandlers: readonly CommandHandler[] = [open, join, close];
