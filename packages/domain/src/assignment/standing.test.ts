import { describe, expect, test } from '@jest/globals';
import { past } from '@probono/testing';
import * as L from '../../test/lending.js';
import { told } from '../../test/told.js';
import { AgentAssigned, AssignmentEnded, OnboardingCompleted } from './events.js';
import { assignment } from './state.js';

const here = { assignmentId: L.ids.assignment };
const order = { number: '1', from: '2027-01-11', to: '2027-01-31' };
const end = { on: '2027-01-04', cause: 'other' } as const;
const hash = 'a'.repeat(64);

/** Every command but the first, from somebody in its role whom nobody designated. */
const commands = [
  ['WithdrawApplication', {}, L.agent],
  ['GrantManagerApproval', {}, L.manager],
  ['RefuseManagerApproval', {}, L.manager],
  ['AcceptApplication', {}, L.hostPerson],
  ['DeclineApplication', {}, L.hostPerson],
  ['ConsentToAssignment', {}, L.agent],
  ['AssignAgent', { title: { volunteering: true }, ...L.days }, L.officer],
  ['IssueMissionOrder', order, L.authority],
  ['CompleteOnboarding', {}, L.officer],
  ['EndAssignment', end, L.officer],
  ['OfferTestimonial', { scope: 'public', text: 'Utile.' }, L.agent],
  ['RevokeTestimonialConsent', {}, L.agent],
  ['AnswerPulse', { phase: 'mid', answers: [{ question: 'meaning', score: 4 }] }, L.agent],
  ['AcquireSkills', { skills: ['tutorat'] }, L.tutor],
  ['IssueServiceCertificate', { periods: [L.days] }, L.officer],
  ['SupersedeServiceCertificate', { hash }, L.officer],
] as const;

const place = L.given(...L.people, ...L.published(), ...L.lending());
const assigned = place.and(...L.agreed(), past(L.onAssignment, AgentAssigned.parse(L.terms)));

describe('where the assignment does not stand as a command needs it, that alone is told', () => {
  test.each(commands)('%s, before anyone applied', (command, data, who) => {
    const outcome = place.when(command, { ...here, ...data }, L.stranger(who)).expectRefusals('assignment.wrong-state');
    expect(told(outcome)['assignment.wrong-state']).toMatchObject({ ...here, status: 'none' });
  });
  test.each(commands.slice(0, 7))('%s, once it has ended', (command, data, who) => {
    const ended = assigned.and(past(L.onAssignment, AssignmentEnded.parse(end)));
    ended.when(command, { ...here, ...data }, L.stranger(who)).expectRefusals('assignment.wrong-state');
  });
  test('with where it stands, and where the command would have it', () => {
    const facts = (command: string, data: object, who: typeof L.officer, history = assigned) =>
      told(history.when(command, { ...here, ...data }, who))['assignment.wrong-state'];
    expect(facts('AcceptApplication', {}, L.hostPerson)).toEqual({
      ...here,
      status: 'assigned',
      expected: ['manager_approved', 'host_accepted'],
    });
    const nowhere = { ...here, expected: [] };
    const volunteer = place.and(...L.agreed(false));
    expect(facts('GrantManagerApproval', {}, L.manager, volunteer)).toEqual({ ...nowhere, status: 'consented' });
    const issued = assigned.when('IssueMissionOrder', { ...here, ...order }, L.authority).next();
    const again = { ...order, to: '2027-01-30' };
    expect(facts('IssueMissionOrder', again, L.authority, issued)).toEqual({ ...nowhere, status: 'assigned' });
    const words = { ...here, scope: 'public', text: 'Utile.' };
    const offered = assigned.when('OfferTestimonial', words, L.agent).next();
    const other = { scope: 'public', text: 'Beau.' };
    expect(facts('OfferTestimonial', other, L.agent, offered)).toEqual({ ...nowhere, status: 'assigned' });
    const [first, second] = [4, 5].map((score) => ({ phase: 'mid', answers: [{ question: 'meaning', score }] }));
    const answered = assigned.when('AnswerPulse', { ...here, ...first }, L.agent).next();
    expect(facts('AnswerPulse', second ?? {}, L.agent, answered)).toEqual({ ...nowhere, status: 'assigned' });
    expect(facts('SupersedeServiceCertificate', { hash }, L.officer)).toEqual({ ...nowhere, status: 'assigned' });
    const { quota: _, ...bare } = L.terms;
    const serving = past(L.onAssignment, AgentAssigned.parse({ ...bare, title: { volunteering: true } }));
    const certificate = { periods: [L.days] };
    expect(facts('IssueServiceCertificate', certificate, L.officer, volunteer.and(serving))).toEqual({
      ...nowhere,
      status: 'assigned',
    });
  });
});

describe('what may be done while assigned may be done once onboarded', () => {
  const onboarded = assigned.and(past(L.onAssignment, OnboardingCompleted.parse({})));
  test('an order is issued, and the assignment ends', () => {
    onboarded.when('IssueMissionOrder', { ...here, ...order }, L.authority).expectFindings();
    onboarded.when('EndAssignment', { ...here, ...end }, L.officer).expectFindings();
  });
});

test('an assignment that nobody applied for holds nothing', () => {
  expect(assignment.initial()).toEqual({ status: 'none', orders: {}, pulses: {}, skills: [], certificates: {} });
});
