import type { AssignmentStatus } from '@probono/domain';
import type { SqlExecutor } from '@probono/sql';
import { limitOf, type Page, type Source, tableOf } from '../query.js';

/** An assignment as lists show it; dates are `YYYY-MM-DD`, both ends days in it. */
export interface AssignmentRow {
  readonly assignmentId: string;
  readonly missionId: string;
  readonly personId: string;
  readonly employmentId: string | null;
  /** Null until assigned. */
  readonly title: 'convention' | 'leave' | 'volunteering' | null;
  readonly conventionId: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly quota: { readonly num: number; readonly den: number; readonly window: 'week' | 'year' } | null;
  readonly allottedMinutes: number | null;
  readonly status: AssignmentStatus;
  /** The last day, once it ended. */
  readonly endedOn: string | null;
  readonly endCause: string | null;
}

/** Which assignments; what is left out lets all pass. */
export interface AssignmentFilter extends Page<string> {
  readonly personId?: string;
  readonly missionId?: string;
  readonly conventionId?: string;
  /** Only those that run on this day. */
  readonly on?: string;
}

/** Assignments, in the order of their ids; `after` is the last one's id. */
export const listAssignments = (
  sql: SqlExecutor,
  filter: AssignmentFilter,
  source?: Source,
): Promise<readonly AssignmentRow[]> =>
  sql.query<AssignmentRow>(
    `SELECT assignment_id AS "assignmentId", mission_id AS "missionId", person_id AS "personId",
        employment_id AS "employmentId", title, convention_id AS "conventionId", from_date AS "from", to_date AS "to",
        quota, allotted_minutes AS "allottedMinutes", status, ended_on AS "endedOn", end_cause AS "endCause"
      FROM ${tableOf('assignments_list', source)}
      WHERE ($1::text IS NULL OR person_id = $1) AND ($2::text IS NULL OR mission_id = $2)
        AND ($3::text IS NULL OR convention_id = $3)
        AND ($4::date IS NULL OR $4 BETWEEN from_date AND least(to_date, ended_on))
        AND ($5::text IS NULL OR assignment_id > $5)
      ORDER BY assignment_id LIMIT $6`,
    [filter.personId, filter.missionId, filter.conventionId, filter.on, filter.after, limitOf(filter)],
  );
