import { type MissionStatus, openToApplications } from '@probono/domain';
import type { SqlExecutor } from '@probono/sql';
import { limitOf, type Page, type Source, tableOf } from '../query.js';

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

/** Missions, in the order of their ids; `after` is the last one's id. */
export const listMissions = (
  sql: SqlExecutor,
  filter: MissionFilter,
  source?: Source,
): Promise<readonly MissionRow[]> =>
  sql.query<MissionRow>(
    `SELECT mission_id AS "missionId", host_id AS "hostId", campaign_id AS "campaignId", kind, title, skills, place, zone,
        seats, seats_taken AS "seatsTaken", status
      FROM ${tableOf('missions_list', source)}
      WHERE ($1::text IS NULL OR host_id = $1) AND ($2::text IS NULL OR campaign_id = $2)
        AND ($3::text[] IS NULL OR status = ANY($3)) AND ($4::text IS NULL OR skills @> to_jsonb($4::text))
        AND (NOT $5::boolean OR seats_taken < seats) AND ($6::text IS NULL OR mission_id > $6)
      ORDER BY mission_id LIMIT $7`,
    [
      filter.hostId,
      filter.campaignId,
      filter.statuses,
      filter.skill,
      filter.openSeats ?? false,
      filter.after,
      limitOf(filter),
    ],
  );

/** Missions that an agent may apply to now: published or begun, with a seat left. */
export const openMissions = (
  sql: SqlExecutor,
  filter: Omit<MissionFilter, 'statuses' | 'openSeats'>,
  source?: Source,
): Promise<readonly MissionRow[]> =>
  listMissions(sql, { ...filter, statuses: openToApplications, openSeats: true }, source);
