export { type Aggregate, fold } from './kernel/aggregate.js';
export { type Catalogue, type CataloguePart, catalogueOf } from './kernel/catalogue.js';
export {
  type Command,
  type CommandHandler,
  CommandMeta,
  type CommandSpec,
  defineCommand,
  type Effective,
  type Handling,
  handle,
  nothing,
} from './kernel/command.js';
export { type Accepted, type Decision, type Destined, decideWith, type Refused } from './kernel/decision.js';
export {
  Actor,
  Authority,
  type Basis,
  type Envelope,
  EnvelopeSchema,
  type Facts,
  RecordedFinding,
  Role,
} from './kernel/envelope.js';
export {
  defineEvent,
  type EventSpec,
  type Fact,
  type FactOf,
  into,
  type PastVersion,
  type Proposed,
  type Recorded,
} from './kernel/event.js';
export { type Judgement, judge, type Ledger } from './kernel/judgement.js';
export {
  type Erased,
  isErased,
  type Personal,
  type PersonalField,
  personal,
  personalFields,
  type Subject,
} from './kernel/personal.js';
export { answer, type Read, type Reading, read } from './kernel/reading.js';
export type { Examined, Finding, Message, Rule, Severity } from './kernel/rule.js';
export { type KernelRuleId, kernelRules } from './kernel/rules.js';
export { type Category, categoryOf, idOf, type StreamName, streamName } from './kernel/stream.js';
export { Fold, Instant, LocalDate, LocalTime, Minutes, Month, Zone } from './time/types.js';
