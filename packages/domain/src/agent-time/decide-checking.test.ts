import { describe, expect, test } from '@jest/globals';
import { type Past, past } from '@probono/testing';
import { told } from '../../test/told.js';
import * as W from '../../test/working.js';
import { ConventionClosed, ConventionSuspended } from '../convention/events.js';
import { forceOn } from '../convention/queries.js';
import type { ConventionState } from '../convention/state.js';
import { EmploymentEnded } from '../person/events.js';
import { SessionCancelled, SessionPlanned } from '../schedule/events.js';
import { LocalDate } from '../time/types.js';
import {
  ContestResolved,
  HoursConfirmed,
  HoursContested,
  HoursCorrected,
  HoursValidated,
  HoursWithdrawn,
} from './events.js';

const at = '2026-06-01T09:00:00Z';
const entryId = W.uuid(50);
const world = W.engagedAgent();
const declared = world.and(W.declared(50, '2026-03-03'));
const confirmed = world.and(...W.confirmed(50, '2026-03-03'));
const validated = world.and(...W.validated(50, '2026-03-03'));
const locked = validated.and(W.closed('2026-03'));
const contestedBy = (actor: { id: string; role: string }): Past =>
  past(W.onTime, HoursContested.parse({ entryId, claimedMinutes: 180 }), { actor });
const contested = declared.and(contestedBy(W.tutor));
const closing = past(W.onConvention, ConventionClosed.parse({ totals: [] }));
const one = W.onEntry(50);

describe('confirming hours', () => {
  test('is for a tutor of that host, once', () => {
    const done = declared
      .when('ConfirmHours', one, { actor: W.tutor, at })
      .expectEvents(HoursConfirmed.parse({ entryId }));
    done.next().when('ConfirmHours', one, { actor: W.tutor, at }).expectAlreadySo();
    done.next().when('ConfirmHours', one, { actor: W.otherTutor, at }).expectRefusals('hours.wrong-state');
    const stranger = { id: W.ids.stranger, role: 'tutor' };
    declared.when('ConfirmHours', one, { actor: stranger, at }).expectRefusals('role.not-designated');
  });
  test('is not for the one who declared', () => {
    const self = { ...W.agent, role: 'tutor' };
    declared.when('ConfirmHours', one, { actor: self, at }).expectRefusals('hours.same-person');
  });
  test('needs the entry, an open month and an open convention', () => {
    world.when('ConfirmHours', one, { actor: W.tutor, at }).expectRefusals('hours.unknown-entry');
    const late = declared.and(W.closed('2026-03'));
    late.when('ConfirmHours', one, { actor: W.tutor, at }).expectRefusals('hours.period-closed');
    late.and(closing).when('ConfirmHours', one, { actor: W.tutor, at }).expectRefusals('hours.convention-closed');
  });
});

describe('contesting hours', () => {
  const contest = W.onEntry(50, { claimedMinutes: 180 });
  test('is for a tutor, once', () => {
    const done = declared.when('ContestHours', contest, { actor: W.tutor, at });
    done.expectEvents(HoursContested.parse({ entryId, claimedMinutes: 180 }));
    done.next().when('ContestHours', contest, { actor: W.tutor, at }).expectAlreadySo();
    done
      .next()
      .when('ContestHours', { ...contest, claimedMinutes: 60 }, { actor: W.tutor, at })
      .expectRefusals('hours.wrong-state');
  });
  test('is not for the one who declared, nor of withdrawn hours', () => {
    const self = { ...W.agent, role: 'tutor' };
    declared.when('ContestHours', contest, { actor: self, at }).expectRefusals('hours.same-person');
    const withdrawn = past(W.onTime, HoursWithdrawn.parse({ entryId }));
    contested.and(withdrawn).when('ContestHours', contest, { actor: W.tutor, at }).expectRefusals('hours.wrong-state');
    confirmed.and(withdrawn).when('ConfirmHours', one, { actor: W.tutor, at }).expectRefusals('hours.wrong-state');
  });
  test('is resolved once: by one officer, at one figure', () => {
    const resolve = (minutes: number) => W.onEntry(50, { minutes });
    const done = contested.when('ResolveContest', resolve(210), { actor: W.officer, at }).expectFindings().next();
    const other = { id: W.ids.stranger, role: 'programme_officer' };
    done.when('ResolveContest', resolve(210), { actor: other, at }).expectRefusals('hours.wrong-state');
    done.when('ResolveContest', resolve(209), { actor: W.officer, at }).expectRefusals('hours.wrong-state');
    done
      .and(past(W.onTime, HoursWithdrawn.parse({ entryId })))
      .when('ResolveContest', resolve(210), { actor: W.officer, at })
      .expectRefusals('hours.wrong-state');
  });
  test('is resolved by an officer, which confirms', () => {
    const resolve = W.onEntry(50, { minutes: 180 });
    const done = contested.when('ResolveContest', resolve, { actor: W.officer, at });
    done.expectEvents(ContestResolved.parse({ entryId, minutes: 180 }));
    done.next().when('ResolveContest', resolve, { actor: W.officer, at }).expectAlreadySo();
    done.next().when('ValidateHours', one, { actor: W.hr, at }).expectEvents(HoursValidated.parse({ entryId }));
  });
  test('is not resolved above what was declared, nor by who contested', () => {
    const above = W.onEntry(50, { minutes: 211 });
    contested.when('ResolveContest', above, { actor: W.officer, at }).expectRefusals('hours.resolution-above-declared');
    const self = { ...W.tutor, role: 'programme_officer' };
    contested
      .when('ResolveContest', W.onEntry(50, { minutes: 0 }), { actor: self, at })
      .expectRefusals('hours.same-person');
    declared
      .when('ResolveContest', W.onEntry(50, { minutes: 0 }), { actor: W.officer, at })
      .expectRefusals('hours.wrong-state');
  });
  test('the one who contested does not validate', () => {
    const resolved = declared
      .and(contestedBy({ ...W.hr, role: 'tutor' }))
      .and(past(W.onTime, ContestResolved.parse({ entryId, minutes: 180 }), { actor: W.officer }));
    resolved.when('ValidateHours', one, { actor: W.hr, at }).expectRefusals('hours.same-person');
    resolved.when('ValidateHours', one, { actor: W.otherHr, at }).expectFindings();
  });
});

