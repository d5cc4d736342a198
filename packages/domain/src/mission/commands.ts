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

/** A host's representative asks for people, for skilled work or for general support. */
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
/** The officer turns a proposal down. */
export const RejectMission = defineCommand(
  'RejectMission',
  ['programme_officer'],
  subject.extend({ cause: RejectionCause }),
);
/** The officer shows an approved mission to agents: from then on it can be applied for. */
export const PublishMission = defineCommand('PublishMission', ['programme_officer'], subject);
/** The officer takes a mission out of view again. */
export const UnpublishMission = defineCommand('UnpublishMission', ['programme_officer'], subject);
/** A manager proposes a mission to one of their agents, who is free to leave it. */
export const SuggestMissionToAgent = defineCommand(
  'SuggestMissionToAgent',
  ['manager'],
  subject.extend({ personId: PersonId, employmentId: EmploymentId }),
);
/** Reserves a seat ahead of `AssignAgent`, for stores that cannot append to several streams at once. */
export const TakeSeat = defineCommand('TakeSeat', ['programme_officer', 'system'], seat);
/** Gives a reserved seat back. */
export const ReleaseSeat = defineCommand('ReleaseSeat', ['programme_officer', 'system'], seat);
/** The host's representative widens what the mission is about, on an agent's idea or its own. */
export const ExtendMissionScope = defineCommand(
  'ExtendMissionScope',
  ['host_representative'],
  subject.extend(ScopeExtension.shape),
);
/** The officer names who leads the work on the day. */
export const AssignFacilitator = defineCommand(
  'AssignFacilitator',
  ['programme_officer'],
  subject.extend({ personId: PersonId }),
);
/** The officer notes that the work has begun. */
export const StartMission = defineCommand('StartMission', ['programme_officer'], subject);
/** The officer notes that the work is done. */
export const CompleteMission = defineCommand('CompleteMission', ['programme_officer'], subject);
/** The officer calls a mission off; its assignments end. */
export const CancelMission = defineCommand(
  'CancelMission',
  ['programme_officer'],
  subject.extend({ cause: CancellationCause }),
);
/** The tutor counts what became of the people the mission is for; they are never named. */
export const RecordBeneficiaryOutcome = defineCommand(
  'RecordBeneficiaryOutcome',
  ['tutor'],
  subject.extend(BeneficiaryOutcome.shape),
);
/** The tutor notes something that the mission leaves behind; the document itself is kept elsewhere. */
export const RecordDeliverable = defineCommand('RecordDeliverable', ['tutor'], subject.extend(Deliverable.shape));
/** The officer says whether a completed mission met its objectives. */
export const ReviewMission = defineCommand(
  'ReviewMission',
  ['programme_officer'],
  subject.extend({ objectives: Objectives }),
);
