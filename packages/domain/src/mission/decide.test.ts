import { describe, expect, test } from '@jest/globals';
import { past } from '@probono/testing';
import * as L from '../../test/lending.js';
import {
  BeneficiaryOutcomeRecorded,
  DeliverableRecorded,
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
  missionEvents,
} from './events.js';

const { ids } = L;
const here = { missionId: ids.mission };
const propose = { ...here, ...L.proposal };
const nobody = L.given(...L.people);
const proposed = nobody.and(...L.published().slice(0, 1));
const approved = nobody.and(...L.published().slice(0, 2));
const published = nobody.and(...L.published());
const started = published.and(past(L.onMission, MissionStarted.parse({})));
const completed = started.and(past(L.onMission, MissionCompleted.parse({})));

describe('proposing a mission', () => {
  test('is for the host, who is represented', () => {
    nobody.when('ProposeMission', propose, L.hostPerson).expectEvents(MissionProposed.parse(L.proposal));
    nobody.when('ProposeMission', propose, L.stranger(L.hostPerson)).expectRefusals('role.not-designated');
    nobody.when('ProposeMission', propose, L.agent).expectRefusals('role.not-allowed');
  });
  test('sent twice is already so; with other seats it is the wrong state', () => {
    proposed.when('ProposeMission', propose, L.hostPerson).expectAlreadySo();
    proposed.when('ProposeMission', { ...propose, seats: 2 }, L.hostPerson).expectRefusals('mission.wrong-state');
  });
});

describe('the officer', () => {
  const attestation = { withinPurpose: true, skillsUseful: true };
  test('approves what is within the purpose of the host', () => {
    proposed
      .when('ApproveMission', { ...here, ...attestation }, L.officer)
      .expectEvents(MissionApproved.parse({ withinPurpose: true, skillsUseful: true }));
    approved.when('ApproveMission', { ...here, ...attestation }, L.officer).expectAlreadySo();
    nobody.when('ApproveMission', { ...here, ...attestation }, L.officer).expectRefusals('mission.wrong-state');
  });
  test('does not approve what is outside', () => {
    proposed
      .when('ApproveMission', { ...here, ...attestation, withinPurpose: false }, L.officer)
      .expectRefusals('mission.outside-purpose');
  });
  test('rejects it instead', () => {
    const reject = { ...here, cause: 'outside_purpose' };
    const rejected = proposed.when('RejectMission', reject, L.officer);
    rejected.expectEvents(MissionRejected.parse({ cause: 'outside_purpose' }));
    rejected.next().when('RejectMission', reject, L.officer).expectAlreadySo();
    approved.when('RejectMission', reject, L.officer).expectRefusals('mission.wrong-state');
  });
  test('publishes and unpublishes', () => {
    approved.when('PublishMission', here, L.officer).expectEvents(MissionPublished.parse({}));
    published.when('PublishMission', here, L.officer).expectAlreadySo();
    published.when('UnpublishMission', here, L.officer).expectEvents(MissionUnpublished.parse({}));
    approved.when('UnpublishMission', here, L.officer).expectAlreadySo();
    proposed.when('PublishMission', here, L.officer).expectRefusals('mission.wrong-state');
    started.when('UnpublishMission', here, L.officer).expectRefusals('mission.wrong-state');
  });
  test('assigns a facilitator', () => {
    const facilitator = { ...here, personId: ids.stranger };
    const done = approved.when('AssignFacilitator', facilitator, L.officer);
    done.expectEvents(FacilitatorAssigned.parse({ personId: ids.stranger }));
    done.next().when('AssignFacilitator', facilitator, L.officer).expectAlreadySo();
    proposed.when('AssignFacilitator', facilitator, L.officer).expectRefusals('mission.wrong-state');
  });
  test('starts, completes and reviews', () => {
    published.when('StartMission', here, L.officer).expectEvents(MissionStarted.parse({}));
    started.when('StartMission', here, L.officer).expectAlreadySo();
    started.when('CompleteMission', here, L.officer).expectEvents(MissionCompleted.parse({}));
    completed.when('CompleteMission', here, L.officer).expectAlreadySo();
    const reviewed = completed.when('ReviewMission', { ...here, objectives: 'met' }, L.officer);
    reviewed.expectEvents(MissionReviewed.parse({ objectives: 'met' }));
    reviewed
      .next()
      .when('ReviewMission', { ...here, objectives: 'met' }, L.officer)
      .expectAlreadySo();
    proposed.when('StartMission', here, L.officer).expectRefusals('mission.wrong-state');
    published.when('CompleteMission', here, L.officer).expectRefusals('mission.wrong-state');
    started.when('ReviewMission', { ...here, objectives: 'met' }, L.officer).expectRefusals('mission.wrong-state');
  });
  test('cancels what is not over', () => {
    const cancel = { ...here, cause: 'host_request' };
    const cancelled = started.when('CancelMission', cancel, L.officer);
    cancelled.expectEvents(MissionCancelled.parse({ cause: 'host_request' }));
    cancelled.next().when('CancelMission', cancel, L.officer).expectAlreadySo();
    completed.when('CancelMission', cancel, L.officer).expectRefusals('mission.wrong-state');
  });
});

