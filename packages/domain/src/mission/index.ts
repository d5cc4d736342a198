import type { CommandHandler } from '../kernel/command.js';
import { lifeHandlers } from './decide.js';
import { fieldHandlers } from './decide-field.js';
import { seatHandlers } from './decide-seats.js';

export {
  ApproveMission,
  AssignFacilitator,
  CancelMission,
  CompleteMission,
  ExtendMissionScope,
  ProposeMission,
  PublishMission,
  RecordBeneficiaryOutcome,
  RecordDeliverable,
  RejectMission,
  ReleaseSeat,
  ReviewMission,
  StartMission,
  SuggestMissionToAgent,
  TakeSeat,
  UnpublishMission,
} from './commands.js';
export {
  BeneficiaryOutcomeRecorded,
  DeliverableRecorded,
  FacilitatorAssigned,
  MissionApproved,
  MissionCancelled,
  MissionCompleted,
  type MissionFact,
  MissionProposal,
  MissionProposed,
  MissionPublished,
  MissionRejected,
  MissionReviewed,
  MissionScopeExtended,
  MissionStarted,
  MissionSuggestedToAgent,
  MissionUnpublished,
  missionEvents,
  SeatReleased,
  SeatTaken,
  SkillName,
} from './events.js';
export { assignable, holdsSeat, isGeneralSupport, openToApplications, seatsLeft } from './queries.js';
export { type MissionRuleId, missionRules } from './rules.js';
export { type MissionState, type MissionStatus, mission } from './state.js';

/** Every command of a mission, with how it is decided. */
export const missionHandlers: readonly CommandHandler[] = [...lifeHandlers, ...seatHandlers, ...fieldHandlers];
