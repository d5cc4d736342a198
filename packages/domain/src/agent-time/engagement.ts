import { assignedOn, conventionOf } from '../assignment/queries.js';
import { type AssignmentState, assignment } from '../assignment/state.js';
import { convention } from '../convention/evolve.js';
import { forceOn } from '../convention/queries.js';
import type { ConventionState } from '../convention/state.js';
import type { Actor } from '../kernel/envelope.js';
import type { AssignmentId, PersonId } from '../kernel/identifiers.js';
import { type Reading, read } from '../kernel/reading.js';
import { type MissionState, mission } from '../mission/state.js';
import { isTutor } from '../organisation/queries.js';
import { type OrganisationState, organisation } from '../organisation/state.js';
import type { LocalDate } from '../time/types.js';

/** An assignment with all that says whether someone may work under it on a day. */
export interface Engagement {
  readonly assignmentId: AssignmentId;
  readonly assignment: Readonly<AssignmentState>;
  readonly mission: Readonly<MissionState>;
  /** Absent for a leave or a volunteer. */
  readonly convention?: Readonly<ConventionState>;
}

/** Reads an engagement; of an assignment that does not exist, all is in its initial state. */
export function* engagementOf(assignmentId: AssignmentId): Reading<Engagement> {
  const assigned = yield* read(assignment, assignmentId);
  const missionId = assigned.assigned?.missionId;
  const on = missionId === undefined ? mission.initial() : yield* read(mission, missionId);
  const under = conventionOf(assigned);
  const engagement = { assignmentId, assignment: assigned, mission: on };
  return under === undefined ? engagement : { ...engagement, convention: yield* read(convention, under) };
}

/** An engagement with the host, whose tutors look after it; read only where a tutor may act. */
export interface HostedEngagement extends Engagement {
  readonly host: Readonly<OrganisationState>;
}

/** Reads the host of an engagement. */
export function* hosted(engagement: Engagement): Reading<HostedEngagement> {
  const { proposed } = engagement.mission;
  const host = proposed === undefined ? organisation.initial() : yield* read(organisation, proposed.hostId);
  return { ...engagement, host };
}

/** What a day is under an assignment; of several reasons against it, the most telling. */
export type DayStanding = 'on' | 'closed' | 'suspended' | 'outside_force' | 'outside_assignment';

/** Whether the person may work on this day under the assignment. */
export const standingOn = (
  { assignment: state, convention: under }: Engagement,
  personId: PersonId,
  date: LocalDate,
): DayStanding => {
  const force = under === undefined ? 'in_force' : forceOn(under, personId, date);
  if (force === 'closed' || force === 'suspended') return force;
  if (force === 'outside') return 'outside_force';
  return assignedOn(state, date) ? 'on' : 'outside_assignment';
};

/** True for a tutor of the host, or of that mission. */
export const isTutorOf = ({ assignment: state, host }: HostedEngagement, actor: Actor): boolean =>
  isTutor(host, actor.id, state.assigned?.missionId);
