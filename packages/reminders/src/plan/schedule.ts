import { type Instant, idOf, type Recorded, type ScheduleFact } from '@probono/domain';
import type { Policy } from './policy.js';
import { replanSession } from './sessions.js';
import type { Plan, SessionRow } from './tables.js';
import { tellOfSeries, tellOfSession } from './tell.js';

const earlierOf = (a: Instant, b: Instant): Instant => (a < b ? a : b);

/** What a fact of a schedule changes in the plan. */
export const foldSchedule = (plan: Plan, event: Recorded<ScheduleFact>, policy: Policy): void => {
  const at = event.recordedAt;
  const put = (session: SessionRow): SessionRow => {
    plan.sessions.put(session);
    replanSession(plan, session, policy, at);
    return session;
  };
  if (event.type === 'SessionSeriesPlanned') {
    plan.series.put({ series_id: event.data.seriesId, calendar: event.data.site.holidayCalendar });
    return;
  }
  if (event.type === 'SessionPlanned') {
    const { sessionId, seriesId, version, date, zone, startsAt, minutes, place } = event.data;
    const session = put({
      session_id: sessionId,
      assignment_id: idOf(event.stream),
      series_id: seriesId ?? null,
      version,
      status: 'planned',
      date,
      zone,
      starts_at: startsAt,
      minutes,
      place,
    });
    const series = seriesId === undefined ? undefined : plan.series.get(seriesId);
    if (series !== undefined) tellOfSeries(plan, series, session, at, policy);
    else tellOfSession(plan, session, { kind: 'booked', at, deadline: startsAt }, policy);
    return;
  }
  const known = plan.sessions.get(event.data.sessionId);
  if (known === undefined) return;
  switch (event.type) {
    case 'SessionRescheduled': {
      const { version, from, to } = event.data;
      const { date, zone, startsAt, minutes, place } = to;
      const session = put({ ...known, version, date, zone, starts_at: startsAt, minutes, place });
      const deadline = earlierOf(from.startsAt, startsAt);
      const detail = {
        from: { startsAt: from.startsAt, zone: from.zone, minutes: from.minutes, place: from.place },
      };
      tellOfSession(plan, session, { kind: 'moved', at, deadline }, policy, detail);
      return;
    }
    case 'SessionCancelled': {
      const session = put({ ...known, version: event.data.version, status: 'cancelled' });
      tellOfSession(plan, session, { kind: 'cancelled', at, deadline: session.starts_at }, policy);
      return;
    }
    case 'SessionReinstated': {
      const session = put({ ...known, version: event.data.version, status: 'planned' });
      tellOfSession(plan, session, { kind: 'reinstated', at, deadline: session.starts_at }, policy);
      return;
    }
    case 'SessionHeld':
      put({ ...known, status: 'held' });
      return;
    case 'SessionMissed':
      put({ ...known, status: 'missed' });
      return;
    default:
      event satisfies never;
  }
};
