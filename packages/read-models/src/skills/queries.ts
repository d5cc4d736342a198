import type { SqlExecutor } from '@probono/sql';
import { equal, given, listing, type Page, type Source, tableOf, type Unpaged } from '../query.js';
import type { GroupSubject } from './groups.js';

/** A skill that missions ask for. */
export interface AskedSkillRow {
  readonly skill: string;
  /** Missions that ask for it, rejected ones left out. */
  readonly missions: number;
  /** All seats of these missions. */
  readonly seats: number;
}

/** Which skills, and by which missions; what is left out lets all pass. */
export interface AskedSkillFilter extends Page<string> {
  readonly skill?: string;
  readonly hostId?: string;
  /** An administration whose agents are, or were, on the mission. */
  readonly homeId?: string;
  /** The day of the proposal, `YYYY-MM-DD`, from and to, both included. */
  readonly from?: string;
  readonly to?: string;
}

const asked = listing<AskedSkillRow, 'skill', AskedSkillFilter>({
  columns: { skill: 'a.skill', missions: 'count(*)::integer', seats: 'sum(m.seats)::integer' },
  key: ['skill'],
  select: ({ skill, hostId, homeId, from, to }, source) => ({
    from: `${tableOf('skills_asked', source)} a
      JOIN ${tableOf('skills_missions', source)} m ON m.mission_id = a.mission_id`,
    groupBy: 'a.skill',
    where: [
      ...equal({ 'a.skill': skill, 'm.host_id': hostId }),
      ...given(
        homeId,
        (p) => `EXISTS (SELECT 1 FROM ${tableOf('skills_placements', source)} p
          WHERE p.mission_id = a.mission_id AND p.home_id = ${p})`,
      ),
      ...given(from, (p) => `m.proposed_on >= ${p}`),
      ...given(to, (p) => `m.proposed_on <= ${p}`),
    ],
  }),
});

/** Skills that missions ask for, by name; `after` is the last name. */
export const skillsAskedFor = (
  sql: SqlExecutor,
  filter: AskedSkillFilter,
  source?: Source,
): Promise<readonly AskedSkillRow[]> => asked.page(sql, filter, source);

/** How many skills the filter lets pass. */
export const countSkillsAskedFor = (
  sql: SqlExecutor,
  filter: Unpaged<AskedSkillFilter>,
  source?: Source,
): Promise<number> => asked.count(sql, filter, source);

/** A group of five persons or more whose answers are reported together. */
export interface GroupRow {
  readonly groupId: string;
  readonly subject: GroupSubject;
  /** Whose agents all of them are; null when they are of several administrations, or of none. */
  readonly homeId: string | null;
  /** Where all of them are; null when they are at several hosts. */
  readonly hostId: string | null;
  /** The day on which the group was complete, `YYYY-MM-DD`. */
  readonly on: string;
  /** Distinct persons in it. */
  readonly persons: number;
}

/** Which groups, and never whom of a group; what is left out lets all pass. */
export interface GroupFilter extends Page<Pick<GroupRow, 'on' | 'groupId'>> {
  readonly subject?: GroupSubject;
  readonly homeId?: string;
  readonly hostId?: string;
  /** The day on which the group was complete, from and to, both included. */
  readonly from?: string;
  readonly to?: string;
}

const groupsIn = (source?: Source) =>
  listing<GroupRow, 'on' | 'groupId', GroupFilter>({
    columns: {
      groupId: 'g.group_id',
      subject: 'g.subject',
      homeId: 'g.home_id',
      hostId: 'g.host_id',
      on: 'g.on_date',
      persons: `(SELECT count(DISTINCT m.person_id)::integer FROM ${tableOf('skills_members', source)} m
        WHERE m.group_id = g.group_id)`,
    },
    key: ['on', 'groupId'],
    select: ({ subject, homeId, hostId, from, to }) => ({
      from: `${tableOf('skills_groups', source)} g`,
      where: [
        ...equal({ 'g.subject': subject, 'g.home_id': homeId, 'g.host_id': hostId }),
        ...given(from, (p) => `g.on_date >= ${p}`),
        ...given(to, (p) => `g.on_date <= ${p}`),
      ],
    }),
  });

/** Groups, by the day on which they were complete; `after` is the last row. */
export const listReportedGroups = (
  sql: SqlExecutor,
  filter: GroupFilter,
  source?: Source,
): Promise<readonly GroupRow[]> => groupsIn(source).page(sql, filter);

/** How many groups the filter lets pass. */
export const countReportedGroups = (sql: SqlExecutor, filter: Unpaged<GroupFilter>, source?: Source): Promise<number> =>
  groupsIn(source).count(sql, filter);
