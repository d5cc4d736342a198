import * as z from 'zod';
import { defineCommand } from '../kernel/command.js';
import { AssignmentId, EmploymentId, MissionId, PersonId } from '../kernel/identifiers.js';
import {
  BeneficiaryOutcome,
  CancellationCause,
  Deliverable,
  MissionProposal,
  Objectives,
  RejectionCause,
  ScopeExtension,
} from './events.js';

const subject = z.strictObject({ missionId: MissionId });
const seat = subject.extend({ assignmentId: AssignmentId });

export const ProposeMission = defineCommand(
  'ProposeMission',
  ['host_representative'],
  subject.extend(MissionProposal.shape),
);
/** The officer attests that the mission is within the host's purpose, and whether it draws on an agent's skills. */
export const ApproveMission = defineCommand(
  'ApproveMission',
  ['programme_officer'],
  subject.extend({ withinPurpose: z.boolean(), skillsUseful: z.boolean() }),
);
export const RejectMission = defineCommand(
  'RejectMission',
  ['programme_officer'],
  subject.extend({ cause: RejectionCause }),
);
export const PublishMission = defineCommand('PublishMission', ['programme_officer'], subject);
export const UnpublishMission = defineCommand('UnpublishMission', ['programme_officer'], subject);
export const SuggestMissionToAgent = defineCommand(
  'SuggestMissionToAgent',
  ['manager'],
  subject.extend({ personId: PersonId, employmentId: EmploymentId }),
);
/** Reserves a seat ahead of `AssignAgent`, for stores that cannot append to several streams at once. */
export const TakeSeat = defineCommand('TakeSeat', ['programme_officer', 'system'], seat);
/** Gives a reserved seat back. */
export const ReleaseSeat = defineCommand('ReleaseSeat', ['programme_officer', 'system'], seat);
export const ExtendMissionScope = defineCommand(
  'ExtendMissionScope',
  ['host_representative'],
  subject.extend(ScopeExtension.shape),
);
export const AssignFacilitator = defineCommand(
  'AssignFacilitator',
  ['programme_officer'],
  subject.extend({ personId: PersonId }),
);
export const StartMission = defineCommand('StartMission', ['programme_officer'], subject);
export const CompleteMission = defineCommand('CompleteMission', ['programme_officer'], subject);
export const CancelMission = defineCommand(
  'CancelMission',
  ['programme_officer'],
  subject.extend({ cause: CancellationCause }),
);
export const RecordBeneficiaryOutcome = defineCommand(
  'RecordBeneficiaryOutcome',
  ['tutor'],
  subject.extend(BeneficiaryOutcome.shape),
);
export const RecordDeliverable = defineCommand('RecordDeliverable', ['tutor'], subject.extend(Deliverable.shape));
export const ReviewMission = defineCommand(
  'ReviewMission',
  ['programme_officer'],
  subject.extend({ objectives: Objectives }),
);
