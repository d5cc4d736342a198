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
export { type ScheduleState, type Series, type Session, type SessionStatus, schedule } from './state.js';
