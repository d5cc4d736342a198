import { describe, expect, test } from '@jest/globals';
import { past } from '@probono/testing';
import * as W from '../../test/working.js';
import { AssignmentEnded } from '../assignment/events.js';
import { ConventionSuspended } from '../convention/events.js';
import { SeriesId } from '../kernel/identifiers.js';
import { LocalDate } from '../time/types.js';
import {
  SessionCancelled,
  SessionHeld,
  SessionMissed,
  SessionPlanned,
  SessionReinstated,
  SessionRescheduled,
  SessionSeriesPlanned,
} from './events.js';
import { sessionIdOf } from './session-id.js';

const at = '2026-02-02T09:00:00Z';
const { assignment: assignmentId } = W.ids;
const [sessionId, otherId] = [W.uuid(60), W.uuid(61)];
const world = W.engagedAgent();
const byTutor = { actor: W.tutor, at };
const byOfficer = { actor: W.officer, at };

const plan = (more: Readonly<Record<string, unknown>> = {}) => ({
  ...{ assignmentId, sessionId, date: '2026-03-03', start: '14:00', minutes: 210 },
  ...more,
});
const slot = { date: '2026-03-03', start: '14:00', zone: 'Europe/Paris', minutes: 210, place: 'Paris' };
const first = { ...slot, startsAt: '2026-03-03T13:00:00Z' };
const planned = world.and(past(W.onSchedule, SessionPlanned.parse({ sessionId, version: 1, ...first })));
const one = { assignmentId, sessionId };
const suspension = past(W.onConvention, ConventionSuspended.parse({ from: '2026-03-01', to: '2026-03-31' }));

describe('planning a session', () => {
  test('puts it at the mission’s site, in its zone', () => {
    const done = world.when('PlanSession', plan(), byTutor);
    done.expectEvents(SessionPlanned.parse({ sessionId, version: 1, ...first })).expectFindings();
    done.next().when('PlanSession', plan(), byTutor).expectAlreadySo();
    done
      .next()
      .when('PlanSession', plan({ start: '20:00' }), byOfficer)
      .expectRefusals('session.wrong-state');
  });
  test('is for the tutor of that mission and for officers', () => {
    world.when('PlanSession', plan(), byOfficer).expectFindings();
    world
      .when('PlanSession', plan(), { actor: { id: W.ids.stranger, role: 'tutor' }, at })
      .expectRefusals('role.not-designated');
    world.when('PlanSession', plan(), { actor: W.agent, at }).expectRefusals('role.not-allowed');
  });
  test('needs an assignment', () => {
    const nowhere = plan({ assignmentId: W.uuid(999) });
    world.when('PlanSession', nowhere, byOfficer).expectRefusals('session.wrong-state');
  });
  test('needs a day in force, of an assignment that has not ended', () => {
    world.when('PlanSession', plan({ date: '2028-01-03' }), byTutor).expectRefusals('session.outside-force');
    const ended = past(W.onAssignment, AssignmentEnded.parse({ on: '2026-03-02', cause: 'completed' }));
    world.and(ended).when('PlanSession', plan(), byTutor).expectRefusals('session.outside-force');
  });
  test('on a suspended day is refused, and not called outside force too', () => {
    world.and(suspension).when('PlanSession', plan(), byTutor).expectRefusals('session.in-suspension');
  });
  test('on a holiday of the site is noted', () => {
    world.when('PlanSession', plan({ date: '2026-05-01' }), byTutor).expectFindings('session.on-holiday');
    const site = { place: 'Strasbourg', zone: 'Europe/Paris', holidayCalendar: 'fr-alsace-moselle' };
    world.when('PlanSession', plan({ date: '2026-04-03', site }), byTutor).expectFindings('session.on-holiday');
    world.when('PlanSession', plan({ date: '2026-04-03' }), byTutor).expectFindings();
  });
  test('over another session of the assignment is refused, over one elsewhere noted', () => {
    const again = plan({ sessionId: otherId, start: '17:29', minutes: 60 });
    planned.when('PlanSession', again, byTutor).expectRefusals('session.overlaps-session');
    planned.when('PlanSession', { ...again, start: '17:30' }, byTutor).expectFindings();
    const elsewhere = { ...again, assignmentId: W.ids.otherAssignment };
    planned
      .and(...W.engaged({ other: true }))
      .when('PlanSession', elsewhere, byTutor)
      .expectFindings('session.overlaps-session');
  });
  test('beyond the rhythm of the mission is noted', () => {
    const rhythm = { count: 1, per: 'week', minutes: 210 } as const;
    const weekly = W.engagedAgent({ rhythm });
    const first = weekly.when('PlanSession', plan(), byTutor).expectFindings().next();
    const second = plan({ sessionId: otherId, date: '2026-03-05' });
    first.when('PlanSession', second, byTutor).expectFindings('session.exceeds-rhythm');
    weekly.when('PlanSession', plan({ minutes: 240 }), byTutor).expectFindings('session.exceeds-rhythm');
  });
  test('at a time that the clock skips or shows twice', () => {
    const skipped = plan({ date: '2027-03-28', start: '02:30' });
    world.when('PlanSession', skipped, byTutor).expectRefusals('session.nonexistent-local-time');
    const twice = plan({ date: '2026-10-25', start: '02:30' });
    world.when('PlanSession', twice, byTutor).expectRefusals('session.ambiguous-local-time');
    world.when('PlanSession', { ...twice, fold: 'second' }, byTutor).expectFindings();
  });
});

