import { describe, expect, test } from '@jest/globals';
import { type Given, past } from '@probono/testing';
import * as C from '../../test/convention-life.js';
import {
  AssemblyInformed,
  CompatibilityAssessed,
  ConventionEnteredIntoForce,
  ConventionSigned,
  ConventionSignedByParty,
  ConventionSubmitted,
  SecondmentOrderIssued,
} from './events.js';
import { forceOn } from './queries.js';

const personId = C.ada;
const asked = { personId, number: '2026-17', from: '2027-01-01', to: '2027-06-30' };

const assess = (history: Given, outcome: string, actor: { id: string; role: string } = C.ethics, more: object = {}) =>
  C.act(history, 'AssessCompatibility', '2026-12-06', actor, { personId, version: 1, outcome, ...more });
const inform = (history: Given, on: string, actor: { id: string; role: string } = C.home) =>
  C.act(history, 'InformAssembly', '2026-12-06', actor, { on });
const order = (history: Given, data: object = {}, date = '2026-12-10', actor = C.authority) =>
  C.act(history, 'IssueSecondmentOrder', date, actor, { ...asked, ...data });
const enter = (history: Given, on: string, date: string) =>
  C.act(history, 'EnterConventionIntoForce', date, C.clerk, { personId, on });
const withdraw = (history: Given) =>
  C.act(history, 'WithdrawAgentConsent', '2026-12-09', C.agent(personId), { personId, version: 1 }).next();

const signed = C.signed(C.full);
const cleared = assess(signed, 'favourable').next();
const ordered = order(cleared).next();

/** The strict framework asks communes to inform their assembly. */
const commune = [...C.bodies({ kind: 'commune', inhabitants: 9000 }), ...C.people, C.accredited, C.committed];
const ofCommune = C.bound(
  C.agreed(C.submit(C.draft(C.given(...commune, C.evidenced), C.full).next()).next(), [C.ada], 1, '2026-12-04'),
  1,
  '2026-12-05',
);

describe('assessing compatibility', () => {
  test('is for the authority or the ethics officer of the home administration', () => {
    const facts = { personId, version: 1, outcome: 'favourable' } as const;
    assess(signed, 'favourable').expectEvents(CompatibilityAssessed.parse(facts));
    assess(signed, 'favourable', C.authority).expectEvents(CompatibilityAssessed.parse(facts));
    assess(signed, 'favourable', C.stranger('authority')).expectRefusals('role.not-designated');
    assess(cleared, 'favourable').expectAlreadySo();
  });
  test('carries its reservations, which are personal', () => {
    const reservations = 'sans accès aux marchés';
    assess(signed, 'favourable_with_reservations', C.ethics, { reservations }).expectEvents(
      CompatibilityAssessed.parse({ personId, version: 1, outcome: 'favourable_with_reservations', reservations }),
    );
    expect(CompatibilityAssessed.personal).toEqual([{ path: ['reservations'], subject: 'personId' }]);
  });
  test('binds to a frozen version', () => {
    assess(C.drafted(C.full), 'favourable').expectRefusals('convention.not-frozen');
    assess(signed, 'favourable', C.ethics, { version: 2 }).expectRefusals('convention.hash-mismatch');
  });
});

