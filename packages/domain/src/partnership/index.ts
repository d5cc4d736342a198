import type { CommandHandler } from '../kernel/command.js';
import { lifeHandlers } from './decide.js';

export { AdvancePartnershipStage, OpenPartnership, RecordContribution } from './commands.js';
export {
  Contribution,
  ContributionKind,
  ContributionRecorded,
  type PartnershipFact,
  PartnershipOpened,
  PartnershipStage,
  PartnershipStageAdvanced,
  partnershipEvents,
} from './events.js';
export { type ContributedSum, contributedSoFar } from './queries.js';
export { type PartnershipRuleId, partnershipRules } from './rules.js';
export { type PartnershipState, partnership } from './state.js';

/** Every command of a partnership, with how it is decided. */
export const partnershipHandlers: readonly CommandHandler[] = lifeHandlers;
