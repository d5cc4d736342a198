import { describe, expect, test } from '@jest/globals';
import { type Given, type Past, past, scenarios } from '@probono/testing';
import * as C from '../../test/convention-life.js';
import { AccreditationSuspended } from '../organisation/events.js';
import { EmploymentEnded, SecondmentRecorded } from '../person/events.js';
import { conventionHandlersFor } from './decide.js';

const refusedBy = (terms: object, ...rules: readonly string[]) => C.submit(C.drafted(terms)).expectRefusals(...rules);
const submittedAmong = (history: readonly Past[], terms: object = C.full) =>
  C.submit(C.draft(C.given(...history), terms).next());
const standing = [C.accredited, C.committed, C.evidenced];

describe('drafting a convention', () => {
  test('writes the first version under the newest version of the framework', () => {
    const { decision } = C.draft(C.given(...C.everything), C.full);
    expect(decision).toMatchObject({
      accepted: true,
      framework: { id: 'strict', version: 2 },
      events: [{ type: 'ConventionDrafted', data: { version: 1, terms: { frameworkVersion: 2 } } }],
    });
  });
  test('twice is already so, and with other terms the wrong state', () => {
    C.draft(C.drafted()).expectAlreadySo();
    C.draft(C.drafted(), { ...C.pilot, noticeDays: 15 }).expectRefusals('convention.wrong-state');
  });
  test('is not already so once the text was revised, or submitted', () => {
    const shorter = { ...C.pilot, to: '2027-05-31' };
    const revised = C.act(C.drafted(), 'ReviseConvention', '2026-12-02', C.officer, { terms: shorter }).next();
    C.draft(revised, shorter).expectRefusals('convention.wrong-state');
    C.draft(C.submitted()).expectRefusals('convention.wrong-state');
  });
  test('needs a framework that is known', () => {
    C.draft(C.given(), { ...C.pilot, framework: 'unheard-of' }).expectRefusals('convention.framework-not-in-force');
    C.draft(C.drafted(), { ...C.pilot, framework: 'unheard-of' }).expectRefusals(
      'convention.framework-not-in-force',
      'convention.wrong-state',
    );
  });
  test('is for the programme officer', () => {
    C.act(C.given(), 'DraftConvention', '2026-12-01', C.home, { terms: C.pilot }).expectRefusals('role.not-allowed');
  });
  test('asks nothing of the text yet', () => {
    C.draft(C.given(), { ...C.full, clauses: [], to: '2040-01-01' }).expectFindings();
  });
});

describe('revising a convention', () => {
  const revise = (history: Given, terms: object) =>
    C.act(history, 'ReviseConvention', '2026-12-05', C.officer, { terms });
  const shorter = { ...C.pilot, to: '2027-05-31' };

  test('voids the freeze, the consents and the signatures', () => {
    const half = C.sign(C.agreed(C.submitted(), [C.ada], 1, '2026-12-04'), C.home).next();
    const revised = revise(half, shorter).next();
    expect(C.stateOf(revised).pending).toMatchObject({ version: 2, consents: {}, communicated: {}, signatures: {} });
    C.sign(revised, C.host).expectRefusals('convention.not-frozen');
  });
  test('with the same terms changes nothing', () => {
    revise(C.submitted(), C.pilot).expectAlreadySo();
  });
  test('is over once the convention is signed', () => {
    revise(C.signed(), shorter).expectRefusals('convention.wrong-state');
  });
  test('needs a framework that is known', () => {
    revise(C.drafted(), { ...C.pilot, framework: 'unheard-of' }).expectRefusals('convention.framework-not-in-force');
  });
});

