import type { AssignmentStatus } from '@probono/domain';
import type { SqlExecutor } from '@probono/sql';
import { equal, given, listing, type Page, type Source, tableOf, type Unpaged } from '../query.js';

/** An assignment as lists show it; dates are `YYYY-MM-DD`, both ends days in it. */
export interface AssignmentRow {
  readonly assignmentId: string;
  readonly missionId: string;
  readonly personId: string;
  readonly employmentId: string | null;
  /** Null until assigned. */
  readonly title: 'convention' | 'leave' | 'volunteering' | null;
  readonly conventionId: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly quota: { readonly num: number; readonly den: number; readonly window: 'week' | 'year' } | null;
  readonly allottedMinutes: number | null;
  readonly status: AssignmentStatus;
  /** The last day, once it ended. */
  readonly endedOn: string | null;
  readonly endCause: string | null;
}

/** Which assignments; what is left out lets all pass. */
export interface AssignmentFilter extends Page<string> {
  readonly personId?: string;
  readonly missionId?: string;
  readonly conventionId?: string;
  /** Only those that run on this day. */
  readonly on?: string;
}

const assignments = listing<AssignmentRow, 'assignmentId', AssignmentFilter>({
  columns: {
    assignmentId: 'assignment_id',
    missionId: 'mission_id',
    personId: 'person_id',
    employmentId: 'employment_id',
    title: 'title',
    conventionId: 'convention_id',
    from: 'from_date',
    to: 'to_date',
    quota: 'quota',
    allottedMinutes: 'allotted_minutes',
    status: 'status',
    endedOn: 'ended_on',
    endCause: 'end_cause',
  },
  key: ['assignmentId'],
  select: ({ personId, missionId, conventionId, on }, source) => ({
    from: tableOf('assignments_list', source),
    where: [
      ...equal({ person_id: personId, mission_id: missionId, convention_id: conventionId }),
      ...given(on, (p) => `${p}::date BETWEEN from_date AND least(to_date, ended_on)`),
    ],
  }),
});

/** Assignments, in the order of their ids; `after` is the last one's id. */
export const listAssignments = (
  sql: SqlExecutor,
  filter: AssignmentFilter,
  source?: Source,
): Promise<readonly AssignmentRow[]> => assignments.page(sql, filter, source);

/** How many assignments the filter lets pass. */
export const countAssignments = (
  sql: SqlExecutor,
  filter: Unpaged<AssignmentFilter>,
  source?: Source,
): Promise<number> => assignments.count(sql, filter, source);
