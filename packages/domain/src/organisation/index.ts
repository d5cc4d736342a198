export {
  AccreditHost,
  DesignateRepresentative,
  DesignateTutor,
  FileEligibilityEvidence,
  LapseAccreditation,
  RecordInsuranceCertificate,
  RecordRepublicanCommitment,
  RefuseAccreditation,
  RegisterOrganisation,
  ReinstateAccreditation,
  ReplaceTutor,
  SuspendAccreditation,
  WithdrawAccreditation,
} from './commands.js';
export { organisationHandlers } from './decide.js';
export { requireRepresentative } from './designation.js';
export {
  AccreditationLapsed,
  AccreditationRefused,
  AccreditationReinstated,
  AccreditationSuspended,
  AccreditationWithdrawn,
  EligibilityEvidenceFiled,
  HostAccredited,
  InsuranceCertificateRecorded,
  type OrganisationFact,
  OrganisationKind,
  OrganisationRegistered,
  organisationEvents,
  RepresentativeDesignated,
  RepresentativeRole,
  RepublicanCommitmentRecorded,
  TutorDesignated,
  TutorReplaced,
} from './events.js';
export { isRna, isSiren } from './identifiers.js';
export { type AccreditationStatus, accreditationOn, hasEvidence, isRepresentative, isTutor } from './queries.js';
export { type OrganisationRuleId, organisationRules } from './rules.js';
export { type AccreditationTurn, type OrganisationState, organisation } from './state.js';
