import { describe, expect, test } from '@jest/globals';
import type { Given } from '@probono/testing';
import * as C from '../../test/convention-life.js';
import { ConventionResumed, ConventionSuspended } from './events.js';
import { daysInForce } from './force.js';
import { forceOn } from './queries.js';

const suspend = (history: Given, from: string, to?: string, date = '2027-03-15', actor = C.host) =>
  C.act(history, 'SuspendConvention', date, actor, { from, ...(to === undefined ? {} : { to }) });
const resume = (history: Given, on: string, date: string, actor: { id: string; role: string } = C.home) =>
  C.act(history, 'ResumeConvention', date, actor, { on });
const on = (history: Given, date: string) => forceOn(C.stateOf(history), C.ada, C.day(date));

const open = suspend(C.signed(), '2027-03-20').next();
const spanned = suspend(C.signed(), '2027-03-20', '2027-03-31').next();

describe('suspending', () => {
  test('takes days out of force, and does not move the end', () => {
    suspend(C.signed(), '2027-03-20', '2027-03-31').expectEvents(
      ConventionSuspended.parse({ from: '2027-03-20', to: '2027-03-31' }),
    );
    expect(['2027-03-19', '2027-03-20', '2027-03-31', '2027-04-01'].map((date) => on(spanned, date))).toEqual([
      'in_force',
      'suspended',
      'suspended',
      'in_force',
    ]);
    expect(on(open, '2027-07-01')).toBe('outside');
    expect(daysInForce(C.stateOf(spanned), C.ada, C.day('2027-03-01'), C.day('2027-04-30'))).toBe(61 - 12);
  });
  test('may reach back', () => {
    expect(on(suspend(C.signed(), '2027-03-09').next(), '2027-03-10')).toBe('suspended');
  });
  test('the same span twice is already so; one that overlaps it is the wrong state', () => {
    suspend(open, '2027-03-20').expectAlreadySo();
    suspend(open, '2027-03-20', '2027-03-25').expectRefusals('convention.wrong-state');
    suspend(open, '2027-04-01', '2027-04-02').expectRefusals('convention.wrong-state');
    suspend(spanned, '2027-03-31', '2027-04-02').expectRefusals('convention.wrong-state');
    suspend(spanned, '2027-04-01', '2027-04-02').expectFindings();
    suspend(spanned, '2027-03-16', '2027-03-20').expectRefusals('convention.wrong-state');
    suspend(spanned, '2027-03-16', '2027-03-19').expectFindings();
  });
  test('to another day, or anew after it was resumed, is not the same span', () => {
    suspend(spanned, '2027-03-20', '2027-04-01').expectRefusals('convention.wrong-state');
    suspend(spanned, '2027-03-21', '2027-03-31').expectRefusals('convention.wrong-state');
    const resumed = resume(open, '2027-03-20', '2027-03-19').next();
    suspend(resumed, '2027-03-20').expectEvents(ConventionSuspended.parse({ from: '2027-03-20' }));
  });
  test('may meet one that lasted no day, or was over before', () => {
    const undone = resume(open, '2027-03-20', '2027-03-19').next();
    suspend(undone, '2027-03-10', '2027-03-31').expectFindings();
    const one = suspend(C.signed(), '2027-03-20', '2027-03-20').next();
    suspend(one, '2027-03-10', '2027-03-31').expectRefusals('convention.wrong-state');
  });
  test('may last from the first day to the last', () => {
    suspend(C.signed(), '2027-01-01', '2027-06-30').expectFindings();
  });
  test('lies within the period', () => {
    suspend(C.signed(), '2026-12-31').expectRefusals('convention.suspension-outside-period');
    suspend(C.signed(), '2027-06-01', '2027-07-01').expectRefusals('convention.suspension-outside-period');
    suspend(C.signed(), '2027-06-02', '2027-06-01').expectRefusals('convention.suspension-outside-period');
  });
  test('is for a representative, while the convention runs', () => {
    suspend(C.signed(), '2027-03-20', undefined, '2027-03-15', C.stranger('host_representative')).expectRefusals(
      'role.not-designated',
    );
    suspend(C.signed(), '2027-03-20', undefined, '2026-12-15').expectRefusals('convention.wrong-state');
    suspend(C.signed(), '2027-03-20', undefined, '2027-07-15').expectRefusals('convention.wrong-state');
  });
});

describe('resuming', () => {
  test('says the first day in force again, once', () => {
    const resumed = resume(open, '2027-04-12', '2027-04-10')
      .expectEvents(ConventionResumed.parse({ on: '2027-04-12' }))
      .next();
    expect([on(resumed, '2027-04-11'), on(resumed, '2027-04-12')]).toEqual(['suspended', 'in_force']);
    resume(resumed, '2027-04-12', '2027-04-13').expectAlreadySo();
    resume(resumed, '2027-04-20', '2027-04-13').expectRefusals('convention.wrong-state');
  });
  test('ends the suspension that holds the day, and no other', () => {
    const twice = suspend(spanned, '2027-05-03', '2027-05-14').next();
    const early = resume(twice, '2027-03-25', '2027-03-24').next();
    expect([on(early, '2027-03-24'), on(early, '2027-03-25'), on(early, '2027-05-03')]).toEqual([
      'suspended',
      'in_force',
      'suspended',
    ]);
    const late = resume(early, '2027-05-10', '2027-05-09').next();
    expect([on(late, '2027-03-24'), on(late, '2027-05-09'), on(late, '2027-05-10')]).toEqual([
      'suspended',
      'suspended',
      'in_force',
    ]);
  });
  test('on its first day undoes the suspension', () => {
    expect(on(resume(open, '2027-03-20', '2027-03-19').next(), '2027-03-20')).toBe('in_force');
  });
  test('is not on a day after the one that follows its last', () => {
    resume(spanned, '2027-04-01', '2027-04-01').expectFindings();
    resume(spanned, '2027-04-02', '2027-04-02').expectRefusals('convention.wrong-state');
  });
  test('needs a suspension, and a representative', () => {
    resume(C.signed(), '2027-04-12', '2027-04-10').expectRefusals('convention.wrong-state');
    resume(C.given(), '2027-04-12', '2027-04-10').expectRefusals('convention.wrong-state');
    resume(open, '2027-04-12', '2027-04-10', C.stranger('home_representative')).expectRefusals('role.not-designated');
  });
  test('is noted by the clerk only when a last day was set, and has passed', () => {
    const noted = resume(spanned, '2027-04-01', '2027-04-01', C.clerk).expectEvents(
      ConventionResumed.parse({ on: '2027-04-01' }),
    );
    resume(noted.next(), '2027-04-01', '2027-04-02', C.clerk).expectAlreadySo();
    expect(on(noted.next(), '2027-03-31')).toBe('suspended');
    resume(spanned, '2027-04-01', '2027-03-31', C.clerk).expectRefusals('convention.wrong-state');
    resume(spanned, '2027-03-25', '2027-03-25', C.clerk).expectRefusals('convention.wrong-state');
    resume(open, '2027-04-01', '2027-04-01', C.clerk).expectRefusals('convention.wrong-state');
  });
});
