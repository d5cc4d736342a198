import { describe, expect, test } from '@jest/globals';
import { past } from '@probono/testing';
import * as C from '../../test/convention-life.js';
import { told } from '../../test/told.js';
import { PeriodClosed } from '../agent-time/events.js';
import { ConventionAmended, ConventionRenewed, ConventionSignedByParty, HoursAllotted } from './events.js';
import { forceOn, poolLeft, textOn } from './queries.js';

const longer = { to: '2027-09-30' };
const renewing = C.propose(C.signed(), '2027-05-01', { ...longer, poolMinutes: undefined }, '2027-07-01');
const amendedBy = (delta: object, effectiveFrom: string, personIds: readonly string[], date = '2027-05-02') =>
  C.bound(
    C.agreed(C.propose(C.signed(), '2027-05-01', delta, effectiveFrom).next(), personIds, 2, date),
    2,
    date,
    C.otherHash,
  );

describe('proposing an amendment', () => {
  test('freezes the next version and leaves the text in force as it is', () => {
    renewing.expectFindings();
    expect(renewing.decision).toMatchObject({ events: [{ type: 'AmendmentProposed', data: { version: 2 } }] });
    expect(C.stateOf(renewing.next()).terms?.to).toBe('2027-06-30');
  });
  test('twice is already so, and so is one that changes nothing', () => {
    C.propose(renewing.next(), '2027-05-02', longer, '2027-07-01').expectAlreadySo();
    C.propose(C.signed(), '2027-05-01', { noticeDays: 30 }, '2027-05-15').expectAlreadySo();
  });
  test('with other facts takes the place of the one on the table', () => {
    const other = C.propose(renewing.next(), '2027-05-02', { to: '2027-08-31' }, '2027-07-01');
    expect(other.decision).toMatchObject({ events: [{ data: { version: 3 } }] });
  });
  test('needs a convention that is signed and not at its end', () => {
    C.propose(C.submitted(), '2026-12-06', longer, '2027-07-01').expectRefusals('convention.wrong-state');
    C.propose(C.signed(), '2027-07-01', longer, '2027-07-01').expectRefusals('convention.wrong-state');
  });
  test('is possible before the first day, and while suspended', () => {
    C.propose(C.signed(), '2026-12-20', { noticeDays: 15 }, '2027-01-15').expectFindings();
    const suspended = C.act(C.signed(), 'SuspendConvention', '2027-03-01', C.host, { from: '2027-03-10' }).next();
    C.propose(suspended, '2027-03-10', { noticeDays: 15 }, '2027-04-01').expectFindings();
  });
  test('of nothing is the wrong state', () => {
    C.propose(C.given(), '2027-02-01', { noticeDays: 15 }, '2027-03-01').expectRefusals('convention.wrong-state');
  });
  test('of another document, for the same terms, takes the place of the one on the table', () => {
    const data = { delta: longer, effectiveFrom: '2027-07-01', signatories: C.signatories };
    const other = { ...data, docHash: 'c3'.repeat(32) };
    const again = C.act(renewing.next(), 'ProposeAmendment', '2027-05-02', C.officer, other);
    expect(again.decision).toMatchObject({ events: [{ data: { version: 3 } }] });
  });
  test('changes what it names, and nothing else', () => {
    const running = C.signed({ ...C.full, poolMinutes: 1000 });
    const before = C.stateOf(running).terms;
    const delta = {
      ...{ agents: C.both, activities: ['autre chose'], to: '2027-07-31', poolMinutes: 2000, noticeDays: 10 },
      ...{ site: { ...C.pilot.site, place: 'Lyon' }, quota: { num: 1, den: 2, window: 'week' } },
      ...{ clauses: ['activities', 'duration', 'subsidy_items', 'conditions'], reimbursement: { kind: 'full' } },
    };
    const terms = (change: object) =>
      C.stateOf(C.propose(running, '2027-01-10', change, '2027-02-01').next()).pending?.terms;
    expect(terms(delta)).toStrictEqual({ ...before, ...delta });
    expect(terms({ noticeDays: 10 })).toStrictEqual({ ...before, noticeDays: 10 });
    const plain = C.signed();
    const shorter = C.stateOf(C.propose(plain, '2027-01-10', { noticeDays: 10 }, '2027-02-01').next()).pending?.terms;
    expect(shorter).toStrictEqual({ ...C.stateOf(plain).terms, noticeDays: 10 });
  });
  test('to the same end makes no period of its own', () => {
    const long = C.submit(C.drafted({ ...C.pilot, to: '2027-12-31' }), {}, { justification: 'année pleine' }).next();
    const running = C.bound(C.agreed(long, [C.ada], 1, '2026-12-04'), 1, '2026-12-05');
    C.propose(running, '2027-05-01', { to: '2027-11-30' }, '2027-05-15').expectFindings();
  });
  test('does not reach into a month that was closed for one of its agents', () => {
    const closed = C.signed().and(
      past(
        `agenttime-${C.ada}`,
        PeriodClosed.parse({ employmentId: C.adaJob, month: '2027-03', totals: [], digest: C.docHash }),
      ),
    );
    const changed = { quota: { num: 1, den: 5, window: 'year' } };
    expect(told(C.propose(closed, '2027-05-01', changed, '2027-03-31'))).toEqual({
      'convention.amendment-retroactive': { effectiveFrom: '2027-03-31', personIds: [C.ada] },
    });
    C.propose(closed, '2027-05-01', changed, '2027-04-01').expectFindings();
  });
  test('cannot take from the pool what is allotted', () => {
    const pooled = C.signed({ ...C.pilot, poolMinutes: 1000 }).and(
      past(
        `convention-${C.conventionId}`,
        HoursAllotted.parse({ assignmentId: C.id(50), personId: C.ada, minutes: 600 }),
      ),
    );
    expect(poolLeft(C.stateOf(pooled))).toBe(400);
    const shrink = (poolMinutes: number) => C.propose(pooled, '2027-05-01', { poolMinutes }, '2027-05-01');
    shrink(599).expectRefusals('convention.pool-exhausted');
    shrink(600).expectFindings();
  });
  test('is judged as a new text is, and a renewal as a period of its own', () => {
    const stranger = { agents: [{ personId: C.ada, employmentId: C.benJob }] };
    C.propose(C.signed(), '2027-05-01', stranger, '2027-05-15').expectRefusals('convention.agent-not-of-home');
    const until = (to: string) => C.propose(C.signed(), '2027-05-01', { to }, '2027-07-01');
    until('2027-12-31').expectFindings();
    until('2028-01-01').expectRefusals('convention.period-too-long');
    const { decision } = C.propose(C.signed(), '2027-05-01', longer, '2027-07-01');
    expect(decision.accepted).toBe(true);
  });
  test('needs signatories of both parties', () => {
    C.act(C.signed(), 'ProposeAmendment', '2027-05-01', C.officer, {
      delta: longer,
      effectiveFrom: '2027-07-01',
      docHash: C.otherHash,
      signatories: C.signatories.slice(1),
    }).expectRefusals('convention.signatory-unknown');
  });
});

