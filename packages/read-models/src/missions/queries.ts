import { type MissionStatus, openToApplications } from '@probono/domain';
import type { SqlExecutor } from '@probono/sql';
import { equal, given, listing, type Page, type Source, tableOf, type Unpaged } from '../query.js';

/** A mission as lists show it. */
export interface MissionRow {
  readonly missionId: string;
  readonly hostId: string;
  readonly campaignId: string | null;
  readonly kind: 'skilled' | 'general_support';
  readonly title: string;
  readonly skills: readonly string[];
  readonly place: string;
  readonly zone: string;
  readonly seats: number;
  readonly seatsTaken: number;
  readonly status: MissionStatus;
}

/** Which missions; what is left out lets all pass. */
export interface MissionFilter extends Page<string> {
  readonly hostId?: string;
  readonly campaignId?: string;
  readonly statuses?: readonly MissionStatus[];
  /** One of the skills asked for, by its exact name. */
  readonly skill?: string;
  /** True: only those with a seat left. */
  readonly openSeats?: boolean;
}

const missions = listing<MissionRow, 'missionId', MissionFilter>({
  columns: {
    missionId: 'mission_id',
    hostId: 'host_id',
    campaignId: 'campaign_id',
    kind: 'kind',
    title: 'title',
    skills: 'skills',
    place: 'place',
    zone: 'zone',
    seats: 'seats',
    seatsTaken: 'seats_taken',
    status: 'status',
  },
  key: ['missionId'],
  select: ({ hostId, campaignId, statuses, skill, openSeats = false }, source) => ({
    from: tableOf('missions_list', source),
    where: [
      ...equal({ host_id: hostId, campaign_id: campaignId }),
      ...given(statuses, (p) => `status = ANY(${p})`),
      ...given(skill, (p) => `skills @> to_jsonb(${p}::text)`),
      ...given(openSeats || undefined, (p) => `(seats_taken < seats) = ${p}`),
    ],
  }),
});

/** Missions, in the order of their ids; `after` is the last one's id. */
export const listMissions = (
  sql: SqlExecutor,
  filter: MissionFilter,
  source?: Source,
): Promise<readonly MissionRow[]> => missions.page(sql, filter, source);

/** How many missions the filter lets pass. */
export const countMissions = (sql: SqlExecutor, filter: Unpaged<MissionFilter>, source?: Source): Promise<number> =>
  missions.count(sql, filter, source);

/** Which missions that are open; what is left out lets all pass. */
export type OpenMissionFilter = Omit<MissionFilter, 'statuses' | 'openSeats'>;

const open = { statuses: openToApplications, openSeats: true } as const;

/** Missions that an agent may apply to now: published or begun, with a seat left. */
export const openMissions = (
  sql: SqlExecutor,
  filter: OpenMissionFilter,
  source?: Source,
): Promise<readonly MissionRow[]> => missions.page(sql, { ...filter, ...open }, source);

/** How many missions an agent may apply to now. */
export const countOpenMissions = (
  sql: SqlExecutor,
  filter: Unpaged<OpenMissionFilter>,
  source?: Source,
): Promise<number> => missions.count(sql, { ...filter, ...open }, source);
