export {
  CancelSession,
  HoldSession,
  MissSession,
  PlanSession,
  PlanSessionSeries,
  ReinstateSession,
  RescheduleSession,
} from './commands.js';
export { scheduleHandlers } from './decide.js';
export {
  type ScheduleFact,
  SessionCancelled,
  SessionHeld,
  SessionMissed,
  SessionPlanned,
  SessionReinstated,
  SessionRescheduled,
  SessionSeriesPlanned,
  Slot,
  scheduleEvents,
} from './events.js';
export { type IdentifiedSession, takenSessions } from './queries.js';
export { type ScheduleRuleId, scheduleRules } from './rules.js';
export { sessionIdOf } from './session-id.js';
export { type ScheduleState, type Series, type Session, type SessionStatus, schedule } from './state.js';
