import type { SqlExecutor } from '@probono/sql';
import { limitOf, type Page, type Source, tableOf } from '../query.js';
import type { DeadlineKind } from './projection.js';

/** A day by which something has to be done. */
export interface DeadlineRow {
  readonly kind: DeadlineKind;
  /** The host (accreditation, insurance) or the convention. */
  readonly subjectId: string;
  /** The administration that accredited; the agent whom a notice is for, or `all`; else empty. */
  readonly scope: string;
  /** `YYYY-MM-DD`. */
  readonly on: string;
  readonly hostId: string | null;
  readonly homeId: string | null;
}

/** Which deadlines: from a day on, up to a day, both included. */
export interface DeadlineFilter extends Page<Pick<DeadlineRow, 'on' | 'kind' | 'subjectId' | 'scope'>> {
  readonly from?: string;
  readonly to: string;
  readonly kinds?: readonly DeadlineKind[];
  readonly hostId?: string;
  readonly homeId?: string;
}

/** Deadlines, the nearest first; `after` is the last row. */
export const listDeadlines = (
  sql: SqlExecutor,
  filter: DeadlineFilter,
  source?: Source,
): Promise<readonly DeadlineRow[]> => {
  const { after } = filter;
  return sql.query<DeadlineRow>(
    `SELECT kind, subject_id AS "subjectId", scope, on_date AS "on", host_id AS "hostId", home_id AS "homeId"
      FROM ${tableOf('deadlines_days', source)}
      WHERE ($1::date IS NULL OR on_date >= $1) AND on_date <= $2 AND ($3::text[] IS NULL OR kind = ANY($3))
        AND ($4::text IS NULL OR host_id = $4) AND ($5::text IS NULL OR home_id = $5)
        AND ($6::date IS NULL OR (on_date, kind, subject_id, scope) > ($6, $7::text, $8::text, $9::text))
      ORDER BY on_date, kind, subject_id, scope LIMIT $10`,
    [
      filter.from,
      filter.to,
      filter.kinds,
      filter.hostId,
      filter.homeId,
      after?.on,
      after?.kind,
      after?.subjectId,
      after?.scope,
      limitOf(filter),
    ],
  );
};