describe('an amendment goes through the same cycle', () => {
  const proposed = renewing.next();
  const data = { version: 2, docHash: C.otherHash };

  test('the consent to the first text does not serve for the second', () => {
    C.sign(proposed, C.home, '2027-05-02', data).expectRefusals('convention.not-communicated');
    C.sign(C.tell(proposed, C.ada, 2, '2027-05-02').next(), C.home, '2027-05-02', data).expectRefusals(
      'convention.consent-missing',
    );
  });
  test('and is renewed by the last signature, with the months of agent and host in all', () => {
    const half = C.sign(C.agreed(proposed, [C.ada], 2, '2027-05-02'), C.home, '2027-05-03', data).next();
    const signature = { capacity: 'directrice', method: 'electronic', ...data } as const;
    C.sign(half, C.host, '2027-05-04', data).expectEvents(
      ConventionSignedByParty.parse({ party: 'host', ...signature }),
      ConventionAmended.parse({ version: 2, effectiveFrom: '2027-07-01' }),
      ConventionRenewed.parse({ to: '2027-09-30', cumulativeMonths: 9 }),
    );
  });
  test('and is no renewal when the end stays: neither a period of its own nor months to count', () => {
    const quota = { num: 1, den: 5, window: 'year' };
    const long = C.submit(C.drafted({ ...C.pilot, to: '2027-12-31' }), {}, { justification: 'année pleine' }).next();
    const running = C.bound(C.agreed(long, [C.ada], 1, '2026-12-04'), 1, '2026-12-05');
    const changed = C.propose(running, '2027-05-01', { quota }, '2027-05-15').expectFindings().next();
    const half = C.sign(C.agreed(changed, [C.ada], 2, '2027-05-02'), C.home, '2027-05-03', data).next();
    const { decision } = C.sign(half, C.host, '2027-05-04', data);
    expect(decision).toMatchObject({
      events: [{ type: 'ConventionSignedByParty' }, { type: 'ConventionAmended' }],
    });
  });
  test('and is dropped when declined', () => {
    const declined = C.act(proposed, 'DeclineSignature', '2027-05-03', C.host, { party: 'host', version: 2 }).next();
    expect(C.stateOf(declined).pending).toBeUndefined();
    C.sign(declined, C.home, '2027-05-04', data).expectRefusals('convention.wrong-state');
  });
  test('and comes too late once the convention has expired', () => {
    const ready = C.agreed(proposed, [C.ada], 2, '2027-05-02');
    C.sign(ready, C.home, '2027-07-01', data).expectRefusals('convention.wrong-state');
  });
});

