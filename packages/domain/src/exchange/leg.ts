import { type AssignmentState, assignment } from '../assignment/state.js';
import type { AssignmentId, OrganisationId } from '../kernel/identifiers.js';
import { type Reading, read } from '../kernel/reading.js';
import { type MissionState, mission } from '../mission/state.js';
import { type OrganisationState, organisation } from '../organisation/state.js';
import { employmentsOn } from '../person/queries.js';
import { type PersonState, person } from '../person/state.js';

/** One way of an exchange: who goes, and where to. */
export interface Leg {
  readonly assignmentId: AssignmentId;
  readonly going: Readonly<AssignmentState>;
  readonly on: Readonly<MissionState>;
  readonly who: Readonly<PersonState>;
  readonly host: Readonly<OrganisationState>;
  readonly hostId: OrganisationId | undefined;
}

/** Reads an assignment with its person, its mission and the host of that. */
export function* legOf(assignmentId: AssignmentId): Reading<Leg> {
  const going = yield* read(assignment, assignmentId);
  const { assigned } = going;
  const on = assigned === undefined ? mission.initial() : yield* read(mission, assigned.missionId);
  const who = assigned === undefined ? person.initial() : yield* read(person, assigned.personId);
  const hostId = on.proposed?.hostId;
  const host = hostId === undefined ? organisation.initial() : yield* read(organisation, hostId);
  return { assignmentId, going, on, who, host, hostId };
}

/**
 * True when the one who goes on `leg` comes from the place that the other leg leads to: employed there on the first
 * day of going, or designated to stand for it (a founder of an association is nobody's employee).
 */
export const comesFrom = ({ going: { assigned }, who }: Leg, { host, hostId }: Leg): boolean => {
  if (assigned === undefined || hostId === undefined) return false;
  const { personId, from } = assigned;
  return (
    employmentsOn(who, from).some(({ employerId }) => employerId === hostId) ||
    (host.representatives[personId] ?? []).length > 0
  );
};
