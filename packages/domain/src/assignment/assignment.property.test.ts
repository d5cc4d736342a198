import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as L from '../../test/lending.js';

const here = { assignmentId: L.ids.assignment };
const application = { missionId: L.ids.mission, personId: L.ids.agent, employmentId: L.ids.employment };
const answers = [{ question: 'meaning', score: 4 }];

/** Every command of an assignment, as the one who is meant to would give it. */
const acts = [
  ['SubmitApplication', { ...here, ...application }, L.agent],
  ['WithdrawApplication', here, L.agent],
  ['GrantManagerApproval', here, L.manager],
  ['RefuseManagerApproval', here, L.manager],
  ['AcceptApplication', here, L.hostPerson],
  ['DeclineApplication', here, L.hostPerson],
  ['ConsentToAssignment', here, L.agent],
  ['AssignAgent', { ...L.byConvention, allottedMinutes: 600 }, L.officer],
  ['IssueMissionOrder', { ...here, number: '1', ...L.days }, L.authority],
  ['CompleteOnboarding', here, L.officer],
  ['EndAssignment', { ...here, on: '2027-01-04', cause: 'other' }, L.clerk],
  ['OfferTestimonial', { ...here, scope: 'public', text: 'Utile.' }, L.agent],
  ['RevokeTestimonialConsent', here, L.agent],
  ['AnswerPulse', { ...here, phase: 'mid', answers }, L.agent],
  ['AcquireSkills', { ...here, skills: ['tutorat'] }, L.tutor],
  ['IssueServiceCertificate', { ...here, periods: [L.days] }, L.officer],
] as const;

/** The order in which an assignment goes well, so that walks get far enough to tell something. */
const well = [0, 2, 4, 6, 7];
const walks = fc.tuple(fc.nat(well.length), fc.array(fc.nat(acts.length - 1), { maxLength: 15 }));

describe('whatever is tried on an assignment, in any order', () => {
  test('what was accepted folds, and the same act again records nothing', () => {
    fc.assert(
      fc.property(walks, ([steps, more]) => {
        let history = L.given(...L.people, ...L.published(), ...L.lending({ poolMinutes: 1000 }));
        for (const act of [...well.slice(0, steps), ...more]) {
          const [command, data, who] = acts[act] ?? acts[0];
          const before = history.history.length;
          history = history.when(command, data, who).next();
          const again = history.when(command, data, who).next();
          expect(again.history.length).toBe(history.history.length);
          expect(history.history.length).toBeGreaterThanOrEqual(before);
        }
      }),
      { numRuns: 200 },
    );
  });
  test('a seat, a quota and minutes are held exactly while someone is assigned', () => {
    fc.assert(
      fc.property(walks, ([steps, more]) => {
        let history = L.given(...L.people, ...L.published(), ...L.lending({ poolMinutes: 1000 }));
        for (const act of [...well.slice(0, steps), ...more]) {
          const [command, data, who] = acts[act] ?? acts[0];
          history = history.when(command, data, who).next();
          const count = (type: string) => history.history.filter(({ fact }) => fact.type === type).length;
          const assigned = count('AgentAssigned') - count('AssignmentEnded');
          expect(count('SeatTaken') - count('SeatReleased')).toBe(assigned);
          expect(count('QuotaTaken') - count('QuotaReleased')).toBe(assigned);
          expect(count('HoursAllotted') - count('AllotmentReleased')).toBe(assigned);
        }
      }),
      { numRuns: 200 },
    );
  });
});