describe('submitting a convention', () => {
  test('freezes the text with what its framework asks for', () => {
    const { decision } = C.submit(C.drafted(C.full));
    const required = { consent: true, communication: true, compatibility: true, assembly: false, order: true };
    expect(decision).toMatchObject({ events: [{ type: 'ConventionSubmitted', data: { version: 1, required } }] });
  });
  test('twice is already so, and of another document the wrong state', () => {
    C.submit(C.submitted()).expectAlreadySo();
    C.submit(C.submitted(), { docHash: C.otherHash }).expectRefusals('convention.wrong-state');
  });
  test('of nothing is the wrong state', () => {
    C.submit(C.given()).expectRefusals('convention.wrong-state');
  });
  test('needs the framework to be in the table still', () => {
    const { given } = scenarios({ rules: C.rules, handlers: conventionHandlersFor([]) });
    C.submit(given(...C.drafted().history)).expectRefusals('convention.framework-not-in-force');
    C.propose(given(...C.signed().history), '2027-05-01', { noticeDays: 15 }, '2027-05-15').expectRefusals(
      'convention.framework-not-in-force',
    );
  });
  test('needs signatories of both parties', () => {
    C.submit(C.drafted(), { signatories: C.signatories.slice(0, 1) }).expectRefusals('convention.signatory-unknown');
    const unknown = [...C.signatories, { party: 'home', personId: C.id(98) }];
    C.submit(C.drafted(), { signatories: unknown }).expectRefusals('convention.signatory-unknown');
  });
  test('says all that the text lacks at once', () => {
    const bare = { ...C.full, clauses: ['activities'], reimbursement: undefined, to: '2028-12-31' };
    C.submit(C.draft(C.given(...C.bodies(), ...C.people, C.evidenced), bare).next()).expectRefusals(
      'convention.clause-missing',
      'convention.reimbursement-missing',
      'convention.commitment-missing',
      'convention.host-not-accredited',
      'convention.period-too-long',
    );
  });
});

describe('who may lend and who may host', () => {
  test('no one lends to themselves', () => {
    refusedBy({ ...C.pilot, hostId: C.homeId }, 'convention.same-organisation', 'convention.signatory-unknown');
  });
  test('a home of a kind that is not admitted speaks alone, even of agents who are not its own', () => {
    const terms = { ...C.full, agents: [{ personId: C.ada, employmentId: C.benJob }] };
    const homes = C.bodies({ kind: 'region' });
    submittedAmong([...homes, ...C.people, ...standing], terms).expectRefusals('convention.home-not-eligible');
  });
  test('a small commune may not, a larger one may', () => {
    const commune = (inhabitants: number) =>
      submittedAmong([...C.bodies({ kind: 'commune', inhabitants }), ...C.people, ...standing]);
    commune(3500).expectRefusals('convention.home-not-eligible');
    commune(3501).expectFindings();
  });
  test('an EPCI needs taxes of its own', () => {
    const epci = (more: object) => submittedAmong([...C.bodies({ kind: 'epci', ...more }), ...C.people, ...standing]);
    epci({}).expectRefusals('convention.home-not-eligible');
    epci({ ownTaxation: true }).expectFindings();
  });
  test('a hospital from the day the framework admits it', () => {
    const hospital = (from: string) =>
      submittedAmong([...C.bodies({ kind: 'hospital' }), ...C.people, ...standing], { ...C.full, from });
    hospital('2026-12-31').expectRefusals('convention.home-not-eligible');
    hospital('2027-01-01').expectFindings();
  });
  test('a host of a kind that is not admitted is not also said to lack accreditation', () => {
    submittedAmong([...C.bodies({}, { kind: 'company_foundation' }), ...C.people], C.pilot).expectRefusals(
      'convention.host-not-eligible',
    );
  });
  test('an association by public utility or by the evidence it filed', () => {
    const without = (details: object) =>
      submittedAmong([...C.bodies({}, details), ...C.people, C.accredited, C.committed]);
    without({}).expectRefusals('convention.host-not-eligible');
    without({ publicUtility: true }).expectFindings();
  });
  test('a host whose accreditation was suspended', () => {
    const suspended = past(C.onHost, AccreditationSuspended.parse({ administrationId: C.homeId }));
    submittedAmong([...C.everything, suspended], C.pilot).expectRefusals('convention.host-not-accredited');
  });
});

