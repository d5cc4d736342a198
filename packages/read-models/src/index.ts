export { annualStatement } from './annual-statement/projection.js';
export {
  countStatementLines,
  type StatementCategory,
  type StatementFilter,
  type StatementLine,
  type StatementTotals,
  statementLines,
  statementTotals,
} from './annual-statement/queries.js';
export { assignments } from './assignments/projection.js';
export { type AssignmentFilter, type AssignmentRow, countAssignments, listAssignments } from './assignments/queries.js';
export { campaigns } from './campaigns/projection.js';
export { type CampaignFilter, type CampaignRow, countCampaigns, listCampaigns } from './campaigns/queries.js';
export type { MissingStep } from './conventions/missing.js';
export { conventions } from './conventions/projection.js';
export {
  agentsInForce,
  type ConventionFilter,
  type ConventionRow,
  countAgentsInForce,
  countConventions,
  type InForce,
  type InForceFilter,
  listConventions,
} from './conventions/queries.js';
export { type DeadlineKind, deadlines } from './deadlines/projection.js';
export { countDeadlines, type DeadlineFilter, type DeadlineRow, listDeadlines } from './deadlines/queries.js';
export {
  CLOCK_TOLERANCE_SECONDS,
  type ExceptionCode,
  exceptionCodes,
  LATE_HOURS_DAYS,
} from './exceptions/codes.js';
export { exceptions } from './exceptions/projection.js';
export { countExceptions, type ExceptionFilter, type ExceptionRow, listExceptions } from './exceptions/queries.js';
export { type Handlers, handling } from './handlers.js';
export { hostValue } from './host-value/projection.js';
export {
  countHostValues,
  countSubsidyWatch,
  type HostValueFilter,
  type HostValueRow,
  listHostValues,
  type SubsidyWatchFilter,
  type SubsidyWatchRow,
  subsidyThresholdCents,
  subsidyWatch,
} from './host-value/queries.js';
export { type Received, receivedCents } from './host-value/received.js';
export { hours } from './hours/projection.js';
export {
  countEntries,
  type EntryFilter,
  type EntryRow,
  hoursByMonth,
  listEntries,
  type MonthHours,
  type MonthsFilter,
} from './hours/queries.js';
export { missions } from './missions/projection.js';
export {
  countMissions,
  countOpenMissions,
  listMissions,
  type MissionFilter,
  type MissionRow,
  type OpenMissionFilter,
  openMissions,
} from './missions/queries.js';
export { type PartnershipStep, partnerships, type ReachedStage } from './partnerships/projection.js';
export {
  type ContributionYearFilter,
  type ContributionYearRow,
  contributionsByYear,
  countContributionYears,
  countPartnershipSteps,
  countPartnerships,
  listPartnerships,
  type PartnershipFilter,
  type PartnershipRow,
  partnershipTrajectory,
  type StepRow,
  type TrajectoryFilter,
} from './partnerships/queries.js';
export type {
  Cell,
  ColumnType,
  FailurePolicy,
  Projection,
  Row,
  RowKey,
  RowSearch,
  Rows,
  Table,
} from './projection.js';
export { projections } from './projections.js';
export type { Page, Source, Unpaged } from './query.js';
export { openReadModels, type ReadModels } from './read-models.js';
export type { Advanced } from './runner/advance.js';
export type { AsOf } from './runner/as-of.js';
export type { Difference } from './runner/compare.js';
export type { ReadModelsOptions, RunnerLogger } from './runner/parts.js';
export { OtherVersion, type Reconciled } from './runner/reconcile.js';
export type { Replayed } from './runner/replay.js';
export type { GenerationState, GenerationStatus } from './runner/status.js';
export type { Waited, WaitForOptions } from './runner/wait-for.js';
export { sessions } from './sessions/projection.js';
export { countSessionsToCome, type SessionFilter, type SessionRow, sessionsToCome } from './sessions/queries.js';
export {
  type AcquiredSkillRow,
  type FiguresFilter,
  type PersonalSource,
  type PulseRow,
  pulse,
  skillsAcquired,
} from './skills/figures.js';
export type { GroupSubject, PulsePhase } from './skills/groups.js';
export { skills } from './skills/projection.js';
export {
  type AskedSkillFilter,
  type AskedSkillRow,
  countReportedGroups,
  countSkillsAskedFor,
  type GroupFilter,
  type GroupRow,
  listReportedGroups,
  skillsAskedFor,
} from './skills/queries.js';
