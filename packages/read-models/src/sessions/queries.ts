import type { SessionStatus } from '@probono/domain';
import type { SqlExecutor } from '@probono/sql';
import { equal, given, listing, type Page, type Source, tableOf, type Unpaged } from '../query.js';

/** A session of the calendar. */
export interface SessionRow {
  readonly sessionId: string;
  /** Counts the times it was moved or reinstated. */
  readonly version: number;
  readonly assignmentId: string;
  /** Null as long as the read model has not been told of the assignment. */
  readonly personId: string | null;
  readonly missionId: string | null;
  readonly hostId: string | null;
  /** Local date and time in `zone`, the site's. */
  readonly date: string;
  readonly start: string;
  readonly zone: string;
  readonly startsAt: Date;
  readonly minutes: number;
  readonly place: string;
  readonly status: SessionStatus;
}

/** Which sessions: those of a person, of a host, of a mission, or all. */
export interface SessionFilter extends Page<Pick<SessionRow, 'startsAt' | 'sessionId'>> {
  /** The first instant at which one may start. */
  readonly from: Date;
  /** Before this instant. */
  readonly before?: Date;
  readonly personId?: string;
  readonly hostId?: string;
  readonly missionId?: string;
  /** `planned` unless told; `all` for every status. */
  readonly status?: SessionStatus | 'all';
}

const sessions = listing<SessionRow, 'startsAt' | 'sessionId', SessionFilter>({
  columns: {
    sessionId: 'session_id',
    version: 'version',
    assignmentId: 'assignment_id',
    personId: 'person_id',
    missionId: 'mission_id',
    hostId: 'host_id',
    date: 'date',
    start: 'start',
    zone: 'zone',
    startsAt: 'starts_at',
    minutes: 'minutes',
    place: 'place',
    status: 'status',
  },
  key: ['startsAt', 'sessionId'],
  select: ({ from, before, personId, hostId, missionId, status = 'planned' }, source) => ({
    from: tableOf('sessions_calendar', source),
    where: [
      ...given(from, (p) => `starts_at >= ${p}`),
      ...given(before, (p) => `starts_at < ${p}`),
      ...equal({ person_id: personId, host_id: hostId, mission_id: missionId }),
      ...equal({ status: status === 'all' ? undefined : status }),
    ],
  }),
});

/** Sessions to come from an instant on, in the order of their starts; `after` is the last row. */
export const sessionsToCome = (
  sql: SqlExecutor,
  filter: SessionFilter,
  source?: Source,
): Promise<readonly SessionRow[]> => sessions.page(sql, filter, source);

/** How many sessions to come the filter lets pass. */
export const countSessionsToCome = (
  sql: SqlExecutor,
  filter: Unpaged<SessionFilter>,
  source?: Source,
): Promise<number> => sessions.count(sql, filter, source);
