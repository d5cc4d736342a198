export {
  AllotmentReleased,
  type ConventionFact,
  conventionEvents,
  HoursAllotted,
} from './events.js';
export { convention } from './evolve.js';
export { daysInForce, forceSpans, type Span } from './force.js';
export {
  agentOf,
  type ConventionStatus,
  forceOn,
  forceStart,
  poolLeft,
  statusOn,
  textOn,
} from './queries.js';
export type { ConventionState, ConventionText } from './state.js';
export { type ConventionTerms, LentAgent, Party, Reimbursement } from './terms.js';
