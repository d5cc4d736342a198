import * as z from 'zod';
import { defineCommand } from '../kernel/command.js';
import { AssignmentId, CampaignId, MissionId, PersonId } from '../kernel/identifiers.js';
import { CampaignDetails } from './events.js';

const subject = z.strictObject({ campaignId: CampaignId });

/** Announces a campaign, on its day at the latest. */
export const OpenCampaign = defineCommand('OpenCampaign', ['programme_officer'], subject.extend(CampaignDetails.shape));
/** `MissionJoinedCampaign`. */
export const JoinMissionToCampaign = defineCommand(
  'JoinMissionToCampaign',
  ['programme_officer'],
  subject.extend({ missionId: MissionId }),
);
/** Anyone, citizens too, enrols in person, or at the officer's desk; who has no mission yet may be given one later. */
export const EnrolVolunteer = defineCommand(
  'EnrolVolunteer',
  ['agent', 'programme_officer'],
  subject
    .extend({ personId: PersonId, missionId: MissionId.optional(), assignmentId: AssignmentId.optional() })
    .refine(({ missionId, assignmentId }) => (missionId === undefined) === (assignmentId === undefined), {
      path: ['assignmentId'],
      error: 'a mission comes with the id under which a seat is held, and only then',
    }),
);
/** Frees the seat; by the officer, also for someone who did not come. */
export const WithdrawEnrolment = defineCommand(
  'WithdrawEnrolment',
  ['agent', 'programme_officer'],
  subject.extend({ personId: PersonId }),
);
/** The totals are those of the log: who did not come is withdrawn first; cancelled missions do not count. */
export const CloseCampaign = defineCommand('CloseCampaign', ['programme_officer'], subject);