describe('planning a series', () => {
  const seriesId = SeriesId.parse(W.uuid(70));
  const site = { place: 'Paris', zone: 'Europe/Paris', holidayCalendar: 'fr' } as const;
  const series = {
    ...{ assignmentId, seriesId, rhythm: { count: 1, per: 'week' }, from: '2026-04-24', to: '2026-05-22' },
    ...{ start: '14:00', minutes: 210, skipHolidays: true, exclusions: ['2026-05-15'] },
  };
  const done = world.when('PlanSessionSeries', series, byTutor);
  const datesOf = (outcome: typeof done) =>
    (outcome.decision.accepted ? outcome.decision.events : []).flatMap(({ data }) =>
      typeof data === 'object' && data !== null && 'date' in data ? [data.date] : [],
    );

  test('plans a session per date, holidays and exclusions left out, under ids that anyone can derive', () => {
    const session = (date: string) =>
      SessionPlanned.parse({
        ...{ sessionId: sessionIdOf(seriesId, LocalDate.parse(date)), version: 1, seriesId, ...slot, date },
        startsAt: `${date}T12:00:00Z`,
      });
    const { assignmentId: _stream, ...planned } = { ...series, site };
    done.expectEvents(
      SessionSeriesPlanned.parse(planned as Parameters<typeof SessionSeriesPlanned.parse>[0]),
      session('2026-04-24'),
      session('2026-05-22'),
    );
  });
  test('twice is already so; under its id, another is refused', () => {
    done.next().when('PlanSessionSeries', series, byOfficer).expectAlreadySo();
    done
      .next()
      .when('PlanSessionSeries', { ...series, minutes: 60 }, byOfficer)
      .expectRefusals('session.wrong-state');
  });
  test('keeps holidays when asked to, and notes them', () => {
    const all = world.when('PlanSessionSeries', { ...series, skipHolidays: false, exclusions: [] }, byTutor);
    all.expectFindings('session.on-holiday');
    expect(datesOf(all)).toEqual(['2026-04-24', '2026-05-01', '2026-05-08', '2026-05-15', '2026-05-22']);
  });
  test('names every date that stands against it', () => {
    const long = { ...series, rhythm: { rrule: 'FREQ=MONTHLY;BYMONTHDAY=10' }, from: '2027-10-01', to: '2028-02-28' };
    const { decision } = world.when('PlanSessionSeries', long, byTutor).expectRefusals('session.outside-force');
    expect(decision.accepted || decision.refusals[0]?.facts).toMatchObject({ dates: ['2028-01-10', '2028-02-10'] });
  });
  test('that breaks the rhythm is noted', () => {
    const thrice = { ...series, rhythm: { count: 3, per: 'week' } };
    world.when('PlanSessionSeries', thrice, byTutor).expectFindings('session.exceeds-rhythm');
  });
  test('is refused in its form when it is endless, backwards or not a rule', () => {
    const invalid = (more: object) => () => world.when('PlanSessionSeries', { ...series, ...more }, byTutor);
    expect(invalid({ to: '2026-04-23' })).toThrow('the last day lies before the first');
    expect(invalid({ rhythm: { rrule: 'FREQ=DAILY' }, to: '2029-04-24' })).toThrow('at most 1000 sessions');
    expect(invalid({ rhythm: { rrule: 'EVERY=TUESDAY' } })).toThrow('not a recurrence rule (RFC 5545)');
  });
});