describe('informing the assembly', () => {
  test('is for the home administration, once', () => {
    const { next } = inform(ofCommune, '2026-12-03').expectEvents(AssemblyInformed.parse({ on: '2026-12-03' }));
    inform(next(), '2026-12-03').expectAlreadySo();
    inform(ofCommune, '2026-12-03', C.stranger('home_representative')).expectRefusals('role.not-designated');
    inform(C.given(), '2026-12-03').expectRefusals('convention.wrong-state');
  });
  test('is possible from the draft to the end', () => {
    const half = C.sign(C.agreed(C.submitted(), [C.ada], 1, '2026-12-04'), C.home).next();
    for (const history of [C.drafted(), C.submitted(), half, C.signed()])
      inform(history, '2026-12-03').expectFindings();
    const informed = (history: Given, date: string) => C.act(history, 'InformAssembly', date, C.home, { on: date });
    const suspended = C.act(C.signed(), 'SuspendConvention', '2027-03-01', C.home, { from: '2027-03-10' }).next();
    const noticed = C.act(C.signed(), 'GiveTerminationNotice', '2027-02-01', C.home, { endsOn: '2027-03-03' }).next();
    informed(C.signed(), '2027-02-01').expectFindings();
    informed(suspended, '2027-03-10').expectFindings();
    informed(noticed, '2027-02-02').expectFindings();
    informed(noticed, '2027-03-04').expectRefusals('convention.wrong-state');
  });
});

describe('issuing the order', () => {
  test('is recorded once, by the authority of the home administration', () => {
    order(cleared).expectEvents(SecondmentOrderIssued.parse(asked));
    order(ordered).expectAlreadySo();
    order(cleared, {}, '2026-12-10', C.stranger('authority')).expectRefusals('role.not-designated');
  });
  test('needs all signatures and an agent of the convention', () => {
    order(C.submitted(C.full)).expectRefusals('convention.wrong-state');
    order(cleared, { personId: C.ben }).expectRefusals('convention.wrong-state');
  });
  test('needs a favourable assessment where the framework asks for one', () => {
    order(signed).expectRefusals('convention.compatibility-missing');
    order(assess(signed, 'unfavourable').next()).expectRefusals('convention.compatibility-unfavourable');
    order(C.signed()).expectEvents(SecondmentOrderIssued.parse(asked));
  });
  test('needs the assembly informed, by the day of the order', () => {
    const assessed = assess(ofCommune, 'favourable').next();
    order(assessed).expectRefusals('convention.assembly-not-informed');
    order(inform(assessed, '2026-12-11').next()).expectRefusals('convention.assembly-not-informed');
    order(inform(assessed, '2026-12-10').next()).expectFindings();
  });
  test('is one more where the number or the days are others, also while suspended', () => {
    for (const other of [{ number: '2026-18' }, { from: '2027-01-02' }, { to: '2027-06-29' }])
      order(ordered, other).expectEvents(SecondmentOrderIssued.parse({ ...asked, ...other }));
    const suspended = C.act(ordered, 'SuspendConvention', '2027-03-01', C.home, { from: '2027-03-10' }).next();
    order(suspended, { number: '2027-1' }, '2027-03-10').expectFindings();
  });
  test('is for one whose notice has not run out, unless it is their own', () => {
    const notice = { personId, endsOn: '2027-03-03' };
    const leaving = C.act(ordered, 'GiveTerminationNotice', '2027-02-01', C.home, notice).next();
    order(leaving, { number: '2027-1' }, '2027-03-03').expectFindings();
    const back = { personId, version: 1 };
    const gone = C.act(ordered, 'WithdrawAgentConsent', '2027-02-01', C.agent(personId), back).next();
    order(gone, { number: '2027-1' }, '2027-02-02').expectRefusals('convention.consent-missing');
  });
  test('needs the consent to stand', () => {
    order(withdraw(cleared)).expectRefusals('convention.consent-missing');
  });
  test('lies within the period', () => {
    order(cleared, { from: '2026-12-31' }).expectRefusals('convention.order-outside-period');
    order(cleared, { to: '2027-07-01' }).expectRefusals('convention.order-outside-period');
  });
  test('gives force to that agent, for its own days, and not before it was issued', () => {
    const on = (history: Given, date: string) => forceOn(C.stateOf(history), personId, C.day(date));
    expect(on(cleared, '2027-02-01')).toBe('outside');
    expect(on(ordered, '2027-01-01')).toBe('in_force');
    const later = order(cleared, { from: '2027-02-01', to: '2027-03-31' }).next();
    expect(['2027-01-31', '2027-02-01', '2027-03-31', '2027-04-01'].map((date) => on(later, date))).toEqual([
      'outside',
      'in_force',
      'in_force',
      'outside',
    ]);
    const tardy = order(cleared, {}, '2027-01-20').next();
    expect([on(tardy, '2027-01-19'), on(tardy, '2027-01-20')]).toEqual(['outside', 'in_force']);
  });
});

