import { describe, expect, test } from '@jest/globals';
import type { Given } from '@probono/testing';
import * as C from '../../test/convention-life.js';
import {
  AgentConsentGiven,
  ConventionExpired,
  ConventionTerminated,
  TerminationNoticeGiven,
  TerminationNoticeWithdrawn,
} from './events.js';
import { forceOn, statusOn } from './queries.js';

const give = (history: Given, endsOn: string, more: object = {}, date = '2027-02-01', actor = C.home) =>
  C.act(history, 'GiveTerminationNotice', date, actor, { endsOn, ...more });
const takeBack = (history: Given, actor: { id: string; role: string }, more: object = {}, date = '2027-02-10') =>
  C.act(history, 'WithdrawTerminationNotice', date, actor, more);
const terminate = (history: Given, on: string, date: string, more: object = {}) =>
  C.act(history, 'TerminateConvention', date, C.clerk, { on, ...more });
const expire = (history: Given, on: string, date: string) => C.act(history, 'ExpireConvention', date, C.clerk, { on });
const status = (history: Given, date: string) => statusOn(C.stateOf(history), C.day(date));
const force = (history: Given, personId: string, date: string) => forceOn(C.stateOf(history), personId, C.day(date));

const waiver = { noticeWaivedBy: { home: C.home.id, host: C.host.id, docHash: C.otherHash } };
const two = C.signed({ ...C.pilot, agents: C.both }, [C.ada, C.ben]);
const noticed = give(C.signed(), '2027-03-03').next();

describe('giving notice', () => {
  test('ends the convention after the notice days', () => {
    give(C.signed(), '2027-03-03').expectEvents(
      TerminationNoticeGiven.parse({ by: 'home', givenOn: '2027-02-01', endsOn: '2027-03-03' }),
    );
    give(C.signed(), '2027-03-02').expectRefusals('convention.notice-too-short');
    expect(['2027-02-01', '2027-03-03', '2027-03-04'].map((date) => status(noticed, date))).toEqual([
      'notice_given',
      'notice_given',
      'terminated',
    ]);
    expect([force(noticed, C.ada, '2027-03-03'), force(noticed, C.ada, '2027-03-04')]).toEqual(['in_force', 'outside']);
  });
  test('may concern one agent', () => {
    const left = give(two, '2027-03-03', { personId: C.ada }).next();
    expect([force(left, C.ada, '2027-03-04'), force(left, C.ben, '2027-03-04')]).toEqual(['outside', 'in_force']);
    expect(status(left, '2027-03-04')).toBe('in_force');
    give(left, '2027-05-01', { personId: C.ada, ...waiver }, '2027-03-04').expectRefusals('convention.wrong-state');
    give(left, '2027-03-05', { personId: C.ada, ...waiver }, '2027-03-03').expectFindings();
    give(two, '2027-03-03', { personId: C.id(77) }).expectRefusals('convention.wrong-state');
  });
  test('may be waived by both parties together, each by a representative', () => {
    give(C.signed(), '2027-02-01', waiver).expectFindings();
    give(C.signed(), '2027-01-31', waiver).expectRefusals('convention.notice-too-short');
    const alone = { noticeWaivedBy: { ...waiver.noticeWaivedBy, host: C.home2.id } };
    give(C.signed(), '2027-02-01', alone).expectRefusals('role.not-designated');
  });
  test('that ends before the first day leaves no day in force', () => {
    const early = give(C.signed(), '2026-12-31', waiver, '2026-12-20').next();
    expect([force(early, C.ada, '2026-12-31'), force(early, C.ada, '2027-01-01')]).toEqual(['outside', 'outside']);
  });
  test('twice is already so; another end needs both parties', () => {
    give(noticed, '2027-03-03', {}, '2027-02-02').expectAlreadySo();
    give(noticed, '2027-04-30', {}, '2027-02-02').expectRefusals('convention.wrong-state');
    const sooner = give(noticed, '2027-02-10', waiver, '2027-02-02').next();
    expect(force(sooner, C.ada, '2027-02-11')).toBe('outside');
  });
  test('by the other party to the same day is not the same notice', () => {
    give(noticed, '2027-03-03', {}, '2027-02-01', C.host).expectRefusals('convention.wrong-state');
  });
  test('keeps the waiver with it', () => {
    const waived = { by: 'home' as const, givenOn: '2027-02-01', endsOn: '2027-02-01', ...waiver };
    give(C.signed(), '2027-02-01', waiver).expectEvents(TerminationNoticeGiven.parse(waived));
  });
  test('can be given before the first day, and while suspended', () => {
    give(C.signed(), '2027-01-19', {}, '2026-12-20').expectFindings();
    const suspended = C.act(C.signed(), 'SuspendConvention', '2027-01-15', C.host, { from: '2027-01-20' }).next();
    give(suspended, '2027-03-03').expectFindings();
  });
  test('is for a representative, while the convention runs', () => {
    give(C.signed(), '2027-03-03', {}, '2027-02-01', C.stranger('home_representative')).expectRefusals(
      'role.not-designated',
    );
    give(C.submitted(), '2027-03-03').expectRefusals('convention.wrong-state');
    give(C.signed(), '2027-09-03', {}, '2027-07-01').expectRefusals('convention.wrong-state');
  });
});

