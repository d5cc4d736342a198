import { requireDesignated } from '../kernel/designation.js';
import type { Actor } from '../kernel/envelope.js';
import type { AssignmentId } from '../kernel/identifiers.js';
import type { Judgement } from '../kernel/judgement.js';
import { type Reading, read } from '../kernel/reading.js';
import type { KernelRuleId } from '../kernel/rules.js';
import type { MissionRuleId } from '../mission/rules.js';
import { type MissionState, mission } from '../mission/state.js';
import { type OrganisationState, organisation } from '../organisation/state.js';
import type { Zone } from '../time/types.js';
import type { AssignmentRuleId } from './rules.js';
import type { AssignmentState, AssignmentStatus } from './state.js';

/** The rules that decisions on assignments may look at. */
export type RuleId = AssignmentRuleId | MissionRuleId | KernelRuleId | 'convention.pool-exhausted';

/** From being assigned on, and for what is left to say once it is over. */
export const sinceAssigned: readonly AssignmentStatus[] = ['assigned', 'onboarded', 'ended'];

/** The mission that the assignment is on; the state of none before anyone applied. */
export function* missionOf({ applied }: Readonly<AssignmentState>): Reading<Readonly<MissionState>> {
  return applied === undefined ? mission.initial() : yield* read(mission, applied.missionId);
}

/** A mission with the organisation that hosts it. */
export interface MissionAndHost {
  readonly on: Readonly<MissionState>;
  readonly host: Readonly<OrganisationState>;
}

/** The mission that the assignment is on, and its host. */
export function* missionAndHost(state: Readonly<AssignmentState>): Reading<MissionAndHost> {
  const on = yield* missionOf(state);
  const host = on.proposed === undefined ? organisation.initial() : yield* read(organisation, on.proposed.hostId);
  return { on, host };
}

/** The clock of the place where the mission is. */
export const siteZone = ({ proposed }: Readonly<MissionState>): Zone | undefined => proposed?.site.zone;

/** Looks at whether the assignment stands where the command needs it. */
export const requireStatus = (
  judgement: Judgement<AssignmentRuleId>,
  assignmentId: AssignmentId,
  { status }: Readonly<AssignmentState>,
  expected: readonly AssignmentStatus[],
): boolean =>
  judgement.require('assignment.wrong-state', expected.includes(status), {
    assignmentId,
    status,
    expected: [...expected],
  });

/** Looks at whether it is the agent in person who acts. */
export const requireInPerson = (
  judgement: Judgement<'role.not-designated'>,
  actor: Actor,
  personId: string | undefined,
): boolean => requireDesignated(judgement, actor, 'agent', actor.id === personId, `person ${personId ?? 'none'}`);
