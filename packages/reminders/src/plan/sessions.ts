import type { Instant } from '@probono/domain';
import { addDays } from '@probono/domain';
import { beforeSession, isLead, onDayFrom } from './due.js';
import { type Policy, sessionPolicyOf } from './policy.js';
import { recipientsOf, windowOf } from './recipients.js';
import { reminderId } from './reminder-id.js';
import { rewrite } from './rewrite.js';
import type { AssignmentRow, DueRow, MissionRow, Plan, SessionRow } from './tables.js';

/** A session with what its reminders rest on. */
export interface Placed {
  readonly session: SessionRow;
  readonly assignment: AssignmentRow;
  readonly mission: MissionRow;
  /** What every reminder of this session has in common. */
  readonly common: Pick<
    DueRow,
    'subject_kind' | 'subject_id' | 'session_id' | 'version' | 'mission_id' | 'zone' | 'calendar' | 'detail'
  >;
}

/** Looks up what belongs to a session; undefined when it is of an assignment or a mission that the log does not have. */
export const placed = (plan: Plan, session: SessionRow): Placed | undefined => {
  const assignment = plan.assignments.get(session.assignment_id);
  const mission = assignment && plan.missions.get(assignment.mission_id);
  if (assignment === undefined || mission === undefined) return undefined;
  const series = session.series_id === null ? undefined : plan.series.get(session.series_id);
  return {
    session,
    assignment,
    mission,
    common: {
      subject_kind: 'session',
      subject_id: session.session_id,
      session_id: session.session_id,
      version: session.version,
      mission_id: mission.mission_id,
      zone: session.zone,
      // A slot names its zone and no calendar: the series' site has one, else the mission's.
      calendar: series?.calendar ?? mission.calendar,
      detail: {},
    },
  };
};

/** Plans anew what precedes and what follows a session. */
export const replanSession = (plan: Plan, session: SessionRow, policy: Policy, asOf: Instant): void => {
  const found = placed(plan, session);
  if (found === undefined) return;
  rewrite(plan, session.session_id, [...before(plan, found, policy), ...declaration(plan, found, policy)], asOf);
};

const frameworkOf = (plan: Plan, { convention_id }: AssignmentRow): string | undefined =>
  convention_id === null ? undefined : plan.conventions.get(convention_id)?.framework;

const before = (plan: Plan, { session, assignment, mission, common }: Placed, policy: Policy): readonly DueRow[] => {
  if (session.status !== 'planned') return [];
  const leads = sessionPolicyOf(policy, frameworkOf(plan, assignment)).before;
  return recipientsOf(plan, assignment, mission).flatMap(({ role, personId }) => {
    const person = plan.people.get(personId);
    const window = windowOf(common, person, policy);
    // Two that a run of days off moves to the same instant are one.
    const byDue = new Map<Instant, DueRow>();
    for (const lead of (person?.before ?? leads).filter(isLead)) {
      const kind = `before-${lead}`;
      const due_at = beforeSession({ date: session.date, startsAt: session.starts_at }, lead, policy.dayHour, window);
      if (byDue.has(due_at)) continue;
      byDue.set(due_at, {
        ...common,
        id: reminderId({ subject: session.session_id, version: session.version, kind, role, personId }),
        kind,
        role,
        person_id: personId,
        due_at,
        moot_from: session.starts_at,
        urgent: false,
      });
    }
    return [...byDue.values()];
  });
};

/** True once the agent has declared hours for the session: by its id, or on its day without one. */
const isDeclared = (plan: Plan, { session_id, assignment_id, date }: SessionRow): boolean =>
  plan.entries
    .where('assignment_id', assignment_id)
    .some(
      (entry) =>
        entry.status !== 'withdrawn' &&
        (entry.session_id === session_id || (entry.session_id === null && entry.work_date === date)),
    );

const declaration = (plan: Plan, { session, assignment, common }: Placed, policy: Policy): readonly DueRow[] => {
  const expected = session.status === 'planned' || session.status === 'held';
  if (!expected || assignment.convention_id === null || isDeclared(plan, session)) return [];
  const { declareAfterDays } = sessionPolicyOf(policy, frameworkOf(plan, assignment));
  const personId = assignment.person_id;
  const kind = 'declare-hours';
  return [
    {
      ...common,
      id: reminderId({ subject: session.session_id, version: session.version, kind, role: 'agent', personId }),
      kind,
      role: 'agent',
      person_id: personId,
      due_at: onDayFrom(
        addDays(session.date, declareAfterDays),
        policy.dayHour,
        windowOf(common, plan.people.get(personId), policy),
      ),
      moot_from: null,
      urgent: false,
    },
  ];
};