describe('validating hours', () => {
  test('is for HR of the employer, once', () => {
    const done = confirmed
      .when('ValidateHours', one, { actor: W.hr, at })
      .expectEvents(HoursValidated.parse({ entryId }));
    done.next().when('ValidateHours', one, { actor: W.hr, at }).expectAlreadySo();
    done.next().when('ValidateHours', one, { actor: W.otherHr, at }).expectRefusals('hours.wrong-state');
    const stranger = { id: W.ids.stranger, role: 'hr' };
    confirmed.when('ValidateHours', one, { actor: stranger, at }).expectRefusals('role.not-designated');
  });
  test('needs a confirmation, by another', () => {
    declared.when('ValidateHours', one, { actor: W.hr, at }).expectRefusals('hours.wrong-state');
    const self = { ...W.agent, role: 'hr' };
    confirmed.when('ValidateHours', one, { actor: self, at }).expectRefusals('hours.same-person');
  });
  test('is refused where the session was cancelled since; on a day that is lost besides, the day alone is told', () => {
    const sessionId = W.uuid(60);
    const session = { sessionId, version: 1, date: '2026-03-03', start: '14:00', zone: 'Europe/Paris', minutes: 210 };
    const planned = world.and(
      past(W.onSchedule, SessionPlanned.parse({ ...session, startsAt: '2026-03-03T13:00:00Z', place: 'Paris' })),
    );
    const checked = W.declare(planned, W.hours(50, '2026-03-03', { sessionId }), at)
      .next()
      .when('ConfirmHours', one, { actor: W.tutor, at })
      .next();
    const validate = (...since: Past[]) => checked.and(...since).when('ValidateHours', one, { actor: W.hr, at });
    const cancelled = past(W.onSchedule, SessionCancelled.parse({ sessionId, version: 1, by: 'tutor' }));
    const suspended = past(W.onConvention, ConventionSuspended.parse({ from: '2026-03-01' }));
    const left = past(W.onPerson, EmploymentEnded.parse({ employmentId: W.ids.employment, on: '2026-03-02' }));
    validate().expectFindings();
    expect(told(validate(cancelled))).toEqual({ 'hours.session-cancelled': { sessionId } });
    validate(cancelled, suspended).expectRefusals('hours.in-suspension');
    validate(cancelled, left).expectRefusals('hours.agent-left');
    validate(suspended, left).expectRefusals('hours.agent-left');
    validate(cancelled, W.closed('2026-03')).expectRefusals('hours.period-closed');
  });
  test('reads the schedule only for hours of a session, and an employer only where there is one', () => {
    const place = [W.onTime, W.onAssignment, `mission-${W.ids.mission}`, W.onConvention, W.onPerson];
    const reads = (history: typeof world) => history.when('ValidateHours', one, { actor: W.hr, at }).reads;
    expect(reads(confirmed)).toEqual([...place, `organisation-${W.ids.home}`]);
    const unemployed = W.given(...W.engaged(), W.declared(50, '2026-03-03'));
    expect(reads(unemployed)).toEqual(place);
  });
  test('9: a suspension that reaches back leaves the entry and blocks its validation', () => {
    const suspension = past(W.onConvention, ConventionSuspended.parse({ from: '2026-03-09' }), {
      recordedAt: '2026-03-15T09:00:00Z',
      effectiveOn: '2026-03-09',
    });
    const entry = W.declare(world, W.hours(50, '2026-03-10'), '2026-03-11T09:00:00Z').next();
    const checked = entry.when('ConfirmHours', one, { actor: W.tutor, at: '2026-03-12T09:00:00Z' }).next();
    const suspended = checked.and(suspension);
    suspended
      .when('ValidateHours', one, { actor: W.hr, at: '2026-03-20T09:00:00Z' })
      .expectRefusals('hours.in-suspension');
    expect(suspended.state(W.onTime)).toMatchObject({ entries: { [entryId]: { status: 'confirmed', minutes: 210 } } });
    // As recorded on the 12th.
    const asKnown = checked.state(W.onConvention) as ConventionState; // that stream's aggregate
    expect(forceOn(asKnown, W.ids.agent, LocalDate.parse('2026-03-10'))).toBe('in_force');
  });
});

