import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { engines, type FreshDatabase, freshDatabase } from '../../../test/support/databases.js';
import {
  agent,
  assigned,
  convention,
  home,
  host,
  hr,
  ids,
  officer,
  openWorld,
  people,
  plannedOn,
  sessionId,
  sessions,
  streams,
  type World,
  working,
} from '../test/world.js';

const conventionId = ids.convention;

describe.each(engines)('what follows from a fact, by the clerk on %s', (engine) => {
  let database: FreshDatabase;
  let world: World;
  beforeAll(async () => {
    database = await freshDatabase(engine);
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    // A store in memory beside PGlite, for speed; on PostgreSQL everything is in one database.
    world = await openWorld(database.client, engine === 'pglite' ? 'memory' : 'postgres');
  });

  const types = async (stream: string, ...wanted: readonly string[]) =>
    (await world.bySystem(stream, ...wanted)).map(({ type }) => type);

  /** The days that sessions cancelled by the system were planned for, in order. */
  const cancelled = async () =>
    (await world.bySystem(streams.adaSchedule, 'SessionCancelled')).map(({ data }) => plannedOn(data)).sort();

  describe('when a convention is suspended', () => {
    test('cancels its sessions in the span at once, and no others', async () => {
      await working(world);
      world.at('2027-02-01T09:00:00Z');
      await world.give('SuspendConvention', host, { conventionId, from: '2027-02-05', to: '2027-03-31' });
      await world.settle();
      expect(await cancelled()).toEqual(['2027-02-09', '2027-03-09']);
    });

    test('leaves alone what had taken place before the suspension was recorded', async () => {
      await working(world);
      world.at('2027-02-15T09:00:00Z');
      await world.give('SuspendConvention', host, { conventionId, from: '2027-02-05', to: '2027-02-20' });
      await world.settle();
      expect(await types(streams.adaSchedule)).toEqual([]);
    });

    test('reinstates those to come once it is resumed, but not what an officer cancelled', async () => {
      await working(world);
      world.at('2027-02-01T09:00:00Z');
      const ofJune = { assignmentId: ids.adaOn, sessionId: sessionId('2027-06-08') };
      await world.give('CancelSession', officer, ofJune);
      await world.give('SuspendConvention', home, { conventionId, from: '2027-02-05' });
      await world.settle();
      world.at('2027-02-20T09:00:00Z');
      await world.give('ResumeConvention', home, { conventionId, on: '2027-02-22' });
      await world.settle();
      expect(await world.bySystem(streams.adaSchedule, 'SessionReinstated')).toMatchObject([
        { data: { sessionId: sessionId('2027-03-09'), version: 2 }, effectiveOn: '2027-02-20' },
      ]);
    });

    test('cancels again what a second suspension covers', async () => {
      await working(world);
      world.at('2027-02-01T09:00:00Z');
      await world.give('SuspendConvention', home, { conventionId, from: '2027-03-01' });
      await world.settle();
      await world.give('ResumeConvention', home, { conventionId, on: '2027-03-01' });
      await world.settle();
      await world.give('SuspendConvention', home, { conventionId, from: '2027-03-05', to: '2027-03-20' });
      await world.settle();
      const march = (await world.bySystem(streams.adaSchedule)).filter(({ data }) =>
        JSON.stringify(data).includes(sessionId('2027-03-09')),
      );
      expect(march.map(({ type }) => type)).toEqual(['SessionCancelled', 'SessionReinstated', 'SessionCancelled']);
    });
  });

  describe('when a convention comes to its end', () => {
    test('ends its assignments, and they give back seat, hours and quota', async () => {
      await working(world);
      world.at('2027-07-04T08:00:00Z');
      await world.settle();
      expect(await world.bySystem(streams.adaOn)).toMatchObject([
        { type: 'AssignmentEnded', data: { on: '2027-07-03', cause: 'convention_ended' } },
      ]);
      expect(await types(streams.benOn)).toEqual(['AssignmentEnded']);
      expect(await types(streams.mission)).toEqual(['SeatReleased', 'SeatReleased']);
      expect(await types(streams.convention, 'AllotmentReleased')).toHaveLength(2);
      expect(await types(streams.adaTime)).toEqual(['QuotaReleased']);
    });

    test('by notice, ends the assignments on the last day and cancels the sessions to come', async () => {
      await working(world);
      world.at('2027-01-20T09:00:00Z');
      await world.give('GiveTerminationNotice', home, { conventionId, endsOn: '2027-03-01' });
      await world.settle();
      expect(await types(streams.adaSchedule)).toEqual([]);
      world.at('2027-03-02T08:00:00Z');
      await world.settle();
      expect(await world.bySystem(streams.adaOn)).toMatchObject([
        { data: { on: '2027-03-01', cause: 'convention_ended' }, effectiveOn: '2027-03-02' },
      ]);
      expect(await cancelled()).toEqual(['2027-03-09', '2027-06-08']);
    });

    test('an assignment that was over before ends on its own last day, as completed', async () => {
      await people(world);
      await convention(world);
      await assigned(world, 'ada', { to: '2027-05-31' });
      world.at('2027-07-04T08:00:00Z');
      await world.settle();
      expect(await world.bySystem(streams.adaOn)).toMatchObject([
        { data: { on: '2027-05-31', cause: 'completed' }, effectiveOn: '2027-07-04' },
      ]);
    });
  });

  describe('when an agent goes back on their consent', () => {
    test('ends that agent’s assignment with the notice, and nobody else’s', async () => {
      await working(world);
      world.at('2027-02-01T09:00:00Z');
      await world.give('WithdrawAgentConsent', agent(ids.ada), { conventionId, personId: ids.ada, version: 1 });
      world.at('2027-03-04T09:00:00Z');
      await world.settle();
      expect(await world.bySystem(streams.adaOn)).toMatchObject([
        { data: { on: '2027-03-03', cause: 'consent_withdrawn' }, effectiveOn: '2027-03-04' },
      ]);
      expect(await world.bySystem(streams.convention, 'ConventionTerminated')).toMatchObject([
        { data: { personId: ids.ada, on: '2027-03-03' } },
      ]);
      expect(await types(streams.benOn)).toEqual([]);
      expect(await cancelled()).toEqual(['2027-03-09', '2027-06-08']);
    });

    test('before the entry into force, ends the assignment at once', async () => {
      await working(world);
      world.at('2026-12-10T09:00:00Z');
      await world.give('WithdrawAgentConsent', agent(ids.ada), { conventionId, personId: ids.ada, version: 1 });
      await world.settle();
      expect(await world.bySystem(streams.adaOn)).toMatchObject([
        { data: { on: '2026-12-10', cause: 'consent_withdrawn' }, effectiveOn: '2026-12-10' },
      ]);
      expect(await cancelled()).toHaveLength(4);
      world.at('2027-01-05T09:00:00Z');
      await world.settle();
      expect(await world.bySystem(streams.convention, 'ConventionEnteredIntoForce')).toMatchObject([
        { data: { personId: ids.ben } },
      ]);
      expect(await types(streams.ada)).toEqual([]);
    });
  });

  describe('when a person leaves', () => {
    test('cancels sessions after the last day at once, and ends the assignment on the day after', async () => {
      await working(world);
      world.at('2027-02-01T09:00:00Z');
      await world.give('EndEmployment', hr, { personId: ids.ada, employmentId: ids.adaJob, on: '2027-03-01' });
      await world.settle();
      expect(await cancelled()).toEqual(['2027-03-09', '2027-06-08']);
      expect(await types(streams.adaOn)).toEqual([]);
      world.at('2027-03-02T09:00:00Z');
      await world.settle();
      expect(await world.bySystem(streams.adaOn)).toMatchObject([
        { data: { on: '2027-03-01', cause: 'employment_ended' }, effectiveOn: '2027-03-02' },
      ]);
      expect(await types(streams.adaTime)).toEqual(['QuotaReleased']);
      expect(await types(streams.benOn)).toEqual([]);
    });
  });

  describe('when a mission is cancelled', () => {
    test('ends its assignments and cancels their sessions to come', async () => {
      await working(world);
      world.at('2027-02-20T09:00:00Z');
      await world.give('CancelMission', officer, { missionId: ids.mission, cause: 'host_request' });
      await world.settle();
      for (const stream of [streams.adaOn, streams.benOn]) {
        expect(await world.bySystem(stream)).toMatchObject([
          {
            type: 'AssignmentEnded',
            data: { on: '2027-02-20', cause: 'mission_cancelled' },
            effectiveOn: '2027-02-20',
          },
        ]);
      }
      expect(await cancelled()).toEqual(['2027-03-09', '2027-06-08']);
    });
  });

  describe('when an officer ends an assignment', () => {
    test('cancels the sessions after its last day', async () => {
      await working(world);
      world.at('2027-02-20T09:00:00Z');
      await world.give('EndAssignment', officer, { assignmentId: ids.adaOn, on: '2027-02-19', cause: 'agent_request' });
      await world.settle();
      expect(await cancelled()).toEqual(['2027-03-09', '2027-06-08']);
      expect(await types(streams.adaOn)).toEqual([]);
    });
  });

  describe('of sessions', () => {
    test('a moved session is judged by its new day', async () => {
      await working(world);
      world.at('2027-02-01T09:00:00Z');
      await world.give('SuspendConvention', host, { conventionId, from: '2027-03-15', to: '2027-03-31' });
      await world.give('EndEmployment', hr, { personId: ids.ada, employmentId: ids.adaJob, on: '2027-05-31' });
      const march = { assignmentId: ids.adaOn, sessionId: sessionId('2027-03-09') };
      await world.give('RescheduleSession', officer, { ...march, to: { date: '2027-06-10', start: '09:00' } });
      await world.settle();
      expect(await cancelled()).toEqual(['2027-03-09', '2027-06-08']);
    });

    test('what was planned after a resumption stays', async () => {
      await working(world);
      await world.settle();
      await sessions(world, '2027-04-06');
      expect(await world.settle()).toBe(0);
    });
  });
});
