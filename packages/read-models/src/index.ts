export { assignments } from './assignments/projection.js';
export { type AssignmentFilter, type AssignmentRow, listAssignments } from './assignments/queries.js';
export type { MissingStep } from './conventions/missing.js';
export { conventions } from './conventions/projection.js';
export {
  agentsInForce,
  type ConventionFilter,
  type ConventionRow,
  type InForce,
  type InForceFilter,
  listConventions,
} from './conventions/queries.js';
export { type DeadlineKind, deadlines } from './deadlines/projection.js';
export { type DeadlineFilter, type DeadlineRow, listDeadlines } from './deadlines/queries.js';
export { type Handlers, handling } from './handlers.js';
export { hours } from './hours/projection.js';
export {
  type EntryFilter,
  type EntryRow,
  hoursByMonth,
  listEntries,
  type MonthHours,
  type MonthsFilter,
} from './hours/queries.js';
export { missions } from './missions/projection.js';
export { listMissions, type MissionFilter, type MissionRow, openMissions } from './missions/queries.js';
export type {
  Cell,
  ColumnType,
  FailurePolicy,
  Projection,
  Row,
  RowKey,
  Rows,
  Table,
} from './projection.js';
export { projections } from './projections.js';
export type { Page, Source } from './query.js';
export { openReadModels, type ReadModels } from './read-models.js';
export type { Advanced } from './runner/advance.js';
export type { AsOf } from './runner/as-of.js';
export type { ReadModelsOptions, RunnerLogger } from './runner/parts.js';
export type { Replayed } from './runner/replay.js';
export type { GenerationState, GenerationStatus } from './runner/status.js';
export type { Waited, WaitForOptions } from './runner/wait-for.js';
export { sessions } from './sessions/projection.js';
export { type SessionFilter, type SessionRow, sessionsToCome } from './sessions/queries.js';
