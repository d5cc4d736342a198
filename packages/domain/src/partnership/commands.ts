import * as z from 'zod';
import { defineCommand } from '../kernel/command.js';
import { PartnershipId } from '../kernel/identifiers.js';
import { Contribution, ContributionKind, Partners } from './events.js';

const subject = z.strictObject({ partnershipId: PartnershipId });

/** The partners are 2 to 20 registered organisations. */
export const OpenPartnership = defineCommand(
  'OpenPartnership',
  ['programme_officer'],
  subject.extend({ organisations: Partners }),
);
/** Records what one partner gave another, up to today by the clock of the giver. */
export const RecordContribution = defineCommand(
  'RecordContribution',
  ['programme_officer'],
  subject.extend({ contribution: Contribution }),
);
/** `PartnershipStageAdvanced`, from the stage where the partnership stands. */
export const AdvancePartnershipStage = defineCommand(
  'AdvancePartnershipStage',
  ['programme_officer'],
  subject.extend({ to: ContributionKind }),
);