describe('correcting hours', () => {
  const correct = (deltaMinutes: number) => W.onEntry(50, { deltaMinutes });
  test('takes confirmation and validation back', () => {
    const done = validated.when('CorrectHours', correct(-30), { actor: W.agent, at });
    done.expectEvents(HoursCorrected.parse({ entryId, deltaMinutes: -30 }));
    expect(done.next().state(W.onTime)).toMatchObject({ entries: { [entryId]: { status: 'declared', minutes: 180 } } });
    done.next().when('ConfirmHours', one, { actor: W.tutor, at }).expectEvents(HoursConfirmed.parse({ entryId }));
  });
  test('by nothing is already so', () => {
    declared.when('CorrectHours', correct(0), { actor: W.agent, at }).expectAlreadySo();
  });
  test('by nothing judges nothing', () => {
    const suspended = declared.and(past(W.onConvention, ConventionSuspended.parse({ from: '2026-03-01' })));
    suspended.when('CorrectHours', correct(0), { actor: W.agent, at }).expectAlreadySo();
  });
  test('is possible once the tutor has confirmed', () => {
    confirmed.when('CorrectHours', correct(-30), { actor: W.agent, at }).expectFindings();
  });
  test('of an allotment counts the entry once', () => {
    const allotted = W.engagedAgent({ allottedMinutes: 400 }).and(W.declared(50, '2026-03-03'));
    allotted.when('CorrectHours', correct(190), { actor: W.agent, at }).expectFindings();
    allotted.when('CorrectHours', correct(191), { actor: W.agent, at }).expectRefusals('hours.allotment-exceeded');
  });
  test('does not go below zero', () => {
    declared.when('CorrectHours', correct(-211), { actor: W.agent, at }).expectRefusals('hours.correction-below-zero');
    declared.when('CorrectHours', correct(-210), { actor: W.agent, at }).expectFindings();
  });
  test('upwards is judged like hours newly declared', () => {
    declared.when('CorrectHours', correct(391), { actor: W.agent, at }).expectRefusals('hours.daily-limit');
    declared.when('CorrectHours', correct(390), { actor: W.agent, at }).expectFindings();
    const suspended = declared.and(past(W.onConvention, ConventionSuspended.parse({ from: '2026-03-01' })));
    suspended.when('CorrectHours', correct(1), { actor: W.agent, at }).expectRefusals('hours.in-suspension');
    suspended.when('CorrectHours', correct(-1), { actor: W.agent, at }).expectFindings();
  });
  test('needs the agent, the entry, an open month and an uncontested entry', () => {
    const stranger = { id: W.ids.stranger, role: 'agent' };
    declared.when('CorrectHours', correct(-1), { actor: stranger, at }).expectRefusals('role.not-designated');
    world.when('CorrectHours', correct(-1), { actor: W.agent, at }).expectRefusals('hours.unknown-entry');
    locked.when('CorrectHours', correct(-1), { actor: W.agent, at }).expectRefusals('hours.period-closed');
    contested.when('CorrectHours', correct(-1), { actor: W.agent, at }).expectRefusals('hours.wrong-state');
  });
});

describe('withdrawing hours', () => {
  test('is possible until the month is closed, once', () => {
    for (const before of [declared, contested, confirmed, validated]) {
      const done = before
        .when('WithdrawHours', one, { actor: W.agent, at })
        .expectEvents(HoursWithdrawn.parse({ entryId }));
      done.next().when('WithdrawHours', one, { actor: W.agent, at }).expectAlreadySo();
      done.next().when('ConfirmHours', one, { actor: W.tutor, at }).expectRefusals('hours.wrong-state');
    }
    locked.when('WithdrawHours', one, { actor: W.agent, at }).expectRefusals('hours.period-closed');
    declared.and(closing).when('WithdrawHours', one, { actor: W.agent, at }).expectRefusals('hours.convention-closed');
  });
});
