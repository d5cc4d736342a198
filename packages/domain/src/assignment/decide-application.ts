import { type Effective, handle } from '../kernel/command.js';
import { requireDesignated } from '../kernel/designation.js';
import { sameFacts } from '../kernel/digest.js';
import type { AssignmentId } from '../kernel/identifiers.js';
import type { Judgement } from '../kernel/judgement.js';
import { type Reading, read } from '../kernel/reading.js';
import { openToApplications } from '../mission/queries.js';
import { type MissionState, mission } from '../mission/state.js';
import { employedOn, managerOn } from '../person/queries.js';
import { type PersonState, person } from '../person/state.js';
import { GrantManagerApproval, RefuseManagerApproval, SubmitApplication, WithdrawApplication } from './commands.js';
import {
  ApplicationSubmitted,
  ApplicationWithdrawn,
  ManagerApprovalGranted,
  ManagerApprovalRefused,
} from './events.js';
import { missionOf, type RuleId, requireInPerson, requireStatus, siteZone } from './requirements.js';
import { type AssignmentState, type AssignmentStatus, assignment } from './state.js';

const id = (data: { assignmentId: AssignmentId }) => data.assignmentId;

const submit = handle(SubmitApplication, assignment, {
  id,
  *context(_, { data }) {
    return { on: yield* read(mission, data.missionId), applicant: yield* read(person, data.personId) };
  },
  zone: (_, { on }) => siteZone(on),
  decide(state, { data, meta: { actor }, effectiveOn }, { on, applicant }, judgement) {
    const { assignmentId, ...application } = data;
    const { missionId, personId, employmentId } = application;
    requireInPerson(judgement, actor, personId);
    const again = state.applied !== undefined && sameFacts(state.applied, application);
    if (again || !requireStatus(judgement, assignmentId, state, ['none'])) return [];
    judgement.require('mission.wrong-state', openToApplications.includes(on.status), {
      missionId,
      status: on.status,
      expected: [...openToApplications],
    });
    if (employmentId !== undefined)
      judgement.require('assignment.not-employed', employedOn(applicant, employmentId, effectiveOn), {
        personId,
        employmentId,
        on: effectiveOn,
      });
    return judgement.accept(() => [ApplicationSubmitted.of(application)]);
  },
});

const beforeAssigned: readonly AssignmentStatus[] = ['applied', 'manager_approved', 'host_accepted', 'consented'];

const withdraw = handle(WithdrawApplication, assignment, {
  id,
  context: missionOf,
  zone: (_, on) => siteZone(on),
  decide(state, { data: { assignmentId }, meta: { actor } }, _, judgement) {
    if (requireStatus(judgement, assignmentId, state, [...beforeAssigned, 'withdrawn']))
      requireInPerson(judgement, actor, state.applied?.personId);
    return judgement.accept(() => (state.status === 'withdrawn' ? [] : [ApplicationWithdrawn.of({})]));
  },
});

interface AgentAndMission {
  readonly agent: Readonly<PersonState>;
  readonly on: Readonly<MissionState>;
}

const byManager = {
  id,
  *context(state: Readonly<AssignmentState>): Reading<AgentAndMission> {
    const agent = state.applied === undefined ? person.initial() : yield* read(person, state.applied.personId);
    return { agent, on: yield* missionOf(state) };
  },
  zone: (_: Readonly<AssignmentState>, { on }: AgentAndMission) => siteZone(on),
};

/** The agent's own approval is told as such, not as one by somebody who is not designated. */
const requireManager = (
  judgement: Judgement<RuleId>,
  { applied }: Readonly<AssignmentState>,
  { meta: { actor }, effectiveOn }: Pick<Effective<unknown>, 'meta' | 'effectiveOn'>,
  agent: Readonly<PersonState>,
): void => {
  if (applied?.employmentId === undefined) return;
  const { personId, employmentId } = applied;
  const other = judgement.require('assignment.manager-is-agent', actor.id !== personId, { personId, employmentId });
  const designated = managerOn(agent, employmentId, effectiveOn) === actor.id;
  if (other) requireDesignated(judgement, actor, 'manager', designated, `employment ${employmentId}`);
};

/** One who applies without an employment has no manager to ask. */
const awaitingManager = ({ applied }: Readonly<AssignmentState>): readonly AssignmentStatus[] =>
  applied !== undefined && applied.employmentId === undefined ? [] : ['applied'];

const grant = handle(GrantManagerApproval, assignment, {
  ...byManager,
  decide(state, command, { agent }, judgement) {
    const again = state.status === 'manager_approved' && state.approvedBy === command.meta.actor.id;
    if (again || requireStatus(judgement, command.data.assignmentId, state, awaitingManager(state)))
      requireManager(judgement, state, command, agent);
    return judgement.accept(() => (again ? [] : [ManagerApprovalGranted.of({})]));
  },
});

const refuse = handle(RefuseManagerApproval, assignment, {
  ...byManager,
  decide(state, command, { agent }, judgement) {
    const again = state.status === 'manager_refused';
    if (again || requireStatus(judgement, command.data.assignmentId, state, awaitingManager(state)))
      requireManager(judgement, state, command, agent);
    return judgement.accept(() => (again ? [] : [ManagerApprovalRefused.of({})]));
  },
});

/** How an application is decided: by the one who applies, and by the manager of the employment. */
export const applicationHandlers = [submit, withdraw, grant, refuse];
