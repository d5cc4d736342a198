import { describe, expect, test } from '@jest/globals';
import { past } from '@probono/testing';
import { told } from '../../test/told.js';
import * as W from '../../test/working.js';
import { AgentAssigned } from '../assignment/events.js';
import { ConventionClosed, ConventionSuspended } from '../convention/events.js';
import { EmploymentEnded } from '../person/events.js';
import { SessionCancelled, SessionHeld, SessionMissed, SessionPlanned } from '../schedule/events.js';
import { HoursDeclared, HoursWithdrawn } from './events.js';

const later = '2026-06-01T09:00:00Z';
const reunion = { place: 'Saint-Denis', zone: 'Indian/Reunion', holidayCalendar: 'fr-974' } as const;
const world = W.engagedAgent();

describe('declaring hours', () => {
  test('keeps the wall clock, the zone and the instant', () => {
    W.declare(world, W.hours(50, '2026-03-03', { start: '14:00' }), later).expectEvents(
      HoursDeclared.parse({
        ...{ entryId: W.uuid(50), assignmentId: W.ids.assignment, workDate: '2026-03-03', start: '14:00' },
        ...{ minutes: 210, activity: 'atelier', employmentId: W.ids.employment, zone: 'Europe/Paris' },
        ...{ conventionId: W.ids.convention, startsAt: '2026-03-03T13:00:00.000Z' },
      }),
    );
  });

  test('twice with the same facts is already so, with others it is not', () => {
    const declared = W.declare(world, W.hours(50, '2026-03-03', { start: '14:00' }), later).next();
    W.declare(declared, W.hours(50, '2026-03-03', { start: '14:00' }), later).expectAlreadySo();
    W.declare(declared, W.hours(50, '2026-03-03', { start: '15:00' }), later).expectRefusals('hours.wrong-state');
    const withdrawn = declared.and(past(W.onTime, HoursWithdrawn.parse({ entryId: W.uuid(50) })));
    W.declare(withdrawn, W.hours(50, '2026-03-03', { start: '14:00' }), later).expectRefusals('hours.wrong-state');
  });

  test('is for the agent in person', () => {
    const stranger = { id: W.ids.stranger, role: 'agent' };
    W.declare(world, W.hours(50, '2026-03-03'), later, stranger).expectRefusals('role.not-designated');
    W.declare(world, W.hours(50, '2026-03-03'), later, W.tutor).expectRefusals(
      'role.not-allowed',
      'role.not-designated',
    );
  });

  test('needs minutes', () => {
    W.declare(world, W.hours(50, '2026-03-03', { minutes: 0 }), later).expectRefusals('hours.not-positive');
  });

  test('needs an assignment of that person', () => {
    const nowhere = W.hours(50, '2026-03-03', { assignmentId: W.uuid(999) });
    W.declare(world, nowhere, later).expectRefusals('hours.outside-assignment');
  });

  test('needs the assignment to be the person’s own, and to be from an employment', () => {
    const other = { id: W.ids.stranger, role: 'agent' };
    const hours = { ...W.hours(50, '2026-03-03'), personId: W.ids.stranger };
    const outcome = W.declare(world, hours, later, other).expectRefusals('hours.outside-assignment');
    expect(told(outcome)).toEqual({
      'hours.outside-assignment': { assignmentId: W.ids.assignment, dates: ['2026-03-03'] },
    });
    const terms = { title: { convention: W.ids.convention }, missionId: W.ids.mission, personId: W.ids.agent };
    const unemployed = AgentAssigned.parse({ ...terms, from: '2026-01-01', to: '2026-12-31' });
    W.declare(world.and(past(W.onAssignment, unemployed)), W.hours(50, '2026-03-03'), later).expectRefusals(
      'hours.outside-assignment',
    );
  });

  test('reads the schedule only for hours of a session', () => {
    const place = [W.onTime, W.onAssignment, `mission-${W.ids.mission}`, W.onConvention];
    const reads = (more: object, history = world) =>
      W.declare(history, W.hours(50, '2026-03-03', { ...more }), later).reads;
    expect(reads({})).toEqual([...place, W.onPerson]);
    expect(reads({ sessionId: W.uuid(60) })).toEqual([...place, W.onSchedule, W.onPerson]);
    expect(reads({}, W.given())).toEqual([W.onTime, W.onAssignment, W.onPerson]);
  });

  test('says what it holds against them', () => {
    const facts = (more: object, workDate = '2026-03-03', history = world) =>
      told(W.declare(history, W.hours(50, workDate, { ...more }), later));
    expect(facts({}, '2026-06-02')).toEqual({
      'hours.in-the-future': { ends: '2026-06-02', now: '2026-06-01 11:00', zone: 'Europe/Paris' },
    });
    expect(facts({ start: '14:00' }, '2026-06-01')).toEqual({
      'hours.in-the-future': { ends: '2026-06-01T15:30:00.000Z', now: '2026-06-01 11:00', zone: 'Europe/Paris' },
    });
    expect(facts({ start: '02:30', minutes: 700 }, '2026-03-29')).toEqual({
      'hours.nonexistent-local-time': { start: '02:30', workDate: '2026-03-29', zone: 'Europe/Paris' },
    });
    expect(facts({}, '2026-03-04', world.and(W.declared(50, '2026-03-03')))).toEqual({
      'hours.wrong-state': { id: W.uuid(50), status: 'declared', expected: 'none' },
    });
  });

  test('needs a day in the assignment; outside force, only that is said', () => {
    const short = W.engagedAgent({ from: '2026-02-01', to: '2026-04-30', assignedFrom: '2026-03-01' });
    W.declare(short, W.hours(50, '2026-02-10'), later).expectRefusals('hours.outside-assignment');
    W.declare(short, W.hours(50, '2026-05-10'), later).expectRefusals('hours.outside-force');
  });

  test('judges every day that minutes fall on', () => {
    const ends = W.engagedAgent({ to: '2026-04-30' });
    const night = W.hours(50, '2026-04-30', { start: '22:00', minutes: 180 });
    W.declare(ends, night, later).expectRefusals('hours.outside-force');
    W.declare(ends, { ...night, minutes: 120 }, later).expectFindings();
  });

  test('gives all reasons at once', () => {
    const wrong = W.hours(50, '2028-03-03', { minutes: 0 });
    W.declare(world, wrong, later).expectRefusals('hours.not-positive', 'hours.in-the-future', 'hours.outside-force');
  });

  test('on a suspended day is refused, and not called outside force too', () => {
    const suspended = world.and(
      past(W.onConvention, ConventionSuspended.parse({ from: '2026-03-01', to: '2026-03-31' })),
    );
    W.declare(suspended, W.hours(50, '2026-03-03'), later).expectRefusals('hours.in-suspension');
    W.declare(suspended, W.hours(50, '2026-04-03'), later).expectFindings();
  });

  test('under a closed convention, only that is said', () => {
    const closed = world.and(past(W.onConvention, ConventionClosed.parse({ totals: [] })));
    W.declare(closed, W.hours(50, '2029-03-03', { minutes: 0 }), later).expectRefusals('hours.convention-closed');
  });

  test('in a closed month is refused', () => {
    const closed = world.and(...W.validated(40, '2026-03-02'), W.closed('2026-03'));
    W.declare(closed, W.hours(50, '2026-03-03'), later).expectRefusals('hours.period-closed');
  });

  describe('on a session', () => {
    const sessionId = W.uuid(60);
    const planned = world.and(
      past(
        W.onSchedule,
        SessionPlanned.parse({
          ...{ sessionId, version: 1, date: '2026-03-03', start: '14:00', zone: 'Europe/Paris', minutes: 210 },
          ...{ startsAt: '2026-03-03T13:00:00Z', place: 'Paris' },
        }),
      ),
    );
    test('that was planned is fine', () => {
      W.declare(planned, W.hours(50, '2026-03-03', { sessionId }), later).expectFindings();
    });
    test('that was cancelled is refused', () => {
      const cancelled = past(W.onSchedule, SessionCancelled.parse({ sessionId, version: 1, by: 'tutor' }));
      W.declare(planned.and(cancelled), W.hours(50, '2026-03-03', { sessionId }), later).expectRefusals(
        'hours.session-cancelled',
      );
    });
    test('that does not exist is refused', () => {
      const outcome = W.declare(world, W.hours(50, '2026-03-03', { sessionId }), later);
      const facts = { id: sessionId, status: 'none', expected: ['planned', 'held'] };
      expect(told(outcome)).toEqual({ 'session.wrong-state': facts });
    });
    test('that was held is fine, that was missed is not', () => {
      const hours = W.hours(50, '2026-03-03', { sessionId });
      const held = past(W.onSchedule, SessionHeld.parse({ sessionId }));
      W.declare(planned.and(held), hours, later).expectFindings();
      const missed = past(W.onSchedule, SessionMissed.parse({ sessionId, excused: true }));
      W.declare(planned.and(missed), hours, later).expectRefusals('session.wrong-state');
    });
  });
});

