import { type Frameworks, frameworks } from '../framework/frameworks.js';
import type { CommandHandler } from '../kernel/command.js';
import { lifeHandlers } from './decide.js';
import { volunteerHandlers } from './decide-volunteers.js';

export { CloseCampaign, EnrolVolunteer, JoinMissionToCampaign, OpenCampaign, WithdrawEnrolment } from './commands.js';
export {
  CampaignClosed,
  CampaignDetails,
  type CampaignFact,
  CampaignOpened,
  CampaignTotals,
  campaignEvents,
  EnrolmentWithdrawn,
  MissionJoinedCampaign,
  Occasion,
  VolunteerEnrolled,
} from './events.js';
export { type CampaignStatus, campaignStatus, campaignTotals } from './queries.js';
export { type CampaignRuleId, campaignRules } from './rules.js';
export { type CampaignState, campaign, type Placement } from './state.js';

/** Every command of a campaign, with how it is decided, under a table of legal frameworks. */
export const campaignHandlersFor = (table: Frameworks): readonly CommandHandler[] => [
  ...lifeHandlers,
  ...volunteerHandlers(table),
];

/** Every command of a campaign under the frameworks that this release knows. */
export const campaignHandlers: readonly CommandHandler[] = campaignHandlersFor(frameworks);
