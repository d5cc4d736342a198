import type { Aggregate } from '../kernel/aggregate.js';
import type { SeriesId, SessionId } from '../kernel/identifiers.js';
import type { Rhythm } from '../time/rhythm.js';
import type { Site } from '../time/site.js';
import type { LocalDate, LocalTime } from '../time/types.js';
import { type ScheduleFact, type Slot, scheduleEvents } from './events.js';

/** Where a session stands. */
export type SessionStatus = 'planned' | 'held' | 'missed' | 'cancelled';

/** One session, as it stands. */
export interface Session extends Slot {
  readonly version: number;
  readonly seriesId?: SeriesId;
  readonly status: SessionStatus;
  /** Set once missed. */
  readonly excused?: boolean;
  /** The role of the one who cancelled it. */
  readonly cancelledBy?: string;
}

/** A series, as it was planned. */
export interface Series {
  readonly rhythm: Rhythm;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly site: Site;
  readonly start: LocalTime;
  readonly minutes: number;
  readonly skipHolidays: boolean;
  readonly exclusions: readonly LocalDate[];
}

/** The sessions of one assignment. */
export interface ScheduleState {
  readonly sessions: Record<SessionId, Session>;
  readonly series: Record<SeriesId, Series>;
}

const change = (draft: ScheduleState, id: SessionId, to: (session: Session) => Session): void => {
  const session = draft.sessions[id];
  if (session !== undefined) draft.sessions[id] = to(session);
};

/** A schedule: stream `schedule-{assignmentId}`. */
export const schedule: Aggregate<ScheduleState, ScheduleFact> = {
  category: 'schedule',
  events: scheduleEvents,
  initial: () => ({ sessions: {}, series: {} }),
  evolve(draft, event) {
    switch (event.type) {
      case 'SessionSeriesPlanned': {
        const { seriesId, ...series } = event.data;
        draft.series[seriesId] = series;
        return;
      }
      case 'SessionPlanned': {
        const { sessionId, seriesId, fold, ...slot } = event.data;
        draft.sessions[sessionId] = {
          ...slot,
          status: 'planned',
          ...(seriesId === undefined ? {} : { seriesId }),
          ...(fold === undefined ? {} : { fold }),
        };
        return;
      }
      case 'SessionRescheduled': {
        const { sessionId, version, to } = event.data;
        change(draft, sessionId, ({ fold: _moved, ...session }) => ({ ...session, ...to, version }));
        return;
      }
      case 'SessionCancelled':
        change(draft, event.data.sessionId, (session) => ({
          ...session,
          status: 'cancelled',
          cancelledBy: event.data.by,
        }));
        return;
      case 'SessionReinstated':
        change(draft, event.data.sessionId, ({ cancelledBy: _undone, ...session }) => ({
          ...session,
          status: 'planned',
          version: event.data.version,
        }));
        return;
      case 'SessionHeld':
        change(draft, event.data.sessionId, (session) => ({ ...session, status: 'held' }));
        return;
      case 'SessionMissed':
        change(draft, event.data.sessionId, (session) => ({
          ...session,
          status: 'missed',
          excused: event.data.excused,
        }));
        return;
      default:
        event satisfies never;
    }
  },
};
