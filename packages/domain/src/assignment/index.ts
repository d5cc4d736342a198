import { type Frameworks, frameworks } from '../framework/frameworks.js';
import type { CommandHandler } from '../kernel/command.js';
import { assigningHandlers } from './decide.js';
import { acceptanceHandlers } from './decide-acceptance.js';
import { applicationHandlers } from './decide-application.js';
import { certificateHandlers } from './decide-certificate.js';
import { courseHandlers } from './decide-course.js';

export {
  AcceptApplication,
  AcquireSkills,
  AnswerPulse,
  AssignAgent,
  CompleteOnboarding,
  ConsentToAssignment,
  DeclineApplication,
  EndAssignment,
  GrantManagerApproval,
  IssueMissionOrder,
  IssueServiceCertificate,
  OfferTestimonial,
  RefuseManagerApproval,
  RevokeTestimonialConsent,
  SubmitApplication,
  SupersedeServiceCertificate,
  WithdrawApplication,
} from './commands.js';
export { certificateHash } from './decide-certificate.js';
export {
  AgentAssigned,
  AgentConsented,
  ApplicationSubmitted,
  ApplicationWithdrawn,
  AssignmentEnded,
  type AssignmentFact,
  AssignmentTerms,
  AssignmentTitle,
  assignmentEvents,
  CertifiedPeriod,
  EndCause,
  HostAccepted,
  HostDeclined,
  ManagerApprovalGranted,
  ManagerApprovalRefused,
  MissionOrderIssued,
  OnboardingCompleted,
  PulseAnswered,
  ServiceCertificateIssued,
  ServiceCertificateSuperseded,
  SkillsAcquired,
  TestimonialConsentRevoked,
  TestimonialOffered,
} from './events.js';
export { assignedOn, certificatesOn, conventionOf } from './queries.js';
export { type AssignmentRuleId, assignmentRules } from './rules.js';
export { type AssignmentState, type AssignmentStatus, assignment } from './state.js';

/** The commands of an assignment under a table of legal frameworks: this release's own, or one with other rows. */
export const assignmentHandlersFor = (table: Frameworks): readonly CommandHandler[] => [
  ...applicationHandlers,
  ...acceptanceHandlers,
  ...assigningHandlers(table),
  ...courseHandlers,
  ...certificateHandlers,
];

/** Every command of an assignment, with how it is decided. */
export const assignmentHandlers: readonly CommandHandler[] = assignmentHandlersFor(frameworks);
