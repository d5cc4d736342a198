import { describe, expect, test } from '@jest/globals';
import { past } from '@probono/testing';
import { told } from '../../test/told.js';
import * as W from '../../test/working.js';
import { HoursValidated, QuotaTaken } from './events.js';

const at = '2026-06-01T09:00:00Z';
const entryId = W.uuid(50);
const { assignment: assignmentId, employment: employmentId } = W.ids;
const world = W.engagedAgent();
const declared = world.and(W.declared(50, '2026-03-03'));
const confirmed = world.and(...W.confirmed(50, '2026-03-03'));
const locked = world.and(...W.validated(50, '2026-03-03'), W.closed('2026-03'));
const by = (actor: { id: string; role: string }) => ({ actor, at });
const stranger = (role: string) => by({ id: W.ids.stranger, role });
const one = W.onEntry(50);

const onEntry = [
  ['CorrectHours', { deltaMinutes: -1 }, W.agent],
  ['WithdrawHours', {}, W.agent],
  ['ConfirmHours', {}, W.tutor],
  ['ContestHours', { claimedMinutes: 1 }, W.tutor],
  ['ResolveContest', { minutes: 1 }, W.officer],
  ['ValidateHours', {}, W.hr],
  ['RecordAdjustment', { deltaMinutes: -1, countsIn: '2026-05' }, W.hr],
] as const;

describe('a refusal says what one needs to know to act on it', () => {
  test.each(onEntry)('%s of an entry that there is not says so, and nothing else', (command, data, actor) => {
    const outcome = world.when(command, W.onEntry(50, data), by(actor));
    expect(told(outcome)).toEqual({ 'hours.unknown-entry': { entryId } });
    expect(outcome.reads).toEqual([W.onTime]);
  });

  test('of whom the actor is not the one meant', () => {
    const scope = (history: typeof world, command: string, data: object, role: string) =>
      told(history.when(command, data, stranger(role)))['role.not-designated'];
    const month = { personId: W.ids.agent, employmentId, month: '2026-03' };
    const adjustment = W.onEntry(50, { deltaMinutes: -1, countsIn: '2026-05' });
    expect(scope(declared, 'WithdrawHours', one, 'agent')).toEqual({ role: 'agent', scope: `person ${W.ids.agent}` });
    expect(scope(declared, 'ConfirmHours', one, 'tutor')).toMatchObject({ scope: `assignment ${assignmentId}` });
    expect(scope(confirmed, 'ValidateHours', one, 'hr')).toMatchObject({ scope: `employment ${employmentId}` });
    expect(scope(confirmed, 'ClosePeriod', month, 'hr')).toMatchObject({ scope: `employment ${employmentId}` });
    expect(scope(locked, 'RecordAdjustment', adjustment, 'hr')).toMatchObject({ scope: `employment ${employmentId}` });
  });

  test('of the part that the actor had in the entry before', () => {
    const self = (role: string) => by({ ...W.agent, role });
    const contest = W.onEntry(50, { claimedMinutes: 1 });
    const same = { 'hours.same-person': { as: ['declared'] } };
    expect(told(declared.when('ContestHours', contest, self('tutor')))).toEqual(same);
    expect(told(confirmed.when('ValidateHours', one, self('hr')))).toEqual(same);
    const contested = declared.when('ContestHours', contest, by(W.tutor)).next();
    const resolution = W.onEntry(50, { minutes: 1 });
    const tutor = by({ ...W.tutor, role: 'programme_officer' });
    expect(told(contested.when('ResolveContest', resolution, tutor))).toEqual({
      'hours.same-person': { as: ['contested'] },
    });
  });

  test('of what an entry should have been for an adjustment, and of the month it may count in', () => {
    const adjust = (history: typeof world, countsIn: string) =>
      told(history.when('RecordAdjustment', W.onEntry(50, { deltaMinutes: -1, countsIn }), by(W.hr)));
    expect(adjust(confirmed, '2026-05')).toEqual({
      'hours.wrong-state': { id: entryId, status: 'confirmed', expected: 'locked' },
    });
    expect(adjust(locked, '2026-03')).toEqual({
      'hours.wrong-state': { id: '2026-03', status: 'not after 2026-03', expected: 'after 2026-03' },
      'hours.period-closed': { month: '2026-03', employmentId },
    });
    expect(adjust(locked, '2026-07')).toEqual({
      'hours.in-the-future': { ends: '2026-07', now: '2026-06', zone: 'Europe/Paris' },
    });
  });

  test('of the months to close before, in order, and of the hours to settle', () => {
    const january = W.validated(48, '2026-01-12');
    const february = W.validated(49, '2026-02-12');
    const open = world.and(...february, ...january, ...W.confirmed(50, '2026-03-03'));
    const close = { personId: W.ids.agent, employmentId, month: '2026-03' };
    expect(told(open.when('ClosePeriod', close, by(W.hr)))).toEqual({
      'period.earlier-open': { month: '2026-03', months: ['2026-01', '2026-02'] },
      'period.unsettled-hours': { month: '2026-03', count: 1, entryIds: [entryId] },
    });
    const early = { actor: W.hr, at: '2026-03-20T09:00:00Z' };
    expect(told(world.when('ClosePeriod', close, early))).toEqual({
      'period.not-ended': { month: '2026-03', today: '2026-03-20' },
    });
  });

  test('of the share that is taken already, and of that alone', () => {
    const quota = (num: number, den: number) => ({ num, den, window: 'year' as const });
    const held = past(W.onTime, QuotaTaken.parse({ assignmentId: W.ids.otherAssignment, quota: quota(1, 4) }));
    const take = { personId: W.ids.agent, assignmentId: W.ids.otherAssignment, quota: quota(1, 1) };
    expect(told(world.and(held).when('TakeQuota', take, by(W.officer)))).toEqual({
      'hours.wrong-state': { id: W.ids.otherAssignment, status: 'quota 1/4 taken', expected: 'none' },
    });
  });
});