describe('which agents may be lent', () => {
  test('those employed by the home administration on the first day', () => {
    const ended = past(`person-${C.ada}`, EmploymentEnded.parse({ employmentId: C.adaJob, on: '2026-12-31' }));
    submittedAmong([...C.everything, ended], C.pilot).expectRefusals('convention.agent-not-of-home');
    refusedBy({ ...C.pilot, agents: [{ personId: C.id(77), employmentId: C.id(78) }] }, 'convention.agent-not-of-home');
  });
  test('those of a branch that the framework admits', () => {
    const ofHospital = C.hire(C.ada, C.adaJob, { branch: 'hospital' });
    submittedAmong([...C.bodies(), ...standing, ofHospital]).expectRefusals('convention.agent-not-eligible');
  });
  test('contract agents with a justification, where their status is in doubt', () => {
    const people = [...C.bodies(), ...standing, C.hire(C.ada, C.adaJob, { status: 'contract' })];
    const before = C.draft(C.given(...people), C.full).next();
    C.submit(before).expectRefusals('convention.agent-not-eligible');
    C.submit(before, {}, { justification: 'avis du bureau' }).expectFindings('convention.agent-not-eligible');
    submittedAmong(people, C.pilot).expectFindings();
  });
});

describe('how long', () => {
  test('the pilot lends for six months, longer with a justification', () => {
    const longer = C.drafted({ ...C.pilot, to: '2027-07-01' });
    C.submit(C.drafted()).expectFindings();
    C.submit(longer).expectRefusals('convention.period-too-long');
    C.submit(longer, {}, { justification: 'calendrier scolaire' }).expectFindings('convention.period-too-long');
  });
  test('eighteen months fit to the day, and outliving the framework is a warning', () => {
    const until = (to: string) => C.submit(C.drafted({ ...C.full, from: '2026-11-21', to }));
    until('2027-12-27').expectFindings();
    until('2028-05-20').expectFindings('convention.outlives-framework');
    until('2028-05-21').expectRefusals('convention.period-too-long');
    refusedBy({ ...C.full, from: '2028-01-03', to: '2028-06-30' }, 'convention.framework-not-in-force');
  });
  test('thirty-six months in all with one host, under one framework', () => {
    const earlier = (more: object) =>
      past(
        `person-${C.ada}`,
        SecondmentRecorded.parse({
          conventionId: C.id(5),
          hostId: C.hostId,
          framework: 'strict',
          from: '2023-01-01',
          to: '2025-12-31',
          ...more,
        }),
      );
    submittedAmong([...C.everything, earlier({})]).expectRefusals('convention.total-too-long');
    submittedAmong([...C.everything, earlier({ hostId: C.id(6) })]).expectFindings();
    submittedAmong([...C.everything, earlier({ framework: 'idf-2017-pilot' })]).expectFindings();
    // 1096 days allowed from 2023-01-01; the new period has 181.
    submittedAmong([...C.everything, earlier({ to: '2025-07-03' })]).expectFindings();
    submittedAmong([...C.everything, earlier({ to: '2025-07-04' })]).expectRefusals('convention.total-too-long');
  });
});

describe('money', () => {
  test('above the threshold a subsidy convention is due, which warns', () => {
    const received = (cents?: number) => C.submit(C.draft(C.world(cents).given(...C.everything), C.full).next());
    received(2_300_001).expectFindings('convention.subsidy-convention-due');
    received(2_300_000).expectFindings();
    received().expectFindings();
  });
  test('a reimbursed secondment needs neither commitment nor subsidy clauses', () => {
    const paid = { ...C.full, clauses: ['activities', 'duration'], reimbursement: { kind: 'full' } };
    submittedAmong([...C.bodies(), ...C.people, C.accredited, C.evidenced], paid).expectFindings();
  });
});
