import { handle, nothing } from '../kernel/command.js';
import { requireDesignated } from '../kernel/designation.js';
import { sameFacts } from '../kernel/digest.js';
import type { OrganisationId } from '../kernel/identifiers.js';
import { read } from '../kernel/reading.js';
import { isRepresentative } from '../organisation/queries.js';
import { organisation } from '../organisation/state.js';
import { managerOn } from '../person/queries.js';
import { person } from '../person/state.js';
import {
  ApproveMission,
  AssignFacilitator,
  CancelMission,
  CompleteMission,
  ExtendMissionScope,
  ProposeMission,
  PublishMission,
  RejectMission,
  ReviewMission,
  StartMission,
  SuggestMissionToAgent,
  UnpublishMission,
} from './commands.js';
import {
  FacilitatorAssigned,
  MissionApproved,
  MissionCancelled,
  MissionCompleted,
  MissionProposed,
  MissionPublished,
  MissionRejected,
  MissionReviewed,
  MissionScopeExtended,
  MissionStarted,
  MissionSuggestedToAgent,
  MissionUnpublished,
} from './events.js';
import { openToApplications } from './queries.js';
import { requireStatus, siteZone } from './requirements.js';
import { type MissionState, mission } from './state.js';

const alone = { id: (data: { missionId: string }) => data.missionId, context: nothing, zone: siteZone };

/** The organisation that hosts the mission; the state of none where there is no mission. */
function* hostOf({ proposed }: Readonly<MissionState>) {
  return proposed === undefined ? organisation.initial() : yield* read(organisation, proposed.hostId);
}

const represents = (host: Parameters<typeof isRepresentative>[0], actorId: string): boolean =>
  isRepresentative(host, actorId, 'host_representative');

const scope = (hostId: OrganisationId | undefined): string => `organisation ${hostId ?? 'none'}`;

const propose = handle(ProposeMission, mission, {
  id: ({ missionId }) => missionId,
  *context(_, { data }) {
    return yield* read(organisation, data.hostId);
  },
  zone: (_, __, { site }) => site.zone,
  decide(state, { data: { missionId, ...proposal }, meta: { actor } }, host, judgement) {
    requireDesignated(judgement, actor, 'host_representative', represents(host, actor.id), scope(proposal.hostId));
    const again = state.proposed !== undefined && sameFacts(state.proposed, proposal);
    if (!again) requireStatus(judgement, missionId, state, ['none']);
    return judgement.accept(() => (again ? [] : [MissionProposed.of(proposal)]));
  },
});

const approve = handle(ApproveMission, mission, {
  ...alone,
  decide(state, { data: { missionId, withinPurpose, skillsUseful } }, _, judgement) {
    const again = withinPurpose && state.status === 'approved' && state.approved?.skillsUseful === skillsUseful;
    if (!again && requireStatus(judgement, missionId, state, ['proposed']))
      judgement.require('mission.outside-purpose', withinPurpose, {
        missionId,
        hostId: state.proposed?.hostId ?? null,
      });
    return judgement.accept(() => (again ? [] : [MissionApproved.of({ withinPurpose: true, skillsUseful })]));
  },
});

const reject = handle(RejectMission, mission, {
  ...alone,
  decide(state, { data: { missionId, cause } }, _, judgement) {
    const again = state.status === 'rejected' && state.rejection === cause;
    if (!again) requireStatus(judgement, missionId, state, ['proposed']);
    return judgement.accept(() => (again ? [] : [MissionRejected.of({ cause })]));
  },
});

const publish = handle(PublishMission, mission, {
  ...alone,
  decide(state, { data: { missionId } }, _, judgement) {
    requireStatus(judgement, missionId, state, ['approved', 'published']);
    return judgement.accept(() => (state.status === 'published' ? [] : [MissionPublished.of({})]));
  },
});

