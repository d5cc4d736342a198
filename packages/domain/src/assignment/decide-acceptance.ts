import { handle } from '../kernel/command.js';
import { requireDesignated } from '../kernel/designation.js';
import type { Actor } from '../kernel/envelope.js';
import type { AssignmentId } from '../kernel/identifiers.js';
import type { Judgement } from '../kernel/judgement.js';
import type { MissionState } from '../mission/state.js';
import { isRepresentative } from '../organisation/queries.js';
import type { OrganisationState } from '../organisation/state.js';
import { AcceptApplication, ConsentToAssignment, DeclineApplication } from './commands.js';
import { AgentConsented, HostAccepted, HostDeclined } from './events.js';
import {
  type MissionAndHost,
  missionAndHost,
  missionOf,
  type RuleId,
  requireInPerson,
  requireStatus,
  siteZone,
} from './requirements.js';
import { type AssignmentState, type AssignmentStatus, assignment } from './state.js';

const id = (data: { assignmentId: AssignmentId }) => data.assignmentId;

const byHost = {
  id,
  context: missionAndHost,
  zone: (_: Readonly<AssignmentState>, { on }: MissionAndHost) => siteZone(on),
};

/** The host is asked once the manager has approved; at once where there is no manager. */
const awaitingHost = ({ applied }: Readonly<AssignmentState>): AssignmentStatus =>
  applied !== undefined && applied.employmentId === undefined ? 'applied' : 'manager_approved';

const requireHost = (
  judgement: Judgement<RuleId>,
  actor: Actor,
  { proposed }: Readonly<MissionState>,
  host: Readonly<OrganisationState>,
): void => {
  const designated = isRepresentative(host, actor.id, 'host_representative');
  requireDesignated(judgement, actor, 'host_representative', designated, `organisation ${proposed?.hostId ?? 'none'}`);
};

const accept = handle(AcceptApplication, assignment, {
  ...byHost,
  decide(state, { data: { assignmentId }, meta: { actor } }, { on, host }, judgement) {
    if (requireStatus(judgement, assignmentId, state, [awaitingHost(state), 'host_accepted']))
      requireHost(judgement, actor, on, host);
    return judgement.accept(() => (state.status === 'host_accepted' ? [] : [HostAccepted.of({})]));
  },
});

const decline = handle(DeclineApplication, assignment, {
  ...byHost,
  decide(state, { data: { assignmentId }, meta: { actor } }, { on, host }, judgement) {
    if (requireStatus(judgement, assignmentId, state, [awaitingHost(state), 'host_declined']))
      requireHost(judgement, actor, on, host);
    return judgement.accept(() => (state.status === 'host_declined' ? [] : [HostDeclined.of({})]));
  },
});

const consent = handle(ConsentToAssignment, assignment, {
  id,
  context: missionOf,
  zone: (_, on) => siteZone(on),
  decide(state, { data: { assignmentId }, meta: { actor } }, _, judgement) {
    if (requireStatus(judgement, assignmentId, state, ['host_accepted', 'consented']))
      requireInPerson(judgement, actor, state.applied?.personId);
    return judgement.accept(() => (state.status === 'consented' ? [] : [AgentConsented.of({})]));
  },
});

/** How the host's answer and the agent's consent are decided. */
export const acceptanceHandlers = [accept, decline, consent];
