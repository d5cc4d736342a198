import type { SessionStatus } from '@probono/domain';
import type { SqlExecutor } from '@probono/sql';
import { limitOf, type Page, type Source, tableOf } from '../query.js';

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

/** Sessions to come from an instant on, in the order of their starts; `after` is the last row. */
export const sessionsToCome = (
  sql: SqlExecutor,
  filter: SessionFilter,
  source?: Source,
): Promise<readonly SessionRow[]> => {
  const { status = 'planned', after } = filter;
  return sql.query<SessionRow>(
    `SELECT session_id AS "sessionId", version, assignment_id AS "assignmentId", person_id AS "personId",
        mission_id AS "missionId", host_id AS "hostId", date, start, zone, starts_at AS "startsAt", minutes, place, status
      FROM ${tableOf('sessions_calendar', source)}
      WHERE starts_at >= $1 AND ($2::timestamptz IS NULL OR starts_at < $2)
        AND ($3::text IS NULL OR person_id = $3) AND ($4::text IS NULL OR host_id = $4)
        AND ($5::text IS NULL OR mission_id = $5) AND ($6::text IS NULL OR status = $6)
        AND ($7::timestamptz IS NULL OR (starts_at, session_id) > ($7, $8::text))
      ORDER BY starts_at, session_id LIMIT $9`,
    [
      filter.from,
      filter.before,
      filter.personId,
      filter.hostId,
      filter.missionId,
      status === 'all' ? undefined : status,
      after?.startsAt,
      after?.sessionId,
      limitOf(filter),
    ],
  );
};
