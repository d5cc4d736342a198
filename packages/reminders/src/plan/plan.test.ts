import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  ContactPreferencesChanged,
  conventionEvents,
  HoursCorrected,
  HoursWithdrawn,
  PeriodClosed,
  SessionReinstated,
  SessionSeriesPlanned,
  streamName,
  TutorReplaced,
} from '@probono/domain';
import { type FreshDatabase, freshDatabase } from '../../../../test/support/databases.js';
import { emptyWorld, ids, slotOf, type World } from '../../test/world.js';

const { ConventionDrafted, ConventionSigned, TerminationNoticeGiven } = conventionEvents;

let database: FreshDatabase;
let world: World;

beforeAll(async () => {
  database = await freshDatabase('pglite');
});
afterAll(() => database.drop());
beforeEach(async () => {
  world = await emptyWorld(database.client);
  await world.people();
});

const thursday = { date: '2026-03-19' };
const precedes = "kind LIKE 'before%'";
const events = "kind IN ('booked', 'moved', 'cancelled', 'reinstated')";

describe('a session that is planned', () => {
  test('is told at once, reminded of a week, a day and two hours before, and followed up', async () => {
    await world.plan(1, thursday);
    expect(await world.planned()).toEqual([
      '2026-03-02T09:00Z agent booked v1',
      '2026-03-02T09:00Z tutor booked v1',
      '2026-03-12T08:00Z agent before-J-7 v1',
      '2026-03-12T08:00Z tutor before-J-7 v1',
      '2026-03-18T08:00Z agent before-J-1 v1',
      '2026-03-18T08:00Z tutor before-J-1 v1',
      '2026-03-19T11:00Z agent before-H-2 v1',
      '2026-03-19T11:00Z tutor before-H-2 v1',
      '2026-03-23T08:00Z agent declare-hours v1',
    ]);
  });
  test('late is not reminded of for days that have passed', async () => {
    await world.plan(1, { date: '2026-03-04' });
    expect(await world.planned(precedes)).toEqual([
      '2026-03-03T08:00Z agent before-J-1 v1',
      '2026-03-03T08:00Z tutor before-J-1 v1',
      '2026-03-04T11:00Z agent before-H-2 v1',
      '2026-03-04T11:00Z tutor before-H-2 v1',
    ]);
  });
  test('in the evening is told the next morning', async () => {
    world.at('2026-03-02T20:00Z');
    await world.plan(1, thursday);
    expect(await world.planned(events)).toEqual([
      '2026-03-03T07:00Z agent booked v1',
      '2026-03-03T07:00Z tutor booked v1',
    ]);
  });
  test('on a Monday morning has its reminders on Friday', async () => {
    await world.plan(1, { date: '2026-03-16', start: '09:00' });
    expect(await world.planned(`${precedes} AND role = 'agent'`)).toEqual([
      '2026-03-09T08:00Z agent before-J-7 v1',
      '2026-03-13T08:00Z agent before-J-1 v1',
      '2026-03-13T18:00Z agent before-H-2 v1',
    ]);
  });
  test('in a series is told of with the others, in one mail', async () => {
    await world.record(
      streamName('schedule', ids.assignment),
      SessionSeriesPlanned.parse({
        seriesId: ids.series,
        rhythm: { count: 1, per: 'week', minutes: 180 },
        from: '2026-03-19',
        to: '2026-04-02',
        site: { place: 'Strasbourg', zone: 'Europe/Paris', holidayCalendar: 'fr-alsace-moselle' },
        start: '14:00',
        minutes: 180,
        skipHolidays: true,
        exclusions: [],
      }),
    );
    await world.plan(1, thursday, ids.series);
    await world.plan(2, { date: '2026-03-26' }, ids.series);
    await world.plan(3, { date: '2026-04-07' }, ids.series);
    expect(await world.planned(events)).toEqual([
      '2026-03-02T09:00Z agent booked v1',
      '2026-03-02T09:00Z tutor booked v1',
    ]);
    // The series' site keeps Good Friday.
    expect(await world.planned("kind = 'before-J-1' AND role = 'agent'")).toContain(
      '2026-04-02T07:00Z agent before-J-1 v1',
    );
  });
});

