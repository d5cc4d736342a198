export {
  AssessCompatibility,
  CloseConvention,
  CommunicateConventionToAgent,
  DeclineSignature,
  DraftConvention,
  EnterConventionIntoForce,
  ExpireConvention,
  GiveAgentConsent,
  GiveTerminationNotice,
  InformAssembly,
  IssueSecondmentOrder,
  ProposeAmendment,
  ReleaseAllotment,
  ResumeConvention,
  ReviseConvention,
  SignConvention,
  SubmitConvention,
  SuspendConvention,
  TerminateConvention,
  WithdrawAgentConsent,
  WithdrawTerminationNotice,
} from './commands.js';
export { conventionHandlers, conventionHandlersFor } from './decide.js';
export {
  AllotmentReleased,
  type ConventionFact,
  conventionEvents,
  HoursAllotted,
  NoticeWaiver,
  Signatory,
} from './events.js';
export { convention } from './evolve.js';
export { daysInForce, forceSpans, type Span } from './force.js';
export { isFree } from './judge-terms.js';
export {
  agentOf,
  agentsEver,
  type ConventionStatus,
  forceOn,
  forceStart,
  poolLeft,
  statusOn,
  textOn,
} from './queries.js';
export { type ConventionRuleId, conventionRules } from './rules.js';
export type { ConventionState, ConventionText } from './state.js';
export { AmendmentDelta, type ConventionTerms, LentAgent, Party, Reimbursement } from './terms.js';
export { RECEIVED_CENTS } from './terms-context.js';
