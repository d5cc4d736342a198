import type { CampaignTotals } from '@probono/domain';
import type { SqlExecutor } from '@probono/sql';
import { equal, given, listing, type Page, type Source, tableOf, type Unpaged } from '../query.js';

/** A campaign as its dashboard shows it. Of cancelled missions nothing counts, not even what had been done there. */
export interface CampaignRow {
  readonly campaignId: string;
  /** INSEE code of the region. */
  readonly region: string;
  readonly cause: string;
  /** Its day, `YYYY-MM-DD`, by the clock of `zone`. */
  readonly on: string;
  readonly zone: string;
  readonly occasion: string | null;
  /** The totals that it was closed with, which later facts no longer change; null while it is open. */
  readonly closed: CampaignTotals | null;
  readonly missions: number;
  /** Organisations with a mission in it, each once. */
  readonly hosts: number;
  /** Persons enrolled, each once; those who withdrew are not. */
  readonly volunteers: number;
  /** Of these, those who have a mission. */
  readonly placed: number;
  readonly seats: number;
  /** By whomever: volunteers, and agents whom a convention or a leave brought. */
  readonly seatsTaken: number;
  /** Minutes declared on its missions, corrections, resolved contests and adjustments counted in. */
  readonly minutes: number;
  /** Of these, what HR validated. */
  readonly validatedMinutes: number;
  readonly deliverables: number;
  /** What became of beneficiaries, as counts by kind. */
  readonly outcomes: Readonly<Record<string, number>>;
}

/** Which campaigns; what is left out lets all pass. */
export interface CampaignFilter extends Page<Pick<CampaignRow, 'on' | 'campaignId'>> {
  readonly campaignId?: string;
  readonly region?: string;
  readonly cause?: string;
  /** Its day, from and to, both included. */
  readonly from?: string;
  readonly to?: string;
  readonly closed?: boolean;
  /** A host with a mission in it. */
  readonly hostId?: string;
}

type Figures = Pick<CampaignRow, 'missions' | 'hosts' | 'seats' | 'seatsTaken' | 'deliverables'>;
type Stored = Pick<CampaignRow, 'campaignId' | 'region' | 'cause' | 'on' | 'zone' | 'occasion' | 'closed'> & {
  readonly figures: Figures;
  readonly people: Pick<CampaignRow, 'volunteers' | 'placed'>;
  readonly hours: Pick<CampaignRow, 'minutes' | 'validatedMinutes'>;
  readonly outcomes: CampaignRow['outcomes'] | null;
};

/** The columns that are reckoned when asked; `c` is the campaign. */
const reckoned = (source?: Source) => {
  const of = (table: string): string => tableOf(`campaigns_${table}`, source);
  // A mission of which nothing is known yet is not known to be cancelled.
  const held = `${of('joined')} j LEFT JOIN ${of('missions')} m ON m.mission_id = j.mission_id`;
  const live = 'j.campaign_id = c.campaign_id AND m.cancelled IS NOT TRUE';
  return {
    figures: `(SELECT jsonb_build_object('missions', count(*), 'hosts', count(DISTINCT j.host_id),
        'seats', coalesce(sum(m.seats), 0), 'deliverables', coalesce(sum(m.deliverables), 0),
        'seatsTaken', coalesce(sum((SELECT count(*) FROM ${of('seats')} s WHERE s.mission_id = j.mission_id)), 0))
      FROM ${held} WHERE ${live})`,
    people: `(SELECT jsonb_build_object('volunteers', count(*),
        'placed', count(*) FILTER (WHERE v.mission_id IS NOT NULL AND m.cancelled IS NOT TRUE))
      FROM ${of('volunteers')} v LEFT JOIN ${of('missions')} m ON m.mission_id = v.mission_id
      WHERE v.campaign_id = c.campaign_id)`,
    hours: `(SELECT jsonb_build_object('minutes', coalesce(sum(e.minutes), 0),
        'validatedMinutes', coalesce(sum(e.minutes) FILTER (WHERE e.validated), 0))
      FROM ${held} JOIN ${of('placements')} p ON p.mission_id = j.mission_id
        JOIN ${of('entries')} e ON e.assignment_id = p.assignment_id WHERE ${live})`,
    outcomes: `(SELECT jsonb_object_agg(kind, total) FROM (
        SELECT o.key AS kind, sum(o.value::integer) AS total
        FROM ${held} CROSS JOIN jsonb_each_text(m.outcomes) o WHERE ${live} GROUP BY o.key) kinds)`,
  };
};

const campaignsIn = (source?: Source) =>
  listing<Stored, 'on' | 'campaignId', CampaignFilter>({
    columns: {
      campaignId: 'c.campaign_id',
      region: 'c.region',
      cause: 'c.cause',
      on: 'c.on_date',
      zone: 'c.zone',
      occasion: 'c.occasion',
      closed: 'c.closed',
      ...reckoned(source),
    },
    key: ['on', 'campaignId'],
    select: ({ campaignId, region, cause, from, to, closed, hostId }) => ({
      from: `${tableOf('campaigns_list', source)} c`,
      where: [
        ...equal({ 'c.campaign_id': campaignId, 'c.region': region, 'c.cause': cause }),
        ...given(from, (p) => `c.on_date >= ${p}`),
        ...given(to, (p) => `c.on_date <= ${p}`),
        ...given(closed, (p) => `(c.closed IS NOT NULL) = ${p}`),
        ...given(
          hostId,
          (p) => `EXISTS (SELECT 1 FROM ${tableOf('campaigns_joined', source)} h
            WHERE h.campaign_id = c.campaign_id AND h.host_id = ${p})`,
        ),
      ],
    }),
  });

/** Campaigns with their figures, by day; `after` is the last row. */
export const listCampaigns = async (
  sql: SqlExecutor,
  filter: CampaignFilter,
  source?: Source,
): Promise<readonly CampaignRow[]> => {
  const rows = await campaignsIn(source).page(sql, filter);
  return rows.map(({ figures, people, hours, outcomes, ...row }) => ({
    ...row,
    ...figures,
    ...people,
    ...hours,
    outcomes: outcomes ?? {},
  }));
};

/** How many campaigns the filter lets pass. */
export const countCampaigns = (sql: SqlExecutor, filter: Unpaged<CampaignFilter>, source?: Source): Promise<number> =>
  campaignsIn(source).count(sql, filter);