describe('a session that is moved', () => {
  test('is told of, and its reminders move with it', async () => {
    await world.plan(1, thursday);
    world.at('2026-03-13T10:00Z');
    await world.move(1, 2, thursday, { date: '2026-03-26' });
    expect(await world.planned("role = 'agent'")).toEqual([
      '2026-03-02T09:00Z agent booked v1',
      '2026-03-12T08:00Z agent before-J-7 v1',
      '2026-03-13T10:00Z agent moved v2',
      '2026-03-19T08:00Z agent before-J-7 v2',
      '2026-03-25T08:00Z agent before-J-1 v2',
      '2026-03-26T11:00Z agent before-H-2 v2',
      '2026-03-30T07:00Z agent declare-hours v2',
    ]);
  });
  test('before it was told of is told of as it stands now', async () => {
    world.at('2026-03-02T20:00Z');
    await world.plan(1, thursday);
    world.at('2026-03-02T21:00Z');
    await world.move(1, 2, thursday, { date: '2026-03-26' });
    expect(await world.planned(`${events} AND role = 'agent'`)).toEqual(['2026-03-03T07:00Z agent booked v2']);
  });
  test('in the night before is told of at once', async () => {
    await world.plan(1, { date: '2026-03-05', start: '07:30' });
    world.at('2026-03-04T22:00Z');
    await world.move(1, 2, { date: '2026-03-05', start: '07:30' }, { date: '2026-03-12' });
    expect(await world.planned("kind = 'moved' AND urgent AND role = 'agent'")).toEqual([
      '2026-03-04T22:00Z agent moved v2',
    ]);
  });
});

describe('a session that is cancelled', () => {
  test('is told of, and has no reminders to come', async () => {
    await world.plan(1, thursday);
    world.at('2026-03-13T10:00Z');
    await world.cancel(1, 1);
    expect(await world.planned("role = 'agent'")).toEqual([
      '2026-03-02T09:00Z agent booked v1',
      '2026-03-12T08:00Z agent before-J-7 v1',
      '2026-03-13T10:00Z agent cancelled v1',
    ]);
  });
  test('before it was told of has nothing to tell', async () => {
    world.at('2026-03-02T20:00Z');
    await world.plan(1, thursday);
    await world.cancel(1, 1);
    expect(await world.planned()).toEqual([]);
  });
  test('and reinstated is reminded of again', async () => {
    await world.plan(1, thursday);
    world.at('2026-03-03T10:00Z');
    await world.cancel(1, 1);
    world.at('2026-03-04T10:00Z');
    await world.record(
      streamName('schedule', ids.assignment),
      SessionReinstated.parse({ sessionId: ids.session(1), version: 2 }),
    );
    expect(await world.planned("version = 2 AND role = 'agent'")).toEqual([
      '2026-03-04T10:00Z agent reinstated v2',
      '2026-03-12T08:00Z agent before-J-7 v2',
      '2026-03-18T08:00Z agent before-J-1 v2',
      '2026-03-19T11:00Z agent before-H-2 v2',
      '2026-03-23T08:00Z agent declare-hours v2',
    ]);
  });
});

describe('hours', () => {
  const follows = "kind IN ('declare-hours', 'confirm-hours')";
  beforeEach(async () => {
    await world.plan(1, thursday);
    world.at('2026-03-19T18:00Z');
  });
  test('declared are to be confirmed, and no more to be declared', async () => {
    await world.declare(1, '2026-03-19', ids.session(1));
    expect(await world.planned(follows)).toEqual(['2026-03-20T08:00Z tutor confirm-hours v1']);
  });
  test('declared without a session count for that of the day', async () => {
    await world.declare(1, '2026-03-19');
    expect(await world.planned("kind = 'declare-hours'")).toEqual([]);
  });
  test('confirmed leave nothing to ask', async () => {
    await world.declare(1, '2026-03-19', ids.session(1));
    await world.confirm(1);
    expect(await world.planned(follows)).toEqual([]);
  });
  test('withdrawn are to be declared after all', async () => {
    await world.declare(1, '2026-03-19', ids.session(1));
    await world.record(streamName('agenttime', ids.agent), HoursWithdrawn.parse({ entryId: ids.entry(1) }));
    expect(await world.planned(follows)).toEqual(['2026-03-23T08:00Z agent declare-hours v1']);
  });
  test('corrected after they were confirmed are to be confirmed once more', async () => {
    await world.declare(1, '2026-03-19', ids.session(1));
    world.at('2026-03-20T09:00Z');
    await world.confirm(1);
    await world.record(
      streamName('agenttime', ids.agent),
      HoursCorrected.parse({ entryId: ids.entry(1), deltaMinutes: -30 }),
    );
    expect(await world.planned(follows)).toEqual(['2026-03-23T08:00Z tutor confirm-hours v2']);
  });
  test('declared late are to be confirmed on the next morning', async () => {
    world.at('2026-04-01T15:00Z');
    await world.declare(1, '2026-03-19', ids.session(1));
    expect(await world.planned("kind = 'confirm-hours'")).toEqual(['2026-04-02T07:00Z tutor confirm-hours v1']);
  });
  test('of a month are to be closed in the next one, until they are', async () => {
    await world.declare(1, '2026-03-19', ids.session(1));
    const month = "kind = 'period-close'";
    expect(await world.planned(month)).toEqual(['2026-04-07T07:00Z officer period-close v1']);
    await world.record(
      streamName('agenttime', ids.agent),
      PeriodClosed.parse({ employmentId: ids.employment, month: '2026-03', totals: [], digest: '0'.repeat(64) }),
    );
    expect(await world.planned(month)).toEqual([]);
  });
});

