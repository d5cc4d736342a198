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
export { type MissionState, type MissionStatus, mission } from './state.js';
