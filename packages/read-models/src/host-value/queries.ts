import { type Frameworks, frameworkIn, frameworks } from '@probono/domain';
import type { SqlExecutor } from '@probono/sql';
import { equal, given, listing, type Page, type Source, tableOf, type Unpaged } from '../query.js';

/** What a host received from an administration in a calendar year; money in euro cents. */
export interface HostValueRow {
  readonly homeId: string;
  readonly hostId: string;
  readonly year: number;
  /** Validated hours lent for free, with the adjustments that count in the year. */
  readonly minutes: number;
  /** Of these, minutes of days for which no loaded cost is known: the value leaves them out. */
  readonly unpricedMinutes: number;
  /** The value of the hours, rounded half to even once. */
  readonly valueCents: number;
  /** Financial contributions of the administration to the host. */
  readonly financialCents: number;
  /** Hours and money together. */
  readonly receivedCents: number;
}

/** Which values; what is left out lets all pass. */
export interface HostValueFilter extends Page<Pick<HostValueRow, 'year' | 'homeId' | 'hostId'>> {
  readonly homeId?: string;
  readonly hostId?: string;
  readonly year?: number;
  /** At least so many cents received. */
  readonly minReceivedCents?: number;
}

const hostValues = listing<HostValueRow, 'year' | 'homeId' | 'hostId', HostValueFilter>({
  columns: {
    homeId: 'home_id',
    hostId: 'host_id',
    year: 'year',
    // Sums are exact as doubles: the fold throws on cents that are not.
    minutes: 'minutes::float8',
    unpricedMinutes: 'unpriced_minutes::float8',
    valueCents: 'value_cents::float8',
    financialCents: 'financial_cents::float8',
    receivedCents: 'received_cents::float8',
  },
  key: ['year', 'homeId', 'hostId'],
  select: ({ homeId, hostId, year, minReceivedCents }, source) => ({
    from: tableOf('host_value_years', source),
    where: [
      ...equal({ home_id: homeId, host_id: hostId, year }),
      ...given(minReceivedCents, (p) => `received_cents >= ${p}`),
    ],
  }),
});

/** What hosts received, by year, administration and host; `after` is the last row. */
export const listHostValues = (
  sql: SqlExecutor,
  filter: HostValueFilter,
  source?: Source,
): Promise<readonly HostValueRow[]> => hostValues.page(sql, filter, source);

/** How many rows the filter lets pass. */
export const countHostValues = (sql: SqlExecutor, filter: Unpaged<HostValueFilter>, source?: Source): Promise<number> =>
  hostValues.count(sql, filter, source);

/**
 * The value a year above which an administration owes a host a subsidy convention, in euro cents: the lowest of the
 * frameworks in force on some day of the year; `undefined` when none sets one.
 */
export const subsidyThresholdCents = (year: number, table: Frameworks = frameworks): number | undefined => {
  const [first, last] = [`${year}-01-01`, `${year}-12-31`];
  const set = table
    .filter((row) => row === frameworkIn(table, row.id))
    .filter(({ inForce: { value } }) => (value.from ?? first) <= last && first <= (value.until ?? last))
    .flatMap(({ money }) => money.value.subsidyConventionAboveCents ?? []);
  return set.length === 0 ? undefined : Math.min(...set);
};

/** A host that came near the threshold of a subsidy convention, or went above it. */
export interface SubsidyWatchRow extends HostValueRow {
  readonly aboveCents: number;
  /** True when a subsidy convention is due: more was received than the threshold. */
  readonly due: boolean;
}

/** Whose hosts, in which year, and how near to the threshold. */
export interface SubsidyWatchFilter extends Page<Pick<HostValueRow, 'year' | 'homeId' | 'hostId'>> {
  readonly year: number;
  readonly homeId?: string;
  /** From which percentage of the threshold on; 80 unless told. */
  readonly fromPercent?: number;
  /** The legal frameworks; those of this release unless told. */
  readonly frameworks?: Frameworks;
}

const watched = ({ year, homeId, fromPercent = 80 }: SubsidyWatchFilter, aboveCents: number): HostValueFilter => ({
  year,
  ...(homeId === undefined ? {} : { homeId }),
  minReceivedCents: Math.ceil((aboveCents * fromPercent) / 100),
});

/**
 * Hosts whose receipts of a year come near the threshold above which a subsidy convention is due, or lie above it, by
 * administration and host; `after` is the last row. Empty in a year for which no framework sets a threshold: it is the
 * legal framework's own (loi 2000-321, art. 10; décret 2001-495).
 */
export const subsidyWatch = async (
  sql: SqlExecutor,
  filter: SubsidyWatchFilter,
  source?: Source,
): Promise<readonly SubsidyWatchRow[]> => {
  const aboveCents = subsidyThresholdCents(filter.year, filter.frameworks);
  if (aboveCents === undefined) return [];
  const { after, limit } = filter;
  const rows = await listHostValues(sql, { ...watched(filter, aboveCents), after, limit }, source);
  return rows.map((row) => ({ ...row, aboveCents, due: row.receivedCents > aboveCents }));
};

/** How many hosts the watch shows. */
export const countSubsidyWatch = async (
  sql: SqlExecutor,
  filter: Unpaged<SubsidyWatchFilter>,
  source?: Source,
): Promise<number> => {
  const aboveCents = subsidyThresholdCents(filter.year, filter.frameworks);
  return aboveCents === undefined ? 0 : countHostValues(sql, watched(filter, aboveCents), source);
};