describe('people', () => {
  test('choose how early they are reminded, and when not', async () => {
    await world.plan(1, thursday);
    await world.record(
      streamName('person', ids.agent),
      ContactPreferencesChanged.parse({
        channels: ['email'],
        quietHours: { from: '08:30', to: '10:00' },
        remindersBefore: ['J-3'],
      }),
    );
    expect(await world.planned(`${precedes} AND role = 'agent'`)).toEqual(['2026-03-16T07:30Z agent before-J-3 v1']);
    expect(await world.planned(`${precedes} AND role = 'tutor'`)).toHaveLength(3);
  });
  test('who take over as tutor are reminded in the place of the one before', async () => {
    await world.plan(1, thursday);
    world.at('2026-03-13T10:00Z');
    await world.record(
      streamName('organisation', ids.host),
      TutorReplaced.parse({ personId: ids.tutor, successorId: ids.officer }),
    );
    const ofTutor = (personId: string) => world.planned(`${precedes} AND role = 'tutor' AND person_id = '${personId}'`);
    expect(await ofTutor(ids.tutor)).toEqual(['2026-03-12T08:00Z tutor before-J-7 v1']);
    expect(await ofTutor(ids.officer)).toEqual([
      '2026-03-18T08:00Z tutor before-J-1 v1',
      '2026-03-19T11:00Z tutor before-H-2 v1',
    ]);
  });
});

describe('the officers', () => {
  const stream = streamName('convention', ids.convention);
  const terms: Parameters<typeof ConventionDrafted.parse>[0]['terms'] = {
    framework: 'idf-2017-pilot',
    frameworkVersion: 1,
    homeId: ids.series,
    hostId: ids.host,
    agents: [{ personId: ids.agent, employmentId: ids.employment }],
    activities: ['Tutorat'],
    site: { place: 'Paris', zone: 'Europe/Paris', holidayCalendar: 'fr' },
    from: '2026-03-01',
    to: '2026-12-31',
    quota: { num: 1, den: 10, window: 'year' },
    clauses: [],
    noticeDays: 30,
  };
  beforeEach(async () => {
    await world.record(stream, ConventionDrafted.parse({ version: 1, terms }), ConventionSigned.parse({ version: 1 }));
  });
  test('are told of the end of a convention months ahead, and of the last day for notice', async () => {
    expect(await world.planned()).toEqual([
      '2026-06-30T07:00Z officer convention-ends-6 v1',
      '2026-09-30T07:00Z officer convention-ends-3 v1',
      '2026-11-24T08:00Z officer notice-deadline v1',
      '2026-11-30T08:00Z officer convention-ends-1 v1',
    ]);
  });
  test('are told of the end of a notice', async () => {
    await world.record(
      stream,
      TerminationNoticeGiven.parse({ by: 'host', givenOn: '2026-03-02', endsOn: '2026-04-01' }),
    );
    expect(await world.planned("kind = 'notice-ends'")).toEqual(['2026-03-25T08:00Z officer notice-ends v1']);
  });
});

test('a rebuild yields the same reminders with the same ids', async () => {
  await world.plan(1, thursday);
  world.at('2026-03-13T10:00Z');
  await world.move(1, 2, thursday, { date: '2026-03-26' });
  await world.planned();
  const rows = () => database.client.query('SELECT * FROM probono_read.reminder_plan_due ORDER BY id');
  const before = await rows();
  await world.readModels.rebuild('reminder_plan');
  await world.planned();
  expect(await rows()).toEqual(before);
  expect(slotOf(thursday).startsAt).toBe('2026-03-19T13:00:00.000Z');
});