describe('what a careless build gets wrong', () => {
  test('2: hours that reach over new year overlap those of another host', () => {
    const two = W.engagedAgent().and(...W.engaged({ other: true }));
    const at = '2027-01-05T09:00:00Z';
    const eve = W.declare(two, W.hours(50, '2026-12-31', { start: '22:00', minutes: 300 }), at).next();
    const host = { assignmentId: W.ids.otherAssignment, minutes: 60 };
    W.declare(eve, W.hours(51, '2027-01-01', { start: '02:00', ...host }), at).expectRefusals('hours.overlap');
    W.declare(eve, W.hours(51, '2027-01-01', { start: '03:00', ...host }), at).expectFindings();
  });

  test('3: a tenth of 2027 is 9,642 minutes: 22 days of 7 h fit, the 23rd does not', () => {
    const quota = { num: 1, den: 10, window: 'year' } as const;
    const at = '2028-01-10T09:00:00Z';
    let year = W.engagedAgent({ from: '2027-01-01', to: '2027-12-31', quota });
    for (let n = 0; n < 22; n += 1) {
      const workDate = new Date(Date.UTC(2027, 0, 5 + 14 * n)).toISOString().slice(0, 10);
      year = W.declare(year, W.hours(50 + n, workDate, { minutes: 420 }), at)
        .expectFindings()
        .next();
    }
    const { decision } = W.declare(year, W.hours(90, '2027-11-23', { minutes: 420 }), at).expectRefusals(
      'hours.quota-exceeded',
    );
    expect(decision.accepted ? undefined : decision.refusals[0]?.facts).toMatchObject({ ceiling: 9642, minutes: 9660 });
  });

  test('6: at 21:00 UTC it is tomorrow in Réunion and today in Paris', () => {
    const at = '2026-03-31T21:00:00Z';
    W.declare(W.engagedAgent({ site: reunion }), W.hours(50, '2026-04-01'), at).expectFindings();
    W.declare(W.engagedAgent(), W.hours(50, '2026-04-01'), at).expectRefusals('hours.in-the-future');
  });

  test('7: the nights on which clocks change', () => {
    const spring = W.hours(50, '2027-03-27', { start: '23:00', minutes: 300 });
    W.declare(world, spring, '2027-03-28T03:00:00Z').expectFindings(); // 05:00 local
    W.declare(world, spring, '2027-03-28T02:59:00Z').expectRefusals('hours.in-the-future');
    const skipped = W.hours(50, '2027-03-28', { start: '02:30', minutes: 60 });
    W.declare(world, skipped, '2027-04-01T09:00:00Z').expectRefusals('hours.nonexistent-local-time');
    const twice = W.hours(50, '2026-10-25', { start: '02:30', minutes: 60 });
    const at = '2026-11-02T09:00:00Z';
    W.declare(world, twice, at).expectRefusals('hours.ambiguous-local-time');
    const first = W.declare(world, { ...twice, fold: 'first' }, at)
      .expectFindings()
      .next();
    W.declare(first, { ...twice, entryId: W.uuid(51), fold: 'second' }, at).expectFindings();
    W.declare(first, { ...twice, entryId: W.uuid(51), fold: 'first' }, at).expectRefusals('hours.overlap');
  });

  test('10: after leaving, hours of before may be declared, later ones not; a volunteer makes none', () => {
    const left = world.and(
      past(W.onPerson, EmploymentEnded.parse({ employmentId: W.ids.employment, on: '2026-06-30' })),
    );
    const at = '2026-07-05T09:00:00Z';
    W.declare(left, W.hours(50, '2026-06-29'), at).expectFindings();
    W.declare(left, W.hours(50, '2026-06-30'), at).expectFindings();
    W.declare(left, W.hours(50, '2026-07-01'), at).expectRefusals('hours.agent-left');
    const volunteer = left.and(...W.engaged({ other: true, title: 'volunteering' }));
    const free = W.hours(50, '2026-07-02', { assignmentId: W.ids.otherAssignment });
    const own = W.declare(volunteer, free, at);
    const { otherAssignment: assignmentId } = W.ids;
    expect(told(own)).toEqual({ 'hours.on-own-time': { assignmentId, title: 'volunteering' } });
    const { employment: leave, mission: missionId, agent: personId } = W.ids;
    const onLeave = AgentAssigned.parse({
      title: { leave },
      missionId,
      personId,
      from: '2026-07-01',
      to: '2026-07-03',
    });
    const away = W.declare(world.and(past(W.onAssignment, onLeave)), W.hours(50, '2026-07-02'), at);
    expect(told(away)).toEqual({ 'hours.on-own-time': { assignmentId: W.ids.assignment, title: 'leave' } });
  });
});
