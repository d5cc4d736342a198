import { describe, expect, test } from '@jest/globals';
import { type Given, past } from '@probono/testing';
import * as C from '../../test/convention-life.js';
import { told } from '../../test/told.js';
import { HoursDeclared } from '../agent-time/events.js';
import { HoursAllotted } from './events.js';

const { conventionId, ada, ben } = C;
const wrong = 'convention.wrong-state';
const two = C.signed({ ...C.pilot, agents: C.both }, [ada, ben]);
const notice = (history: Given, endsOn = '2027-03-03', data: object = {}) =>
  C.act(history, 'GiveTerminationNotice', '2027-02-01', C.home, { endsOn, ...data });
const gone = notice(two, '2027-03-03', { personId: ada }).next();
const order = { personId: ada, number: '1', from: '2027-03-05', to: '2027-06-30' };
const told1 = (history: Given, command: string, date: string, actor: typeof C.home, data: object = {}) =>
  told(C.act(history, command, date, actor, data));

describe('a refusal says what one needs to know to act on it', () => {
  test('of an agent who was not told, or does not consent', () => {
    const about = { personId: ada, version: 1 };
    const missing = { version: 1, personIds: [ada] };
    expect(told(C.consent(C.submitted()))).toEqual({ 'convention.not-communicated': missing });
    const withdrawn = C.act(C.signed(), 'WithdrawAgentConsent', '2026-12-10', C.agent(ada), about).next();
    const early = { ...order, from: '2027-01-01' };
    expect(told1(withdrawn, 'IssueSecondmentOrder', '2026-12-11', C.authority, early)).toEqual({
      'convention.consent-missing': missing,
    });
    const enter = { personId: ada, on: '2027-01-01' };
    expect(told1(withdrawn, 'EnterConventionIntoForce', '2027-01-01', C.clerk, enter)).toEqual({
      'convention.consent-missing': missing,
    });
  });

  test('of the version that is frozen: the one on the table, else the one that binds', () => {
    const hash = (history: Given, date: string) =>
      told1(history, 'CommunicateConventionToAgent', date, C.officer, { personId: ada, version: 9 });
    const mismatch = (frozen: number) => ({ 'convention.hash-mismatch': { version: 9, frozen } });
    expect(hash(C.submitted(), '2026-12-03')).toEqual(mismatch(1));
    expect(hash(C.signed(), '2027-02-01')).toEqual(mismatch(1));
    const proposed = C.propose(C.signed(), '2027-02-01', { noticeDays: 15 }, '2027-03-01').next();
    expect(hash(proposed, '2027-02-01')).toEqual(mismatch(2));
  });

  test('of an agent who has left, or whom the convention does not know', () => {
    const left = { conventionId, status: 'agent-left' };
    const expected = ['in_force'];
    const data = { personId: ada, version: 1 };
    expect(told1(gone, 'WithdrawAgentConsent', '2027-03-04', C.agent(ada), data)).toEqual({
      [wrong]: { ...left, expected },
    });
    expect(told1(gone, 'IssueSecondmentOrder', '2027-03-04', C.authority, order)).toEqual({
      [wrong]: { ...left, expected: ['signed', 'in_force'] },
    });
    const again = { personId: ada, endsOn: '2027-05-01' };
    expect(told1(gone, 'GiveTerminationNotice', '2027-03-04', C.home, again)).toEqual({
      [wrong]: { ...left, expected },
    });
    expect(told(notice(two, '2027-03-03', { personId: C.id(77) }))).toEqual({
      [wrong]: { conventionId, status: 'agent-unknown', expected },
    });
    const stranger = { conventionId, personId: ben, status: 'none', expected: 'agent' };
    expect(told(C.tell(C.submitted(), ben))).toEqual({ [wrong]: stranger });
  });

  test('of a notice: that one stands, that none does, that it has run out', () => {
    const noticed = notice(C.signed()).next();
    const stands = { conventionId, status: 'notice_given' };
    const expected = ['signed', 'in_force', 'suspended'];
    expect(told(notice(noticed, '2027-05-01'))).toEqual({ [wrong]: { ...stands, expected } });
    const back = (history: Given, date: string) => told1(history, 'WithdrawTerminationNotice', date, C.home);
    const needed = { conventionId, expected: ['notice_given'] };
    expect(back(C.signed(), '2027-02-01')).toEqual({ [wrong]: { ...needed, status: 'in_force' } });
    expect(back(noticed, '2027-03-04')).toEqual({ [wrong]: { ...needed, status: 'terminated' } });
    const closed = C.act(noticed, 'CloseConvention', '2027-03-05', C.officer).next();
    const backdated = { effectiveOn: '2027-03-01' };
    const late = C.act(closed, 'WithdrawTerminationNotice', '2027-03-06', C.home, {}, backdated);
    expect(told(late)).toEqual({ [wrong]: { ...needed, status: 'notice_given' } });
    const consented = { personId: ada, version: 1 };
    const own = C.act(two, 'WithdrawAgentConsent', '2027-02-01', C.agent(ada), consented).next();
    expect(told1(own, 'GiveAgentConsent', '2027-02-02', C.agent(ada), consented)).toEqual({
      [wrong]: { ...stands, expected: ['signed'] },
    });
  });

  test('of what the clerk meant to note', () => {
    const on = '2027-03-03';
    expect(told1(C.signed(), 'TerminateConvention', '2027-03-04', C.clerk, { on })).toEqual({
      [wrong]: { conventionId, on, status: 'in_force', expected: ['notice_given'] },
    });
    expect(told1(C.signed(), 'ExpireConvention', '2027-03-04', C.clerk, { on })).toEqual({
      [wrong]: { conventionId, on, status: 'in_force', expected: ['expired'] },
    });
    const enter = { personId: ada, on };
    expect(told1(C.submitted(), 'EnterConventionIntoForce', on, C.clerk, enter)).toEqual({
      [wrong]: { conventionId, status: 'submitted', expected: ['signed'] },
    });
    expect(told1(C.signed(), 'EnterConventionIntoForce', on, C.clerk, enter)).toEqual({
      [wrong]: { conventionId, personId: ada, on, status: 'in_force', expected: '2027-01-01' },
    });
  });

  test('of suspensions: that one stands, that none does', () => {
    const suspended = C.act(C.signed(), 'SuspendConvention', '2027-03-01', C.home, { from: '2027-03-10' }).next();
    const again = { from: '2027-03-20' };
    expect(told1(suspended, 'SuspendConvention', '2027-03-01', C.home, again)).toEqual({
      [wrong]: { conventionId, status: 'suspended', expected: ['in_force', 'notice_given'] },
    });
    const on = '2027-04-01';
    const needed = { conventionId, on, expected: ['suspended'] };
    expect(told1(C.signed(), 'ResumeConvention', on, C.home, { on })).toEqual({
      [wrong]: { ...needed, status: 'in_force' },
    });
    expect(told1(suspended, 'ResumeConvention', on, C.clerk, { on })).toEqual({
      [wrong]: { ...needed, status: 'in_force' },
    });
    const before = '2026-12-20';
    expect(told1(C.signed(), 'ResumeConvention', before, C.home, { on: before })).toEqual({
      [wrong]: { ...needed, on: before, status: 'signed' },
    });
  });

  test('of signatures: whose, and that they are all there', () => {
    const stranger = C.sign(C.submitted(), C.stranger('host_representative'));
    expect(told(stranger)).toEqual({ 'convention.signatory-unknown': { parties: ['host'] } });
    const signed = { conventionId, status: 'signed', expected: ['submitted', 'partially_signed'] };
    expect(told(C.sign(C.signed(), C.home, '2027-02-01', { version: 2 }))).toEqual({ [wrong]: signed });
    const decline = { party: 'host', version: 1 };
    expect(told1(C.signed(), 'DeclineSignature', '2027-02-01', C.host, decline)).toEqual({ [wrong]: signed });
    const expired = { conventionId, status: 'expired' };
    const late = C.sign(C.agreed(C.submitted(), [ada], 1, '2026-12-04'), C.home, '2027-07-01');
    expect(told(late)[wrong]).toMatchObject(expired);
  });

  test('of whom the actor is not the one meant', () => {
    const notDesignated = 'role.not-designated';
    const suspend = (role: string) =>
      told1(C.signed(), 'SuspendConvention', '2027-03-01', C.stranger(role), { from: '2027-03-10' });
    const [home, host] = ['home_representative', 'host_representative'];
    expect(suspend(home)).toEqual({ [notDesignated]: { role: home, scope: C.homeId } });
    expect(suspend(host)).toEqual({ [notDesignated]: { role: host, scope: C.hostId } });
    const assess = { personId: ada, version: 1, outcome: 'favourable' };
    for (const role of ['authority', 'ethics_officer'])
      expect(told1(C.signed(), 'AssessCompatibility', '2026-12-06', C.stranger(role), assess)).toEqual({
        [notDesignated]: { role, scope: C.homeId },
      });
  });

  test('of hours and reviews that the end waits for, and of an allotment that there is not', () => {
    const allotment = { assignmentId: C.id(50) };
    expect(told1(C.signed(), 'ReleaseAllotment', '2027-02-01', C.clerk, allotment)).toEqual({
      [wrong]: { conventionId, ...allotment, status: 'none', expected: ['allotted'], day: '2027-02-01' },
    });
    const allotted = past(
      `convention-${conventionId}`,
      HoursAllotted.parse({ ...allotment, personId: ada, minutes: 9 }),
    );
    const closed = C.act(C.signed().and(allotted), 'CloseConvention', '2027-07-05', C.officer).next();
    expect(told1(closed, 'ReleaseAllotment', '2027-07-06', C.clerk, allotment)).toEqual({
      [wrong]: { conventionId, ...allotment, status: 'closed', expected: ['allotted'], day: '2027-07-06' },
    });
    const hours = (personId: string, n: number) =>
      past(
        `agenttime-${personId}`,
        HoursDeclared.parse({
          ...{ entryId: C.id(n), assignmentId: C.id(50), employmentId: C.adaJob, conventionId, minutes: 60 },
          ...{ workDate: '2027-02-02', zone: 'Europe/Paris', activity: 'atelier' },
        }),
      );
    const open = two.and(hours(ada, 61), hours(ada, 62), hours(ben, 63));
    expect(told1(open, 'CloseConvention', '2027-07-05', C.officer)).toEqual({
      'convention.hours-unsettled': { entries: 3, personIds: [ada, ben] },
    });
    expect(told1(C.signed(C.full), 'CloseConvention', '2027-07-05', C.officer)).toEqual({
      'convention.review-missing': { conventionId, framework: 'strict', reviewId: 'none' },
    });
    expect(told1(C.signed(), 'CloseConvention', '2027-07-05', C.officer, { reviewId: C.id(70) })).toEqual({
      'convention.review-missing': { conventionId, framework: 'idf-2017-pilot', reviewId: C.id(70) },
    });
  });
});

test('what is decided on a convention is under the framework of its newest terms, on the day of its site', () => {
  const site = { place: 'Nouméa', zone: 'Pacific/Noumea', holidayCalendar: 'fr-988' };
  const evening = '2026-12-05T20:00:00Z';
  const decided = (command: string, data: object, history = C.given(...C.everything)) => {
    const { decision } = history.when(command, { conventionId, ...data }, { actor: C.officer, at: evening });
    return decision.accepted && { ...decision.framework, on: decision.effectiveOn };
  };
  const draft = { terms: { ...C.full, site } };
  const drafted = C.draft(C.given(...C.everything), draft.terms).next();
  expect(decided('DraftConvention', draft)).toEqual({ id: 'strict', version: 2, on: '2026-12-06' });
  const revision = { terms: { ...C.pilot, site } };
  expect(decided('ReviseConvention', revision, drafted)).toEqual({
    id: 'idf-2017-pilot',
    version: 1,
    on: '2026-12-06',
  });
  const submission = { docHash: C.docHash, signatories: C.signatories };
  expect(decided('SubmitConvention', submission, drafted)).toEqual({ id: 'strict', version: 2, on: '2026-12-06' });
});
