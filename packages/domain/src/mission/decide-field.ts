import { handle } from '../kernel/command.js';
import { requireDesignated } from '../kernel/designation.js';
import type { MissionId } from '../kernel/identifiers.js';
import { read } from '../kernel/reading.js';
import { isTutor } from '../organisation/queries.js';
import { organisation } from '../organisation/state.js';
import { RecordBeneficiaryOutcome, RecordDeliverable } from './commands.js';
import { BeneficiaryOutcomeRecorded, DeliverableRecorded } from './events.js';
import { requireNew, requireStatus, siteZone } from './requirements.js';
import { type MissionState, type MissionStatus, mission } from './state.js';

const underWay: readonly MissionStatus[] = ['started', 'completed', 'reviewed'];

const byTutor = {
  id: (data: { missionId: MissionId }) => data.missionId,
  *context({ proposed }: Readonly<MissionState>) {
    return proposed === undefined ? organisation.initial() : yield* read(organisation, proposed.hostId);
  },
  zone: siteZone,
};

const recordOutcome = handle(RecordBeneficiaryOutcome, mission, {
  ...byTutor,
  decide(state, { data: { missionId, outcomeId, kind, count }, meta: { actor } }, host, judgement) {
    const again = requireNew(judgement, missionId, outcomeId, state.outcomes[outcomeId], { kind, count });
    const open = requireStatus(judgement, missionId, state, underWay);
    if (open) requireDesignated(judgement, actor, 'tutor', isTutor(host, actor.id, missionId), `mission ${missionId}`);
    return judgement.accept(() => (again ? [] : [BeneficiaryOutcomeRecorded.of({ outcomeId, kind, count })]));
  },
});

const recordDeliverable = handle(RecordDeliverable, mission, {
  ...byTutor,
  decide(state, { data: { missionId, deliverableId, ...deliverable }, meta: { actor } }, host, judgement) {
    const again = requireNew(judgement, missionId, deliverableId, state.deliverables[deliverableId], deliverable);
    const open = requireStatus(judgement, missionId, state, underWay);
    if (open) requireDesignated(judgement, actor, 'tutor', isTutor(host, actor.id, missionId), `mission ${missionId}`);
    return judgement.accept(() => (again ? [] : [DeliverableRecorded.of({ deliverableId, ...deliverable })]));
  },
});

/** How what a mission brings about is recorded, by the tutor who sees it. */
export const fieldHandlers = [recordOutcome, recordDeliverable];