describe('a manager', () => {
  const suggest = { ...here, personId: ids.agent, employmentId: ids.employment };
  test('suggests a published mission to an agent of theirs', () => {
    const suggested = published.when('SuggestMissionToAgent', suggest, L.manager);
    suggested.expectEvents(MissionSuggestedToAgent.parse({ personId: ids.agent, employmentId: ids.employment }));
    suggested.next().when('SuggestMissionToAgent', suggest, L.manager).expectAlreadySo();
  });
  test('says all at once: not that manager, not published', () => {
    approved
      .when('SuggestMissionToAgent', suggest, L.stranger(L.manager))
      .expectRefusals('role.not-designated', 'mission.wrong-state');
  });
});

describe('extending the scope', () => {
  const workshop = { activities: 'Tutorat, et un atelier sur le climat', initiatedBy: ids.agent };
  test('to other activities calls for an amendment', () => {
    const extended = started.when('ExtendMissionScope', { ...here, ...workshop }, L.hostPerson);
    extended.expectEvents(MissionScopeExtended.parse(workshop)).expectFindings('mission.amendment-due');
    extended
      .next()
      .when('ExtendMissionScope', { ...here, ...workshop }, L.hostPerson)
      .expectAlreadySo();
  });
  test('to other skills does not', () => {
    const wider = { skills: ['animation'], beneficiaries: 'habitants' };
    const extended = started.when('ExtendMissionScope', { ...here, ...wider }, L.hostPerson).expectFindings();
    expect(extended.next().state(L.onMission)).toMatchObject({ proposed: { ...L.proposal, ...wider } });
  });
  test('is for the host, of a mission that goes on', () => {
    started
      .when('ExtendMissionScope', { ...here, ...workshop }, L.stranger(L.hostPerson))
      .expectRefusals('role.not-designated');
    completed.when('ExtendMissionScope', { ...here, ...workshop }, L.hostPerson).expectRefusals('mission.wrong-state');
  });
});

describe('the tutor', () => {
  const outcome = { outcomeId: L.uuid(60), kind: 'job-found', count: 2 };
  const deliverable = { deliverableId: L.uuid(61), title: 'Liaison, numéro 176' };
  test.each([
    ['RecordBeneficiaryOutcome', outcome, { count: 3 }, BeneficiaryOutcomeRecorded.parse(outcome)],
    ['RecordDeliverable', deliverable, { title: 'Liaison' }, DeliverableRecorded.parse(deliverable)],
  ])('gives %s once under its id', (command, data, other, fact) => {
    const recorded = started.when(command, { ...here, ...data }, L.tutor).expectEvents(fact);
    recorded
      .next()
      .when(command, { ...here, ...data }, L.tutor)
      .expectAlreadySo();
    recorded
      .next()
      .when(command, { ...here, ...data, ...other }, L.tutor)
      .expectRefusals('mission.wrong-state');
    started.when(command, { ...here, ...data }, L.stranger(L.tutor)).expectRefusals('role.not-designated');
    published.when(command, { ...here, ...data }, L.tutor).expectRefusals('mission.wrong-state');
  });
});

test('nothing in a mission is personal: it speaks of counts and of opaque ids', () => {
  expect(Object.values(missionEvents).flatMap(({ personal }) => personal)).toEqual([]);
});