describe('withdrawing a notice', () => {
  test('is for the one who gave it', () => {
    const back = takeBack(noticed, C.home2).expectEvents(TerminationNoticeWithdrawn.parse({})).next();
    expect(force(back, C.ada, '2027-03-04')).toBe('in_force');
    takeBack(back, C.home2).expectAlreadySo();
    takeBack(noticed, C.host).expectRefusals('role.not-designated');
  });
  test('is for a representative of that party', () => {
    takeBack(noticed, C.stranger('home_representative')).expectRefusals('role.not-designated');
  });
  test('is possible on its last day, and not once it was noted as ended', () => {
    takeBack(noticed, C.home, {}, '2027-03-03').expectFindings();
    const over = terminate(noticed, '2027-03-03', '2027-03-04').next();
    C.act(over, 'WithdrawTerminationNotice', '2027-03-04', C.home, {}, { effectiveOn: '2027-03-01' }).expectRefusals(
      'convention.wrong-state',
    );
  });
  test('that a party gave restores no consent, for nobody had gone back on it', () => {
    const one = give(two, '2027-03-03', { personId: C.ada }).next();
    takeBack(one, C.home, { personId: C.ada }).expectEvents(TerminationNoticeWithdrawn.parse({ personId: C.ada }));
  });
  test('by the agent restores the consent, and the force they had', () => {
    const gone = C.act(two, 'WithdrawAgentConsent', '2027-02-01', C.agent(C.ada), {
      personId: C.ada,
      version: 1,
    }).next();
    const back = takeBack(gone, C.agent(C.ada), { personId: C.ada })
      .expectEvents(
        TerminationNoticeWithdrawn.parse({ personId: C.ada }),
        AgentConsentGiven.parse({ personId: C.ada, version: 1 }),
      )
      .next();
    expect([force(back, C.ada, '2027-01-01'), force(back, C.ada, '2027-06-30')]).toEqual(['in_force', 'in_force']);
    takeBack(gone, C.agent(C.ben), { personId: C.ada }).expectRefusals('role.not-designated');
    takeBack(gone, C.home, { personId: C.ada }).expectRefusals('role.not-designated');
  });
  test('needs a notice that has not run out', () => {
    takeBack(C.signed(), C.home).expectRefusals('convention.wrong-state');
    takeBack(noticed, C.home, {}, '2027-03-04').expectRefusals('convention.wrong-state');
  });
});

describe('termination', () => {
  test('is noted by the clerk the day after the notice ends, once', () => {
    const over = terminate(noticed, '2027-03-03', '2027-03-04')
      .expectEvents(ConventionTerminated.parse({ on: '2027-03-03' }))
      .next();
    terminate(over, '2027-03-03', '2027-03-05').expectAlreadySo();
    terminate(noticed, '2027-03-03', '2027-03-03').expectRefusals('convention.wrong-state');
    terminate(noticed, '2027-03-02', '2027-03-04').expectRefusals('convention.wrong-state');
    terminate(C.signed(), '2027-03-03', '2027-03-04').expectRefusals('convention.wrong-state');
  });
  test('of every agent one by one is the end of the convention', () => {
    const one = give(two, '2027-03-03', { personId: C.ada }).next();
    const none = give(one, '2027-03-10', { personId: C.ben }).next();
    terminate(none, '2027-03-03', '2027-03-04', { personId: C.ada }).expectEvents(
      ConventionTerminated.parse({ personId: C.ada, on: '2027-03-03' }),
    );
    expect([status(none, '2027-03-10'), status(none, '2027-03-11')]).toEqual(['in_force', 'terminated']);
  });
});

describe('expiry', () => {
  test('is noted by the clerk the day after the last, once', () => {
    const over = expire(C.signed(), '2027-06-30', '2027-07-01')
      .expectEvents(ConventionExpired.parse({ on: '2027-06-30' }))
      .next();
    expire(over, '2027-06-30', '2027-07-02').expectAlreadySo();
    expire(C.signed(), '2027-06-30', '2027-06-30').expectRefusals('convention.wrong-state');
    expire(C.signed(), '2027-06-29', '2027-07-01').expectRefusals('convention.wrong-state');
    expire(noticed, '2027-06-30', '2027-07-01').expectRefusals('convention.wrong-state');
    const onTheLast = give(C.signed(), '2027-06-30').next();
    expire(onTheLast, '2027-06-30', '2027-07-01').expectFindings();
    terminate(onTheLast, '2027-06-30', '2027-07-01').expectRefusals('convention.wrong-state');
    expire(C.given(), '2027-06-30', '2027-07-01').expectRefusals('convention.wrong-state');
  });
});