describe('the amended text', () => {
  const on = (history: ReturnType<typeof amendedBy>, personId: string, date: string) =>
    forceOn(C.stateOf(history), personId, C.day(date));

  test('rules from its first day, without a gap', () => {
    const renewed = amendedBy(longer, '2027-07-01', [C.ada]);
    expect(['2027-06-30', '2027-07-01', '2027-09-30', '2027-10-01'].map((date) => on(renewed, C.ada, date))).toEqual([
      'in_force',
      'in_force',
      'in_force',
      'outside',
    ]);
    expect(textOn(C.stateOf(renewed), C.day('2027-06-30'))?.version).toBe(1);
    expect(textOn(C.stateOf(renewed), C.day('2027-07-01'))?.version).toBe(2);
  });
  test('lends a new agent from the day of the last signature at the earliest', () => {
    const joined = amendedBy({ agents: C.both }, '2027-04-01', [C.ada, C.ben]);
    expect(on(joined, C.ada, '2027-04-15')).toBe('in_force');
    expect(on(joined, C.ben, '2027-05-01')).toBe('outside');
    expect(on(joined, C.ben, '2027-05-02')).toBe('in_force');
  });
  test('lets go of an agent whom it no longer lends', () => {
    const swapped = amendedBy({ agents: [{ personId: C.ben, employmentId: C.benJob }] }, '2027-05-10', [C.ben]);
    expect(on(swapped, C.ada, '2027-05-09')).toBe('in_force');
    expect(on(swapped, C.ada, '2027-05-10')).toBe('outside');
    expect(on(swapped, C.ben, '2027-05-10')).toBe('in_force');
  });
  test('needs a new order for the days it adds, where orders are required', () => {
    const first = C.act(C.signed(C.full), 'AssessCompatibility', '2026-12-06', C.ethics, {
      personId: C.ada,
      version: 1,
      outcome: 'favourable',
    }).next();
    const order = { personId: C.ada, number: '1', from: '2027-01-01', to: '2027-06-30' };
    const ordered = C.act(first, 'IssueSecondmentOrder', '2026-12-10', C.authority, order).next();
    const proposed = C.agreed(C.propose(ordered, '2027-05-01', longer, '2027-07-01').next(), [C.ada], 2, '2027-05-02');
    const renewed = C.bound(proposed, 2, '2027-05-03', C.otherHash);
    expect(on(renewed, C.ada, '2027-07-01')).toBe('outside');
    const second = { ...order, number: '2', from: '2027-07-01', to: '2027-09-30' };
    C.act(renewed, 'IssueSecondmentOrder', '2027-05-05', C.authority, second).expectRefusals(
      'convention.compatibility-missing',
    );
    const assessed = C.act(renewed, 'AssessCompatibility', '2027-05-04', C.ethics, {
      personId: C.ada,
      version: 2,
      outcome: 'favourable',
    }).next();
    const again = C.act(assessed, 'IssueSecondmentOrder', '2027-05-05', C.authority, second).next();
    expect(on(again, C.ada, '2027-07-01')).toBe('in_force');
  });
});
