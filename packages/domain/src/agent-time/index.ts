export {
  ClosePeriod,
  ConfirmHours,
  ContestHours,
  CorrectHours,
  DeclareHours,
  RecordAdjustment,
  ReleaseQuota,
  ResolveContest,
  TakeQuota,
  ValidateHours,
  WithdrawHours,
} from './commands.js';
export { agentTimeHandlers } from './decide.js';
export { type DayStanding, type Engagement, engagementOf, standingOn } from './engagement.js';
export {
  AdjustmentRecorded,
  type AgentTimeFact,
  agentTimeEvents,
  ContestResolved,
  HoursConfirmed,
  HoursContested,
  HoursCorrected,
  HoursDeclared,
  HoursValidated,
  HoursWithdrawn,
  MonthTotal,
  PeriodClosed,
  QuotaReleased,
  QuotaTaken,
} from './events.js';
export { DAILY_LIMIT_MINUTES } from './limits.js';
export { digestOfMonth, totalsOfMonth } from './months.js';
export {
  assignmentsWithQuota,
  declaredMinutes,
  entriesOfAssignment,
  isClosed,
  isSettled,
  quotasSum,
  standingEntries,
  unsettledEntries,
  validatedMinutes,
} from './queries.js';
export { type AgentTimeRuleId, agentTimeRules } from './rules.js';
export {
  type Adjustment,
  type AgentTimeState,
  agentTime,
  type Entry,
  type EntryStatus,
  type TimeMonth,
} from './state.js';
