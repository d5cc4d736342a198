import { describe, expect, test } from '@jest/globals';
import { past } from '@probono/testing';
import * as L from '../../test/lending.js';
import {
  AgentAssigned,
  assignmentEvents,
  MissionOrderIssued,
  OnboardingCompleted,
  PulseAnswered,
  SkillsAcquired,
  TestimonialConsentRevoked,
  TestimonialOffered,
} from './events.js';

const { ids } = L;
const here = { assignmentId: ids.assignment };
const personId = ids.agent;
const agreed = L.given(...L.people, ...L.published(), ...L.lending(), ...L.agreed());
const assigned = agreed.and(past(L.onAssignment, AgentAssigned.parse(L.terms)));

describe('a mission order', () => {
  const order = { number: '2027-12', from: '2027-01-11', to: '2027-03-31' };
  test('is issued by the authority of the employer, once', () => {
    const issued = assigned.when('IssueMissionOrder', { ...here, ...order }, L.authority);
    issued.expectEvents(MissionOrderIssued.parse(order));
    issued
      .next()
      .when('IssueMissionOrder', { ...here, ...order }, L.authority)
      .expectAlreadySo();
    const other = { ...here, ...order, to: '2027-03-30' };
    issued.next().when('IssueMissionOrder', other, L.authority).expectRefusals('assignment.wrong-state');
  });
  test('says all at once: not that authority, not within the assignment', () => {
    assigned
      .when('IssueMissionOrder', { ...here, ...order, to: '2027-07-01' }, L.stranger(L.authority))
      .expectRefusals('role.not-designated', 'assignment.order-outside-assignment');
  });
  test('is for days of the assignment, from its first to its last', () => {
    assigned.when('IssueMissionOrder', { ...here, ...order, ...L.days }, L.authority).expectFindings();
    assigned
      .when('IssueMissionOrder', { ...here, ...order, from: '2027-01-10' }, L.authority)
      .expectRefusals('assignment.order-outside-assignment');
  });
  test('is for one who has an employer', () => {
    const { employmentId: _, quota: __, ...bare } = L.terms;
    agreed
      .and(past(L.onAssignment, AgentAssigned.parse({ ...bare, title: { volunteering: true } })))
      .when('IssueMissionOrder', { ...here, ...order }, L.authority)
      .expectRefusals('assignment.wrong-state');
  });
  test('reads the employment and its employer, once someone is assigned', () => {
    const reads = (history: typeof agreed) =>
      history.when('IssueMissionOrder', { ...here, ...order }, L.authority).reads.slice(1);
    expect(reads(agreed)).toEqual([L.onMission]);
    expect(reads(assigned)).toEqual([L.onMission, L.onAgent, `organisation-${ids.home}`]);
    const unknown = past(L.onAssignment, AgentAssigned.parse({ ...L.terms, employmentId: L.uuid(97) }));
    expect(reads(agreed.and(unknown))).toEqual([L.onMission, L.onAgent]);
  });
  test('is for someone assigned', () => {
    agreed.when('IssueMissionOrder', { ...here, ...order }, L.authority).expectRefusals('assignment.wrong-state');
  });
});

test('onboarding is completed once, of someone assigned', () => {
  const onboarded = assigned.when('CompleteOnboarding', here, L.officer).expectEvents(OnboardingCompleted.parse({}));
  onboarded.next().when('CompleteOnboarding', here, L.officer).expectAlreadySo();
  agreed.when('CompleteOnboarding', here, L.officer).expectRefusals('assignment.wrong-state');
});

describe('a testimonial', () => {
  const words = { scope: 'programme', text: 'Je me suis senti utile.' } as const;
  const offered = assigned.when('OfferTestimonial', { ...here, ...words }, L.agent);
  test('is offered in person, and stands once', () => {
    offered.expectEvents(TestimonialOffered.parse({ personId, ...words }));
    offered
      .next()
      .when('OfferTestimonial', { ...here, ...words }, L.agent)
      .expectAlreadySo();
    assigned.when('OfferTestimonial', { ...here, ...words }, L.stranger(L.agent)).expectRefusals('role.not-designated');
  });
  test('is replaced only after its consent was revoked', () => {
    const other = { ...here, ...words, scope: 'public' };
    offered.next().when('OfferTestimonial', other, L.agent).expectRefusals('assignment.wrong-state');
    const revoked = offered.next().when('RevokeTestimonialConsent', here, L.agent);
    revoked.expectEvents(TestimonialConsentRevoked.parse({}));
    revoked.next().when('RevokeTestimonialConsent', here, L.agent).expectAlreadySo();
    revoked.next().when('OfferTestimonial', other, L.agent).expectFindings();
    offered.next().when('RevokeTestimonialConsent', here, L.stranger(L.agent)).expectRefusals('role.not-designated');
  });
});

describe('a pulse', () => {
  const answers = [{ question: 'meaning', score: 5 }];
  const answered = assigned.when('AnswerPulse', { ...here, phase: 'start', answers }, L.agent);
  test('is answered once a phase, in person', () => {
    answered.expectEvents(PulseAnswered.parse({ personId, phase: 'start', answers }));
    answered
      .next()
      .when('AnswerPulse', { ...here, phase: 'start', answers }, L.agent)
      .expectAlreadySo();
    const other = { ...here, phase: 'start', answers: [{ question: 'meaning', score: 1 }] };
    answered.next().when('AnswerPulse', other, L.agent).expectRefusals('assignment.wrong-state');
    answered
      .next()
      .when('AnswerPulse', { ...other, phase: 'mid' }, L.agent)
      .expectFindings();
    assigned.when('AnswerPulse', other, L.stranger(L.agent)).expectRefusals('role.not-designated');
  });
});

describe('skills', () => {
  test('are acquired in the eyes of the tutor; those known are not told again', () => {
    const first = assigned.when('AcquireSkills', { ...here, skills: ['tutorat'] }, L.tutor);
    first.expectEvents(SkillsAcquired.parse({ personId, skills: ['tutorat'] }));
    first
      .next()
      .when('AcquireSkills', { ...here, skills: ['tutorat'] }, L.tutor)
      .expectAlreadySo();
    first
      .next()
      .when('AcquireSkills', { ...here, skills: ['tutorat', 'animation'] }, L.tutor)
      .expectEvents(SkillsAcquired.parse({ personId, skills: ['animation'] }));
  });
  test('are acquired anew once what was known of them was erased', () => {
    const erased = { type: 'SkillsAcquired', data: { personId, skills: { erased: true } } };
    assigned
      .and(past(L.onAssignment, erased))
      .when('AcquireSkills', { ...here, skills: ['tutorat'] }, L.tutor)
      .expectEvents(SkillsAcquired.parse({ personId, skills: ['tutorat'] }));
  });
  test('are told by the tutor of that mission only', () => {
    const data = { ...here, skills: ['tutorat'] };
    assigned.when('AcquireSkills', data, L.stranger(L.tutor)).expectRefusals('role.not-designated');
    agreed.when('AcquireSkills', data, L.tutor).expectRefusals('assignment.wrong-state');
  });
});

test('what is said by or of a person is personal', () => {
  const personal = Object.values(assignmentEvents).flatMap(({ type, personal: fields }) =>
    fields.map(({ path, subject }) => `${type}.${path.join('.')} of ${subject}`),
  );
  expect(personal).toEqual([
    'TestimonialOffered.text of personId',
    'PulseAnswered.answers of personId',
    'SkillsAcquired.skills of personId',
  ]);
});
