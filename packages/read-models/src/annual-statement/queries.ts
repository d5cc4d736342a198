import type { CivilServiceBranch, EmploymentStatus } from '@probono/domain';
import type { SqlExecutor } from '@probono/sql';
import { equal, listing, type Page, type Source, tableOf, type Unpaged } from '../query.js';

/** By what agents, hosts and missions are told apart in the annual statement. */
export interface StatementCategory {
  readonly hostId: string;
  readonly framework: string;
  /** Of the text that rules the agent's last day of the year on the mission. */
  readonly reimbursement: 'free' | 'partial' | 'full';
  /** Whether that text settles renewal. */
  readonly renewable: boolean;
  /** Whether the convention had been renewed by that day. */
  readonly renewed: boolean;
  /** What for: the mission, and whether it draws on professional skills or is general support. */
  readonly missionId: string;
  readonly missionKind: 'skilled' | 'general_support' | 'unknown';
  /** Where. */
  readonly place: string;
  /** Category of the agents, without grade. */
  readonly branch: CivilServiceBranch | 'unknown';
  readonly status: EmploymentStatus | 'unknown';
  /** In lowest terms, with its window: `1/10 year`; empty when none was set. */
  readonly quota: string;
}

/** A line of an administration's annual statement. */
export interface StatementLine extends StatementCategory {
  readonly homeId: string;
  readonly year: number;
  /** Persons; one with two quotas or missions is in two lines. */
  readonly agents: number;
  readonly assignments: number;
  /** Validated, with the adjustments that count in the year. */
  readonly minutes: number;
}

const keys = [
  ...(['homeId', 'year', 'hostId', 'missionId', 'missionKind', 'place', 'framework'] as const),
  ...(['reimbursement', 'renewable', 'renewed', 'branch', 'status', 'quota'] as const),
] as const;
type Key = (typeof keys)[number];

/** Whose statement, and which lines of it; what is left out lets all pass. */
export interface StatementFilter extends Page<Pick<StatementLine, Key>> {
  readonly homeId: string;
  readonly year: number;
  readonly hostId?: string;
  readonly framework?: string;
  readonly missionKind?: StatementLine['missionKind'];
  readonly reimbursement?: StatementLine['reimbursement'];
}

/** One row for each assignment and calendar year; no assignment is longer than a century. */
const postings = (source?: Source): string =>
  `${tableOf('annual_statement_conventions', source)} c
    JOIN ${tableOf('annual_statement_postings', source)} p USING (convention_id)
    CROSS JOIN LATERAL generate_series(extract(year FROM p.from_date)::integer,
      least(extract(year FROM p.to_date), extract(year FROM p.from_date) + 100)::integer) AS years (year)
    LEFT JOIN ${tableOf('annual_statement_minutes', source)} m
      ON m.assignment_id = p.assignment_id AND m.year = years.year`;

const lines = (source?: Source): string => `(
  SELECT c.home_id, years.year, c.host_id, p.mission_id, coalesce(k.kind, 'unknown') AS kind,
      coalesce(k.place, '') AS place, c.framework, t.reimbursement, t.renewable, t.renewed,
      coalesce(e.branch, 'unknown') AS branch, coalesce(e.status, 'unknown') AS status, coalesce(p.quota, '') AS quota,
      count(DISTINCT p.person_id)::integer AS agents, count(*)::integer AS assignments,
      coalesce(sum(m.minutes), 0)::integer AS minutes
    FROM ${postings(source)}
    CROSS JOIN LATERAL (
      SELECT x.reimbursement, x.renewable, bool_or(x.renews) OVER (ORDER BY x.version) AS renewed
        FROM ${tableOf('annual_statement_texts', source)} x
        WHERE x.convention_id = c.convention_id
          AND (x.from_date <= least(p.to_date, make_date(years.year, 12, 31)) OR x.version = 1)
        ORDER BY x.version DESC LIMIT 1) t
    LEFT JOIN ${tableOf('annual_statement_missions', source)} k USING (mission_id)
    LEFT JOIN ${tableOf('annual_statement_employments', source)} e USING (employment_id)
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13) lines`;

const statement = listing<StatementLine, Key, StatementFilter>({
  columns: {
    homeId: 'home_id',
    year: 'year',
    hostId: 'host_id',
    missionId: 'mission_id',
    missionKind: 'kind',
    place: 'place',
    framework: 'framework',
    reimbursement: 'reimbursement',
    renewable: 'renewable',
    renewed: 'renewed',
    branch: 'branch',
    status: 'status',
    quota: 'quota',
    agents: 'agents',
    assignments: 'assignments',
    minutes: 'minutes',
  },
  key: keys,
  select: ({ homeId, year, hostId, framework, missionKind, reimbursement }, source) => ({
    from: lines(source),
    where: equal({ home_id: homeId, year, host_id: hostId, framework, kind: missionKind, reimbursement }),
  }),
});

/**
 * The annual statement (*état annuel*) that goes with an administration's budget: who was lent to whom, for what and how,
 * in a calendar year (loi 2022-217, art. 209). Counts only; `after` is the last line.
 *
 * A line may count a single agent, whom those who know the service will recognise: who publishes lines merges or
 * withholds the small ones first.
 */
export const statementLines = (
  sql: SqlExecutor,
  filter: StatementFilter,
  source?: Source,
): Promise<readonly StatementLine[]> => statement.page(sql, filter, source);

/** How many lines the filter lets pass. */
export const countStatementLines = (
  sql: SqlExecutor,
  filter: Unpaged<StatementFilter>,
  source?: Source,
): Promise<number> => statement.count(sql, filter, source);

/** An administration's year in sums; nobody and nothing is counted twice, as lines may. */
export interface StatementTotals {
  readonly agents: number;
  readonly hosts: number;
  readonly conventions: number;
  readonly missions: number;
  readonly assignments: number;
  /** Validated, with the adjustments that count in the year. */
  readonly minutes: number;
}

/** The sums under the annual statement of an administration. */
export const statementTotals = async (
  sql: SqlExecutor,
  { homeId, year }: Pick<StatementFilter, 'homeId' | 'year'>,
  source?: Source,
): Promise<StatementTotals> => {
  const [totals] = await sql.query<StatementTotals & object>(
    `SELECT count(DISTINCT p.person_id)::integer AS agents, count(DISTINCT c.host_id)::integer AS hosts,
        count(DISTINCT c.convention_id)::integer AS conventions, count(DISTINCT p.mission_id)::integer AS missions,
        count(*)::integer AS assignments, coalesce(sum(m.minutes), 0)::integer AS minutes
      FROM ${postings(source)} WHERE c.home_id = $1 AND years.year = $2`,
    [homeId, year],
  );
  return totals ?? { agents: 0, hosts: 0, conventions: 0, missions: 0, assignments: 0, minutes: 0 };
};