describe('entering into force', () => {
  test('is noted by the clerk on the day that the dates say, once', () => {
    const { next } = enter(ordered, '2027-01-01', '2027-01-01').expectEvents(
      ConventionEnteredIntoForce.parse({ personId, on: '2027-01-01' }),
    );
    enter(next(), '2027-01-01', '2027-01-02').expectAlreadySo();
    enter(ordered, '2027-01-01', '2026-12-31').expectRefusals('convention.wrong-state');
    enter(ordered, '2027-01-02', '2027-01-02').expectRefusals('convention.wrong-state');
  });
  test('waits for the order where one is required', () => {
    enter(cleared, '2027-01-01', '2027-01-01').expectRefusals('convention.order-missing');
    enter(C.signed(), '2027-01-01', '2027-01-01').expectFindings();
  });
  test('is not noted on a day that the dates do not say, whatever else is missing', () => {
    const back = { personId, version: 1 };
    const gone = C.act(C.signed(), 'WithdrawAgentConsent', '2027-02-01', C.agent(personId), back).next();
    enter(gone, '2027-01-02', '2027-02-02').expectRefusals('convention.consent-missing', 'convention.wrong-state');
  });
  test('needs no consent where none is asked for', () => {
    const required = { consent: false, communication: false, compatibility: false, assembly: false, order: false };
    const text = { version: 1, docHash: C.docHash };
    const own = `convention-${C.conventionId}` as const;
    const bound = C.drafted().and(
      past(
        own,
        ConventionSubmitted.parse({ ...text, required, signatories: [{ party: 'home', personId: C.home.id }] }),
      ),
      past(own, ConventionSignedByParty.parse({ ...text, party: 'home', capacity: 'direction', method: 'paper' })),
      past(own, ConventionSigned.parse({ version: 1 })),
    );
    enter(bound, '2027-01-01', '2027-01-01').expectFindings();
  });
  test('does not happen for an agent who has gone back on it', () => {
    enter(withdraw(C.signed()), '2027-01-01', '2027-01-01').expectRefusals('convention.consent-missing');
  });
  test('does not happen before both have signed', () => {
    enter(C.submitted(), '2027-01-01', '2027-01-01').expectRefusals('convention.wrong-state');
  });
  test('keeps to the calendar of the site: midnight comes first in Nouméa', () => {
    const site = { place: 'Nouméa', zone: 'Pacific/Noumea', holidayCalendar: 'fr-988' };
    const note = (terms: object) =>
      C.signed(terms).when(
        'EnterConventionIntoForce',
        { conventionId: C.conventionId, personId, on: '2027-01-01' },
        { actor: C.clerk, at: '2026-12-31T13:30:00Z' },
      );
    note({ ...C.pilot, site }).expectFindings();
    note(C.pilot).expectRefusals('convention.wrong-state');
  });
});

test('an order is not for one who has left by notice', () => {
  const terms = { ...C.full, agents: C.both };
  const two = assess(C.signed(terms, [C.ada, C.ben]), 'favourable').next();
  const forBen = C.act(two, 'AssessCompatibility', '2026-12-06', C.ethics, {
    personId: C.ben,
    version: 1,
    outcome: 'favourable',
  }).next();
  const both = order(order(forBen).next(), { personId: C.ben }).next();
  const leaving = C.act(both, 'GiveTerminationNotice', '2027-02-01', C.home, { personId, endsOn: '2027-03-03' });
  order(leaving.next(), { number: '2027-2' }, '2027-03-04').expectRefusals('convention.wrong-state');
});