describe('what is decided on an entry', () => {
  const overseas = { place: 'Saint-Denis', zone: 'Indian/Reunion', holidayCalendar: 'fr-974' } as const;
  const there = W.engagedAgent({ site: overseas });
  const entry = W.declare(there, W.hours(50, '2026-03-03'), '2026-03-04T09:00:00Z').next();
  const evening = '2026-03-31T21:00:00Z';
  const asked = (history: typeof world, n: number) => {
    const [command, data, actor] = onEntry[n] ?? onEntry[0];
    return history.when(command, W.onEntry(50, data), { actor, at: evening }).decision;
  };
  const checked = entry.when('ConfirmHours', one, { actor: W.tutor, at: evening }).next();
  const disputed = entry
    .when('ContestHours', W.onEntry(50, { claimedMinutes: 1 }), { actor: W.tutor, at: evening })
    .next();
  const validated = past(W.onTime, HoursValidated.parse({ entryId }), { actor: W.hr });
  const decisions = [
    ['CorrectHours', () => asked(entry, 0)],
    ['WithdrawHours', () => asked(entry, 1)],
    ['ConfirmHours', () => asked(entry, 2)],
    ['ContestHours', () => asked(entry, 3)],
    ['ResolveContest', () => asked(disputed, 4)],
    ['ValidateHours', () => asked(checked, 5)],
    [
      'RecordAdjustment',
      () => {
        const adjusted = W.onEntry(50, { deltaMinutes: -1, countsIn: '2026-04' });
        const locked = checked.and(validated, W.closed('2026-03'));
        return locked.when('RecordAdjustment', adjusted, { actor: W.hr, at: evening }).decision;
      },
    ],
    ['DeclareHours', () => W.declare(there, W.hours(51, '2026-04-01'), evening).decision],
  ] as const;
  test.each(decisions)('by %s takes effect on the day it is at the site, under the framework of the text', (_, of) => {
    const decision = of();
    expect(decision.accepted && [decision.effectiveOn, decision.framework]).toEqual([
      '2026-04-01',
      { id: 'idf-2017-pilot', version: 1 },
    ]);
  });
});
