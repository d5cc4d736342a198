import type { ContributionKind, PartnershipStage } from '@probono/domain';
import type { SqlExecutor } from '@probono/sql';
import { equal, given, listing, type Page, type Source, tableOf, type Unpaged } from '../query.js';
import type { PartnershipStep, ReachedStage } from './projection.js';

/** A partnership: where it stands, and when it came to each stage. */
export interface PartnershipRow {
  readonly partnershipId: string;
  readonly stage: PartnershipStage;
  readonly openedOn: string;
  /** In their order; `opened` first. */
  readonly stages: readonly ReachedStage[];
  /** The partners, by id. */
  readonly organisationIds: readonly string[];
}

/** Which partnerships; what is left out lets all pass. */
export interface PartnershipFilter extends Page<string> {
  readonly partnershipId?: string;
  readonly organisationId?: string;
  readonly stage?: PartnershipStage;
}

const partnershipsIn = (source?: Source) => {
  const partners = tableOf('partnerships_partners', source);
  return listing<PartnershipRow, 'partnershipId', PartnershipFilter>({
    columns: {
      partnershipId: 'l.partnership_id',
      stage: 'l.stage',
      openedOn: 'l.opened_on',
      stages: 'l.stages',
      organisationIds: `ARRAY(SELECT p.organisation_id FROM ${partners} p
        WHERE p.partnership_id = l.partnership_id ORDER BY p.organisation_id)`,
    },
    key: ['partnershipId'],
    select: ({ partnershipId, organisationId, stage }) => ({
      from: `${tableOf('partnerships_list', source)} l`,
      where: [
        ...equal({ 'l.partnership_id': partnershipId, 'l.stage': stage }),
        ...given(
          organisationId,
          (p) => `EXISTS (SELECT 1 FROM ${partners} p
            WHERE p.partnership_id = l.partnership_id AND p.organisation_id = ${p})`,
        ),
      ],
    }),
  });
};

/** Partnerships, in the order of their ids; `after` is the last one's id. */
export const listPartnerships = (
  sql: SqlExecutor,
  filter: PartnershipFilter,
  source?: Source,
): Promise<readonly PartnershipRow[]> => partnershipsIn(source).page(sql, filter);

/** How many partnerships the filter lets pass. */
export const countPartnerships = (
  sql: SqlExecutor,
  filter: Unpaged<PartnershipFilter>,
  source?: Source,
): Promise<number> => partnershipsIn(source).count(sql, filter);

/** One step of a partnership: it was opened, something was given, or it came to another stage. */
export interface StepRow {
  readonly partnershipId: string;
  /** `YYYY-MM-DD`: the day of the contribution, or from which the step counts; not that on which it was recorded. */
  readonly on: string;
  /** Its place in the log of the partnership, which orders the steps of one day. */
  readonly revision: number;
  readonly step: PartnershipStep;
  /** The stage that was come to; null for contributions. */
  readonly stage: PartnershipStage | null;
  /** What follows is null for all but contributions. */
  readonly contributionId: string | null;
  readonly kind: ContributionKind | null;
  readonly giverId: string | null;
  readonly receiverId: string | null;
  /** Euro cents, where the value is known. */
  readonly cents: number | null;
  /** Of skills: minutes worked. */
  readonly minutes: number | null;
}

/** Which steps; what is left out lets all pass. */
export interface TrajectoryFilter extends Page<Pick<StepRow, 'partnershipId' | 'on' | 'revision'>> {
  readonly partnershipId?: string;
  readonly step?: PartnershipStep;
  readonly kind?: ContributionKind;
  readonly giverId?: string;
  readonly receiverId?: string;
  /** From a day to a day, both included. */
  readonly from?: string;
  readonly to?: string;
}

