import type { EntryStatus } from '@probono/domain';
import type { SqlExecutor } from '@probono/sql';
import { equal, listing, type Page, type Source, tableOf, type Unpaged } from '../query.js';

/** The hours of one month in one state. */
export interface MonthHours {
  /** `YYYY-MM`. */
  readonly month: string;
  readonly status: EntryStatus;
  readonly entries: number;
  /** With the adjustments that count in the month. */
  readonly minutes: number;
  /** Of these, minutes that come from adjustments; may be below zero. */
  readonly adjustedMinutes: number;
}

/** Whose hours, of which months. */
export interface MonthsFilter {
  readonly personId: string;
  readonly employmentId?: string;
  /** `YYYY-MM`, included. */
  readonly from?: string;
  readonly to?: string;
}

/** An agent's hours by month and state; a month in which nothing counts is left out. */
export const hoursByMonth = (sql: SqlExecutor, filter: MonthsFilter, source?: Source): Promise<readonly MonthHours[]> =>
  sql.query<MonthHours>(
    `SELECT month, status, count(*) FILTER (WHERE NOT adjustment)::integer AS entries, sum(minutes)::integer AS minutes,
        coalesce(sum(minutes) FILTER (WHERE adjustment), 0)::integer AS "adjustedMinutes"
      FROM (
        SELECT person_id, employment_id, month, status, minutes, false AS adjustment FROM ${tableOf('hours_entries', source)}
        UNION ALL
        SELECT person_id, employment_id, month, status, minutes, true FROM ${tableOf('hours_adjustments', source)}
      ) counted
      WHERE person_id = $1 AND ($2::text IS NULL OR employment_id = $2)
        AND ($3::text IS NULL OR month >= $3) AND ($4::text IS NULL OR month <= $4)
      GROUP BY month, status ORDER BY month, status`,
    [filter.personId, filter.employmentId, filter.from, filter.to],
  );

/** One entry of hours as it stands, without the adjustments of its minutes. */
export interface EntryRow {
  readonly entryId: string;
  readonly personId: string;
  readonly assignmentId: string;
  readonly employmentId: string;
  readonly conventionId: string | null;
  readonly sessionId: string | null;
  readonly hostId: string | null;
  readonly workDate: string;
  readonly minutes: number;
  readonly status: EntryStatus;
}

/** Which entries; what is left out lets all pass. */
export interface EntryFilter extends Page<string> {
  readonly personId?: string;
  readonly employmentId?: string;
  readonly hostId?: string;
  readonly assignmentId?: string;
  readonly month?: string;
  readonly status?: EntryStatus;
}

const entries = listing<EntryRow, 'entryId', EntryFilter>({
  columns: {
    entryId: 'entry_id',
    personId: 'person_id',
    assignmentId: 'assignment_id',
    employmentId: 'employment_id',
    conventionId: 'convention_id',
    sessionId: 'session_id',
    hostId: 'host_id',
    workDate: 'work_date',
    minutes: 'minutes',
    status: 'status',
  },
  key: ['entryId'],
  select: ({ personId, employmentId, hostId, assignmentId, month, status }, source) => ({
    from: tableOf('hours_entries', source),
    where: [
      ...equal({ person_id: personId, employment_id: employmentId, host_id: hostId, assignment_id: assignmentId }),
      ...equal({ month, status }),
    ],
  }),
});

/** Entries, in the order of their ids; `after` is the last one's id. */
export const listEntries = (sql: SqlExecutor, filter: EntryFilter, source?: Source): Promise<readonly EntryRow[]> =>
  entries.page(sql, filter, source);

/** How many entries the filter lets pass. */
export const countEntries = (sql: SqlExecutor, filter: Unpaged<EntryFilter>, source?: Source): Promise<number> =>
  entries.count(sql, filter, source);
