import { handle } from '../kernel/command.js';
import { requireDesignated } from '../kernel/designation.js';
import { sameFacts } from '../kernel/digest.js';
import type { AssignmentId } from '../kernel/identifiers.js';
import { isErased } from '../kernel/personal.js';
import { read } from '../kernel/reading.js';
import type { MissionState } from '../mission/state.js';
import { isRepresentative, isTutor } from '../organisation/queries.js';
import { organisation } from '../organisation/state.js';
import { employmentOf } from '../person/queries.js';
import { person } from '../person/state.js';
import {
  AcquireSkills,
  AnswerPulse,
  CompleteOnboarding,
  IssueMissionOrder,
  OfferTestimonial,
  RevokeTestimonialConsent,
} from './commands.js';
import {
  MissionOrderIssued,
  OnboardingCompleted,
  PulseAnswered,
  SkillsAcquired,
  TestimonialConsentRevoked,
  TestimonialOffered,
} from './events.js';
import { missionAndHost, missionOf, requireInPerson, requireStatus, sinceAssigned, siteZone } from './requirements.js';
import { type AssignmentState, type AssignmentStatus, assignment } from './state.js';

const id = (data: { assignmentId: AssignmentId }) => data.assignmentId;

const onMission = {
  id,
  context: missionOf,
  zone: (_: Readonly<AssignmentState>, on: Readonly<MissionState>) => siteZone(on),
};

const issueOrder = handle(IssueMissionOrder, assignment, {
  id,
  *context(state) {
    const on = yield* missionOf(state);
    const agent = state.assigned === undefined ? person.initial() : yield* read(person, state.assigned.personId);
    const employerId = employmentOf(agent, state.assigned?.employmentId)?.employerId;
    const employer = employerId === undefined ? organisation.initial() : yield* read(organisation, employerId);
    return { on, employer, employerId };
  },
  zone: (_, { on }) => siteZone(on),
  decide(state, { data: { assignmentId, ...order }, meta: { actor } }, { employer, employerId }, judgement) {
    const known = state.orders[order.number];
    const again = known !== undefined && sameFacts(known, order);
    // Only one who has an employer can be sent on an order; a number is used once.
    const sendable = state.assigned?.employmentId !== undefined && (known === undefined || again);
    const open: readonly AssignmentStatus[] = again ? sinceAssigned : ['assigned', 'onboarded'];
    if (!requireStatus(judgement, assignmentId, state, sendable ? open : [])) return [];
    const designated = isRepresentative(employer, actor.id, 'authority');
    requireDesignated(judgement, actor, 'authority', designated, `organisation ${employerId ?? 'none'}`);
    const { from, to } = state.assigned ?? order;
    judgement.require('assignment.order-outside-assignment', from <= order.from && order.to <= to, {
      assignmentId,
      ...order,
      assignedFrom: from,
      assignedTo: to,
    });
    return judgement.accept(() => (again ? [] : [MissionOrderIssued.of(order)]));
  },
});

const onboard = handle(CompleteOnboarding, assignment, {
  ...onMission,
  decide(state, { data: { assignmentId } }, _, judgement) {
    requireStatus(judgement, assignmentId, state, ['assigned', 'onboarded']);
    return judgement.accept(() => (state.status === 'onboarded' ? [] : [OnboardingCompleted.of({})]));
  },
});

const offer = handle(OfferTestimonial, assignment, {
  ...onMission,
  decide(state, { data: { assignmentId, scope, text }, meta: { actor } }, _, judgement) {
    const { testimonial, assigned } = state;
    const again = testimonial !== undefined && sameFacts(testimonial, { scope, text });
    const free = testimonial === undefined || again;
    // One testimonial at a time: to change it, its author revokes the consent first.
    const open = requireStatus(judgement, assignmentId, state, free ? sinceAssigned : []);
    if (open) requireInPerson(judgement, actor, assigned?.personId);
    return judgement.accept(() =>
      again || assigned === undefined ? [] : [TestimonialOffered.of({ personId: assigned.personId, scope, text })],
    );
  },
});

const revoke = handle(RevokeTestimonialConsent, assignment, {
  ...onMission,
  decide(state, { data: { assignmentId }, meta: { actor } }, _, judgement) {
    if (requireStatus(judgement, assignmentId, state, sinceAssigned))
      requireInPerson(judgement, actor, state.assigned?.personId);
    return judgement.accept(() => (state.testimonial === undefined ? [] : [TestimonialConsentRevoked.of({})]));
  },
});

const answer = handle(AnswerPulse, assignment, {
  ...onMission,
  decide(state, { data: { assignmentId, phase, answers }, meta: { actor } }, _, judgement) {
    const { assigned } = state;
    const given = state.pulses[phase];
    const again = given !== undefined && sameFacts(given, answers);
    const open = requireStatus(judgement, assignmentId, state, given === undefined || again ? sinceAssigned : []);
    if (open) requireInPerson(judgement, actor, assigned?.personId);
    return judgement.accept(() =>
      again || assigned === undefined ? [] : [PulseAnswered.of({ personId: assigned.personId, phase, answers })],
    );
  },
});

const acquire = handle(AcquireSkills, assignment, {
  id,
  context: missionAndHost,
  zone: (_, { on }) => siteZone(on),
  decide(state, { data: { assignmentId, skills }, meta: { actor } }, { host }, judgement) {
    const { assigned } = state;
    if (requireStatus(judgement, assignmentId, state, sinceAssigned)) {
      const tutors = isTutor(host, actor.id, assigned?.missionId);
      requireDesignated(judgement, actor, 'tutor', tutors, `mission ${assigned?.missionId ?? 'none'}`);
    }
    const known = new Set(state.skills.flatMap((list) => (isErased(list) ? [] : list)));
    const fresh = [...new Set(skills)].filter((skill) => !known.has(skill));
    return judgement.accept(() =>
      fresh.length === 0 || assigned === undefined
        ? []
        : [SkillsAcquired.of({ personId: assigned.personId, skills: fresh })],
    );
  },
});

/** How what happens in the course of an assignment is decided, and what people say of it. */
export const courseHandlers = [issueOrder, onboard, offer, revoke, answer, acquire];