const trail = listing<StepRow, 'partnershipId' | 'on' | 'revision', TrajectoryFilter>({
  columns: {
    partnershipId: 'partnership_id',
    on: 'on_date',
    // What an event may hold is exact as a double.
    revision: 'revision::float8',
    step: 'step',
    stage: 'stage',
    contributionId: 'contribution_id',
    kind: 'kind',
    giverId: 'giver_id',
    receiverId: 'receiver_id',
    cents: 'cents::float8',
    minutes: 'minutes::float8',
  },
  key: ['partnershipId', 'on', 'revision'],
  select: ({ partnershipId, step, kind, giverId, receiverId, from, to }, source) => ({
    from: tableOf('partnerships_trail', source),
    where: [
      ...equal({ partnership_id: partnershipId, step, kind, giver_id: giverId, receiver_id: receiverId }),
      ...given(from, (p) => `on_date >= ${p}`),
      ...given(to, (p) => `on_date <= ${p}`),
    ],
  }),
});

/** The way of partnerships, each from its first day on, step by step; `after` is the last row. */
export const partnershipTrajectory = (
  sql: SqlExecutor,
  filter: TrajectoryFilter,
  source?: Source,
): Promise<readonly StepRow[]> => trail.page(sql, filter, source);

/** How many steps the filter lets pass. */
export const countPartnershipSteps = (
  sql: SqlExecutor,
  filter: Unpaged<TrajectoryFilter>,
  source?: Source,
): Promise<number> => trail.count(sql, filter, source);

/** What one partner gave another in one calendar year, of one kind. */
export interface ContributionYearRow {
  readonly partnershipId: string;
  readonly year: number;
  readonly kind: ContributionKind;
  readonly giverId: string;
  readonly receiverId: string;
  /** How many there were. */
  readonly contributions: number;
  /** Euro cents of those whose value is known. */
  readonly cents: number;
  /** How many of them have no known value: the cents leave them out. */
  readonly unvalued: number;
  /** Minutes worked; 0 for money and things. */
  readonly minutes: number;
}

type YearKey = 'partnershipId' | 'year' | 'kind' | 'giverId' | 'receiverId';

/** Which years; what is left out lets all pass. */
export interface ContributionYearFilter extends Page<Pick<ContributionYearRow, YearKey>> {
  readonly partnershipId?: string;
  readonly kind?: ContributionKind;
  readonly giverId?: string;
  readonly receiverId?: string;
  /** From a year to a year, both included. */
  readonly from?: number;
  /** The last year. */
  readonly to?: number;
}

const years = listing<ContributionYearRow, YearKey, ContributionYearFilter>({
  columns: {
    partnershipId: 'partnership_id',
    year: 'year',
    kind: 'kind',
    giverId: 'giver_id',
    receiverId: 'receiver_id',
    contributions: 'contributions',
    cents: 'cents',
    unvalued: 'unvalued',
    minutes: 'minutes',
  },
  key: ['partnershipId', 'year', 'kind', 'giverId', 'receiverId'],
  select: ({ partnershipId, kind, giverId, receiverId, from, to }, source) => ({
    from: `(SELECT partnership_id, extract(year FROM on_date)::integer AS year, kind, giver_id, receiver_id,
        count(*)::integer AS contributions, coalesce(sum(cents), 0)::float8 AS cents,
        (count(*) - count(cents))::integer AS unvalued, coalesce(sum(minutes), 0)::float8 AS minutes
      FROM ${tableOf('partnerships_trail', source)} WHERE step = 'contributed'
      GROUP BY partnership_id, year, kind, giver_id, receiver_id) given`,
    where: [
      ...equal({ partnership_id: partnershipId, kind, giver_id: giverId, receiver_id: receiverId }),
      ...given(from, (p) => `year >= ${p}`),
      ...given(to, (p) => `year <= ${p}`),
    ],
  }),
});

/** What was given, by partnership, year, kind, giver and receiver, in this order; `after` is the last row. */
export const contributionsByYear = (
  sql: SqlExecutor,
  filter: ContributionYearFilter,
  source?: Source,
): Promise<readonly ContributionYearRow[]> => years.page(sql, filter, source);

/** How many such rows the filter lets pass. */
export const countContributionYears = (
  sql: SqlExecutor,
  filter: Unpaged<ContributionYearFilter>,
  source?: Source,
): Promise<number> => years.count(sql, filter, source);
