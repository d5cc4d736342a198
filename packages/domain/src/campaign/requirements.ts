import type { CampaignId } from '../kernel/identifiers.js';
import type { Judgement } from '../kernel/judgement.js';
import type { KernelRuleId } from '../kernel/rules.js';
import type { MissionRuleId } from '../mission/rules.js';
import type { PersonRuleId } from '../person/rules.js';
import type { LocalDate, Zone } from '../time/types.js';
import { type CampaignStatus, campaignStatus } from './queries.js';
import type { CampaignRuleId } from './rules.js';
import type { CampaignState } from './state.js';

/** The rules that decisions on campaigns may look at. */
export type Rules = Judgement<CampaignRuleId | MissionRuleId | PersonRuleId | KernelRuleId>;

/** The clock of the campaign's region. */
export const regionZone = ({ opened }: Readonly<CampaignState>): Zone | undefined => opened?.zone;

/** Looks at whether the campaign stands where the command needs it. */
export const requireStatus = (
  rules: Rules,
  campaignId: CampaignId,
  state: Readonly<CampaignState>,
  expected: readonly CampaignStatus[],
): boolean => {
  const status = campaignStatus(state);
  return rules.require('campaign.wrong-state', expected.includes(status), {
    campaignId,
    status,
    expected: [...expected],
  });
};

/** Looks at whether the campaign's day is still to come, or is today. */
export const requireDayAhead = (rules: Rules, campaignId: CampaignId, on: LocalDate, today: LocalDate): boolean =>
  rules.require('campaign.day-past', today <= on, { campaignId, on, today });
