import { describe, expect, test } from '@jest/globals';
import { type Given, past } from '@probono/testing';
import * as C from '../../test/convention-life.js';
import { AgentConsentGiven, ConventionSuspended, SecondmentOrderIssued } from './events.js';
import { daysInForce, forceSpans, suspendedOn } from './force.js';
import { agentOf, forceOn, statusOn, textOn } from './queries.js';

const stream = `convention-${C.conventionId}` as const;
const order = (from: string, to: string, on = '2026-12-10') =>
  past(stream, SecondmentOrderIssued.parse({ personId: C.ada, number: from, from, to }), { effectiveOn: on });
const spans = (history: Given, personId: string = C.ada) => forceSpans(C.stateOf(history), personId);
const signed = C.signed(C.full);
const days = (history: Given, from: string, to: string) =>
  daysInForce(C.stateOf(history), C.ada, C.day(from), C.day(to));

describe('the days in force for an agent', () => {
  test('are those of the orders, in order; orders that meet are one span', () => {
    const two = signed.and(order('2027-05-01', '2027-05-31'), order('2027-02-01', '2027-02-28'));
    expect(spans(two)).toEqual([
      { from: '2027-02-01', to: '2027-02-28' },
      { from: '2027-05-01', to: '2027-05-31' },
    ]);
    expect(spans(two.and(order('2027-02-28', '2027-03-15')))).toEqual([
      { from: '2027-02-01', to: '2027-03-15' },
      { from: '2027-05-01', to: '2027-05-31' },
    ]);
    expect(spans(two.and(order('2027-02-05', '2027-02-10')))).toEqual(spans(two));
  });
  test('are none of an order that was issued after its last day, or of one who is not lent', () => {
    expect(spans(signed.and(order('2027-01-01', '2027-01-31', '2027-02-01')))).toEqual([]);
    expect(spans(signed.and(order('2027-01-01', '2027-01-31', '2027-01-31')))).toEqual([
      { from: '2027-01-31', to: '2027-01-31' },
    ]);
    expect(spans(C.signed(), C.ben)).toEqual([]);
  });
  test('are none before both have signed, nor without the consent that is asked for', () => {
    expect(spans(C.submitted())).toEqual([]);
    const back = { personId: C.ada, version: 1 };
    const gone = C.act(C.signed(), 'WithdrawAgentConsent', '2026-12-20', C.agent(C.ada), back).next();
    expect(spans(gone)).toEqual([]);
    const late = gone.and(past(stream, AgentConsentGiven.parse(back), { effectiveOn: '2027-07-01' }));
    expect(spans(late)).toEqual([]);
  });
  test('end with the earliest of what ends them', () => {
    const notice = (history: Given, endsOn: string, more: object = {}) =>
      C.act(history, 'GiveTerminationNotice', '2027-02-01', C.home, { endsOn, ...more }).next();
    const both = notice(notice(C.signed(), '2027-04-01', { personId: C.ada }), '2027-05-01');
    expect(spans(notice(C.signed(), '2027-05-01'))).toEqual([{ from: '2027-01-01', to: '2027-05-01' }]);
    expect(spans(notice(C.signed(), '2027-04-01', { personId: C.ada }))).toEqual([
      { from: '2027-01-01', to: '2027-04-01' },
    ]);
    expect(spans(both)).toEqual([{ from: '2027-01-01', to: '2027-04-01' }]);
  });
  test('are counted in a span, each suspended day taken off once', () => {
    const suspend = (from: string, to?: string) =>
      past(stream, ConventionSuspended.parse({ from, ...(to === undefined ? {} : { to }) }));
    const running = C.signed();
    expect(days(running, '2026-12-01', '2027-01-31')).toBe(31);
    expect(days(running, '2027-07-01', '2027-12-31')).toBe(0);
    const twice = running.and(suspend('2027-03-10', '2027-03-20'), suspend('2027-03-01', '2027-03-12'));
    expect(days(twice, '2027-03-01', '2027-03-31')).toBe(11);
    expect(days(twice, '2027-03-15', '2027-03-31')).toBe(11);
    expect(days(twice, '2027-04-01', '2027-04-30')).toBe(30);
    const open = twice.and(suspend('2027-06-21'));
    expect(days(open, '2027-06-01', '2027-12-31')).toBe(20);
    expect(suspendedOn(C.stateOf(open), C.day('2028-01-01'))).toBe(true);
  });
});

describe('where a convention stands', () => {
  const on = (history: Given, date: string) => statusOn(C.stateOf(history), C.day(date));
  test('as it is drafted, submitted, signed and closed', () => {
    const half = C.sign(C.agreed(C.submitted(), [C.ada], 1, '2026-12-04'), C.home).next();
    const closed = C.act(C.signed(), 'CloseConvention', '2027-07-05', C.officer).next();
    const histories = [C.given(), C.drafted(), C.submitted(), half, C.signed(), closed];
    expect(histories.map((history) => on(history, '2026-12-06'))).toEqual([
      ...['none', 'draft', 'submitted', 'partially_signed', 'signed', 'closed'],
    ]);
  });
  test('while it is in force, from the day of a notice, and suspended when all in force are', () => {
    const suspended = C.act(C.signed(), 'SuspendConvention', '2027-03-01', C.home, { from: '2027-03-10' }).next();
    expect([on(suspended, '2027-03-09'), on(suspended, '2027-03-10')]).toEqual(['in_force', 'suspended']);
    const later = C.act(C.signed(), 'GiveTerminationNotice', '2027-02-01', C.home, { endsOn: '2027-03-03' }).next();
    expect([on(later, '2027-01-31'), on(later, '2027-02-01')]).toEqual(['in_force', 'notice_given']);
  });
});

describe('who is lent, and by which text', () => {
  test('the newest signed text that lends them tells from which employment', () => {
    const signedAgents = C.stateOf(C.signed({ ...C.pilot, agents: C.both }, [C.ada, C.ben]));
    expect(agentOf(signedAgents, C.ben)).toEqual({ personId: C.ben, employmentId: C.benJob });
    expect(agentOf(signedAgents, C.id(77))).toBeUndefined();
    const left = C.propose(
      C.signed({ ...C.pilot, agents: C.both }, [C.ada, C.ben]),
      '2027-02-01',
      {
        agents: [C.both[0]],
      },
      '2027-03-01',
    ).next();
    expect(agentOf(C.stateOf(left), C.ben)).toEqual({ personId: C.ben, employmentId: C.benJob });
    const bound = C.stateOf(C.bound(C.agreed(left, [C.ada], 2, '2027-02-02'), 2, '2027-02-03', C.otherHash));
    expect(agentOf(bound, C.ben)).toEqual({ personId: C.ben, employmentId: C.benJob });
    expect(forceOn(bound, C.ben, C.day('2027-03-01'))).toBe('outside');
    expect([textOn(bound, C.day('2027-02-28'))?.version, textOn(bound, C.day('2027-03-01'))?.version]).toEqual([1, 2]);
  });
});