describe('moving a session', () => {
  const to = { date: '2026-03-05', start: '09:00' };
  const moved = { ...slot, ...to, startsAt: '2026-03-05T08:00:00Z' };
  test('gives it the next version; what is not said stays', () => {
    const done = planned.when('RescheduleSession', { ...one, to }, { actor: W.agent, at });
    done.expectEvents(SessionRescheduled.parse({ sessionId, version: 2, from: first, to: moved, by: 'agent' }));
    done
      .next()
      .when('RescheduleSession', { ...one, to }, byTutor)
      .expectAlreadySo();
    expect(done.next().state(W.onSchedule)).toMatchObject({
      sessions: { [sessionId]: { version: 2, date: '2026-03-05' } },
    });
  });
  test('does not collide with itself, but with others', () => {
    planned.when('RescheduleSession', { ...one, to: { date: '2026-03-03', start: '15:00' } }, byTutor).expectFindings();
    const two = planned.when('PlanSession', plan({ sessionId: otherId, ...to }), byTutor).next();
    two.when('RescheduleSession', { ...one, to }, byTutor).expectRefusals('session.overlaps-session');
  });
  test('is for the agent’s own sessions', () => {
    const stranger = { actor: { id: W.ids.stranger, role: 'agent' }, at };
    planned.when('RescheduleSession', { ...one, to }, stranger).expectRefusals('role.not-designated');
  });
  test('needs a planned session', () => {
    world.when('RescheduleSession', { ...one, to }, byTutor).expectRefusals('session.wrong-state');
  });
});

describe('what becomes of a session', () => {
  const cancelled = planned.and(past(W.onSchedule, SessionCancelled.parse({ sessionId, version: 1, by: 'system' })));
  const after = { actor: W.tutor, at: '2026-03-04T09:00:00Z' };
  test('it is cancelled, once', () => {
    for (const actor of [W.agent, W.tutor, W.officer, W.system]) {
      const done = planned.when('CancelSession', one, { actor, at });
      done.expectEvents(SessionCancelled.parse({ sessionId, version: 1, by: actor.role as 'agent' }));
      done.next().when('CancelSession', one, { actor, at }).expectAlreadySo();
    }
    world.when('CancelSession', one, byTutor).expectRefusals('session.wrong-state');
  });
  test('a cancelled one is reinstated, with a new version, where it may take place', () => {
    const done = cancelled.when('ReinstateSession', one, { actor: W.system, at });
    done.expectEvents(SessionReinstated.parse({ sessionId, version: 2 }));
    done.next().when('ReinstateSession', one, { actor: W.system, at }).expectAlreadySo();
    cancelled.and(suspension).when('ReinstateSession', one, byTutor).expectRefusals('session.in-suspension');
    world.when('ReinstateSession', one, byTutor).expectRefusals('session.wrong-state');
  });
  test('it is held, once it has begun', () => {
    const done = planned.when('HoldSession', one, after).expectEvents(SessionHeld.parse({ sessionId }));
    done.next().when('HoldSession', one, after).expectAlreadySo();
    done.next().when('CancelSession', one, after).expectRefusals('session.wrong-state');
    planned.when('HoldSession', one, byTutor).expectRefusals('session.wrong-state');
    cancelled.when('HoldSession', one, after).expectRefusals('session.wrong-state');
  });
  test('or missed, excused or not, never why', () => {
    const miss = { ...one, excused: true };
    const done = planned
      .when('MissSession', miss, after)
      .expectEvents(SessionMissed.parse({ sessionId, excused: true }));
    done.next().when('MissSession', miss, after).expectAlreadySo();
    done
      .next()
      .when('MissSession', { ...miss, excused: false }, after)
      .expectRefusals('session.wrong-state');
    planned.when('MissSession', miss, byTutor).expectRefusals('session.wrong-state');
  });
});

test('a session’s id is a UUIDv7 derived from its series and date', () => {
  const seriesId = SeriesId.parse(W.uuid(70));
  const id = sessionIdOf(seriesId, LocalDate.parse('2026-03-03'));
  expect(id).toBe(sessionIdOf(seriesId, LocalDate.parse('2026-03-03')));
  expect(id).not.toBe(sessionIdOf(seriesId, LocalDate.parse('2026-03-04')));
  expect(id).not.toBe(sessionIdOf(SeriesId.parse(W.uuid(71)), LocalDate.parse('2026-03-03')));
});
