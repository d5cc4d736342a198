import { type ConventionStatus, forceOn, LocalDate, type Party, poolLeft, statusOn } from '@probono/domain';
import type { SqlExecutor } from '@probono/sql';
import { limitOf, type Page, type Source, tableOf } from '../query.js';
import { type MissingStep, missingSteps } from './missing.js';
import { stateIn } from './projection.js';

/** A convention on a given day; dates are `YYYY-MM-DD`, both ends days in it. */
export interface ConventionRow {
  readonly conventionId: string;
  readonly framework: string;
  readonly homeId: string;
  readonly hostId: string;
  readonly from: string;
  readonly to: string;
  readonly status: ConventionStatus;
  /** Whom its newest text lends, and whether it is in force for each on that day. */
  readonly agents: readonly {
    readonly personId: string;
    readonly employmentId: string;
    readonly force: 'in_force' | 'suspended' | 'outside' | 'closed';
  }[];
  /** By party: the day on which it signed the text that is on the table, or else the newest. */
  readonly signatures: { readonly [P in Party]?: string };
  readonly missing: readonly MissingStep[];
  /** Minutes of the pool that no assignment holds; absent without a pool. */
  readonly poolLeft?: number | undefined;
}

/** Which conventions, as they stand on the day `on`; what is left out lets all pass. */
export interface ConventionFilter extends Page<string> {
  readonly on: string;
  readonly conventionId?: string;
  readonly homeId?: string;
  readonly hostId?: string;
  /** Someone whom one of its texts lends. */
  readonly personId?: string;
}

/** Conventions, in the order of their ids; `after` is the last one's id. Throws for an `on` that is no date. */
export const listConventions = async (
  sql: SqlExecutor,
  filter: ConventionFilter,
  source?: Source,
): Promise<readonly ConventionRow[]> => {
  const on = LocalDate.parse(filter.on);
  const rows = await sql.query<Stored>(
    `SELECT convention_id AS "conventionId", framework, home_id AS "homeId", host_id AS "hostId", from_date AS "from",
        to_date AS "to", state
      FROM ${tableOf('conventions_list', source)} c
      WHERE ($1::text IS NULL OR convention_id = $1) AND ($2::text IS NULL OR home_id = $2)
        AND ($3::text IS NULL OR host_id = $3)
        AND ($4::text IS NULL OR EXISTS (SELECT 1 FROM ${tableOf('conventions_agents', source)} a
          WHERE a.convention_id = c.convention_id AND a.person_id = $4))
        AND ($5::text IS NULL OR convention_id > $5)
      ORDER BY convention_id LIMIT $6`,
    [filter.conventionId, filter.homeId, filter.hostId, filter.personId, filter.after, limitOf(filter)],
  );
  return rows.map((row) => onDay(row, on));
};

/** Someone for whom a convention is in force. */
export interface InForce {
  readonly conventionId: string;
  readonly personId: string;
  readonly employmentId: string;
  readonly homeId: string;
  readonly hostId: string;
}

/** For whom which conventions are in force on a day; what is left out lets all pass. */
export interface InForceFilter extends Page<Pick<InForce, 'conventionId' | 'personId'>> {
  readonly on: string;
  readonly homeId?: string;
  readonly hostId?: string;
  readonly personId?: string;
}

/**
 * Agents for whom a convention is in force on a day, by its dates alone: no clerk has to have noted it. In the order of
 * convention and person; `after` is the last row.
 */
export const agentsInForce = async (
  sql: SqlExecutor,
  filter: InForceFilter,
  source?: Source,
): Promise<readonly InForce[]> => {
  const on = LocalDate.parse(filter.on);
  const limit = limitOf(filter);
  const found: InForce[] = [];
  for (let after = filter.after; ; ) {
    const rows = await sql.query<InForce & { readonly state: unknown }>(
      `SELECT c.convention_id AS "conventionId", a.person_id AS "personId", a.employment_id AS "employmentId",
          c.home_id AS "homeId", c.host_id AS "hostId", c.state
        FROM ${tableOf('conventions_agents', source)} a JOIN ${tableOf('conventions_list', source)} c USING (convention_id)
        WHERE EXISTS (SELECT 1 FROM ${tableOf('conventions_spans', source)} s
            WHERE (s.convention_id, s.person_id) = (a.convention_id, a.person_id) AND $1 BETWEEN s.from_date AND s.to_date)
          AND ($2::text IS NULL OR c.home_id = $2) AND ($3::text IS NULL OR c.host_id = $3)
          AND ($4::text IS NULL OR a.person_id = $4)
          AND ($5::text IS NULL OR (a.convention_id, a.person_id) > ($5, $6::text))
        ORDER BY a.convention_id, a.person_id LIMIT $7`,
      [on, filter.homeId, filter.hostId, filter.personId, after?.conventionId, after?.personId, limit],
    );
    for (const { state, ...row } of rows) if (forceOn(stateIn(state), row.personId, on) === 'in_force') found.push(row);
    const last = rows.at(-1);
    // Suspended and closed ones were among them: read on until the page is full.
    if (rows.length < limit || last === undefined || found.length >= limit) return found.slice(0, limit);
    after = last;
  }
};

type Stored = Pick<ConventionRow, 'conventionId' | 'framework' | 'homeId' | 'hostId' | 'from' | 'to'> & {
  readonly state: unknown;
};

const onDay = ({ state: stored, ...row }: Stored, on: LocalDate): ConventionRow => {
  const state = stateIn(stored);
  const text = state.pending ?? state.texts.at(-1);
  const { home, host } = text?.signatures ?? {};
  return {
    ...row,
    status: statusOn(state, on),
    agents: (text?.terms.agents ?? []).map(({ personId, employmentId }) => ({
      personId,
      employmentId,
      force: forceOn(state, personId, on),
    })),
    signatures: { ...(home ? { home: home.on } : {}), ...(host ? { host: host.on } : {}) },
    missing: missingSteps(state),
    poolLeft: poolLeft(state),
  };
};