const unpublish = handle(UnpublishMission, mission, {
  ...alone,
  decide(state, { data: { missionId } }, _, judgement) {
    requireStatus(judgement, missionId, state, ['published', 'approved']);
    return judgement.accept(() => (state.status === 'approved' ? [] : [MissionUnpublished.of({})]));
  },
});

const suggest = handle(SuggestMissionToAgent, mission, {
  id: ({ missionId }) => missionId,
  *context(_, { data }) {
    return yield* read(person, data.personId);
  },
  zone: siteZone,
  decide(state, { data: { missionId, personId, employmentId }, meta: { actor }, effectiveOn }, agent, judgement) {
    const designated = managerOn(agent, employmentId, effectiveOn) === actor.id;
    requireDesignated(judgement, actor, 'manager', designated, `employment ${employmentId}`);
    const again = state.suggestedTo[personId] === employmentId;
    if (!again) requireStatus(judgement, missionId, state, openToApplications);
    return judgement.accept(() => (again ? [] : [MissionSuggestedToAgent.of({ personId, employmentId })]));
  },
});

const extendScope = handle(ExtendMissionScope, mission, {
  id: ({ missionId }) => missionId,
  context: hostOf,
  zone: siteZone,
  decide(state, { data: { missionId, initiatedBy, ...asked }, meta: { actor } }, host, judgement) {
    const open = requireStatus(judgement, missionId, state, ['approved', 'published', 'started']);
    if (open)
      requireDesignated(
        judgement,
        actor,
        'host_representative',
        represents(host, actor.id),
        scope(state.proposed?.hostId),
      );
    const changed = { ...state.proposed, ...asked };
    const again = state.proposed !== undefined && sameFacts(changed, state.proposed);
    if (open)
      judgement.require('mission.amendment-due', changed.activities === state.proposed?.activities, { missionId });
    return judgement.accept(() =>
      again ? [] : [MissionScopeExtended.of({ ...asked, ...(initiatedBy && { initiatedBy }) })],
    );
  },
});

const assignFacilitator = handle(AssignFacilitator, mission, {
  ...alone,
  decide(state, { data: { missionId, personId } }, _, judgement) {
    const again = state.facilitators[personId] === true;
    if (!again) requireStatus(judgement, missionId, state, ['approved', 'published', 'started']);
    return judgement.accept(() => (again ? [] : [FacilitatorAssigned.of({ personId })]));
  },
});

const start = handle(StartMission, mission, {
  ...alone,
  decide(state, { data: { missionId } }, _, judgement) {
    requireStatus(judgement, missionId, state, ['approved', 'published', 'started']);
    return judgement.accept(() => (state.status === 'started' ? [] : [MissionStarted.of({})]));
  },
});

const complete = handle(CompleteMission, mission, {
  ...alone,
  decide(state, { data: { missionId } }, _, judgement) {
    requireStatus(judgement, missionId, state, ['started', 'completed']);
    return judgement.accept(() => (state.status === 'completed' ? [] : [MissionCompleted.of({})]));
  },
});

const cancel = handle(CancelMission, mission, {
  ...alone,
  decide(state, { data: { missionId, cause } }, _, judgement) {
    const again = state.status === 'cancelled' && state.cancellation === cause;
    if (!again) requireStatus(judgement, missionId, state, ['proposed', 'approved', 'published', 'started']);
    return judgement.accept(() => (again ? [] : [MissionCancelled.of({ cause })]));
  },
});

const review = handle(ReviewMission, mission, {
  ...alone,
  decide(state, { data: { missionId, objectives } }, _, judgement) {
    const again = state.status === 'reviewed' && state.objectives === objectives;
    if (!again) requireStatus(judgement, missionId, state, ['completed', 'cancelled']);
    return judgement.accept(() => (again ? [] : [MissionReviewed.of({ objectives })]));
  },
});

/** How the life of a mission is decided. */
export const lifeHandlers = [
  propose,
  approve,
  reject,
  publish,
  unpublish,
  suggest,
  extendScope,
  assignFacilitator,
  start,
  complete,
  cancel,
  review,
];
