import { type ConventionStatus, forceOn, LocalDate, type Party, poolLeft, statusOn } from '@probono/domain';
import type { SqlExecutor } from '@probono/sql';
import { equal, given, limitOf, listing, type Page, type Source, tableOf, type Unpaged } from '../query.js';
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

type Stored = Pick<ConventionRow, 'conventionId' | 'framework' | 'homeId' | 'hostId' | 'from' | 'to'> & {
  readonly state: unknown;
};

const conventions = listing<Stored, 'conventionId', Omit<ConventionFilter, 'on'>>({
  columns: {
    conventionId: 'convention_id',
    framework: 'framework',
    homeId: 'home_id',
    hostId: 'host_id',
    from: 'from_date',
    to: 'to_date',
    state: 'state',
  },
  key: ['conventionId'],
  select: ({ conventionId, homeId, hostId, personId }, source) => ({
    from: `${tableOf('conventions_list', source)} c`,
    where: [
      ...equal({ convention_id: conventionId, home_id: homeId, host_id: hostId }),
      ...given(
        personId,
        (p) => `EXISTS (SELECT 1 FROM ${tableOf('conventions_agents', source)} a
          WHERE a.convention_id = c.convention_id AND a.person_id = ${p})`,
      ),
    ],
  }),
});

/** Conventions, in the order of their ids; `after` is the last one's id. Throws for an `on` that is no date. */
export const listConventions = async (
  sql: SqlExecutor,
  filter: ConventionFilter,
  source?: Source,
): Promise<readonly ConventionRow[]> => {
  const on = LocalDate.parse(filter.on);
  return (await conventions.page(sql, filter, source)).map((row) => onDay(row, on));
};

/** How many conventions the filter lets pass, on whatever day. */
export const countConventions = (
  sql: SqlExecutor,
  filter: Omit<Unpaged<ConventionFilter>, 'on'>,
  source?: Source,
): Promise<number> => conventions.count(sql, filter, source);

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

type Spanned = InForce & { readonly state: unknown };

/** Those whose days in force, suspended ones left in, hold the day. */
const spanned = listing<Spanned, 'conventionId' | 'personId', InForceFilter>({
  columns: {
    conventionId: 'a.convention_id',
    personId: 'a.person_id',
    employmentId: 'a.employment_id',
    homeId: 'c.home_id',
    hostId: 'c.host_id',
    state: 'c.state',
  },
  key: ['conventionId', 'personId'],
  select: ({ on, homeId, hostId, personId }, source) => ({
    from: `${tableOf('conventions_agents', source)} a
      JOIN ${tableOf('conventions_list', source)} c ON c.convention_id = a.convention_id`,
    where: [
      ...given(
        on,
        (p) => `EXISTS (SELECT 1 FROM ${tableOf('conventions_spans', source)} s
          WHERE (s.convention_id, s.person_id) = (a.convention_id, a.person_id)
            AND ${p}::date BETWEEN s.from_date AND s.to_date)`,
      ),
      ...equal({ 'c.home_id': homeId, 'c.host_id': hostId, 'a.person_id': personId }),
    ],
  }),
});

/** Page by page: those for whom the convention is in force and not suspended, which is the domain's to say. */
async function* inForce(sql: SqlExecutor, filter: InForceFilter, source?: Source): AsyncGenerator<readonly InForce[]> {
  const on = LocalDate.parse(filter.on);
  const limit = limitOf(filter);
  for (let after = filter.after; ; ) {
    const rows = await spanned.page(sql, { ...filter, after, limit }, source);
    yield rows.flatMap(({ state, ...row }) => (forceOn(stateIn(state), row.personId, on) === 'in_force' ? [row] : []));
    const last = rows.at(-1);
    if (rows.length < limit || last === undefined) return;
    after = last;
  }
}

/**
 * Agents for whom a convention is in force on a day, by its dates alone: no clerk has to have noted it. In the order of
 * convention and person; `after` is the last row. Throws for an `on` that is no date.
 */
export const agentsInForce = async (
  sql: SqlExecutor,
  filter: InForceFilter,
  source?: Source,
): Promise<readonly InForce[]> => {
  const limit = limitOf(filter);
  const found: InForce[] = [];
  // Suspended and closed ones are left out: read on until the page is full.
  for await (const rows of inForce(sql, filter, source)) {
    found.push(...rows);
    if (found.length >= limit) break;
  }
  return found.slice(0, limit);
};

/** For how many agents a convention is in force; reads each convention of the day, a thousand at a time. */
export const countAgentsInForce = async (
  sql: SqlExecutor,
  filter: Unpaged<InForceFilter>,
  source?: Source,
): Promise<number> => {
  let count = 0;
  for await (const rows of inForce(sql, { ...filter, limit: 1000 }, source)) count += rows.length;
  return count;
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
