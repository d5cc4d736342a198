import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Application } from '@probono/application';
import { engines, type FreshDatabase, freshDatabase } from '../../../test/support/databases.js';
import {
  agent,
  applied,
  assigned,
  convention,
  home,
  hr,
  ids,
  officer,
  openWorld,
  people,
  sessionId,
  sessions,
  streams,
  uuid,
  type World,
  working,
} from '../test/world.js';

const conventionId = ids.convention;
const march = { assignmentId: ids.adaOn, sessionId: sessionId('2027-03-09') };

interface Attempt {
  readonly outcome: string;
  readonly attempts: number;
  readonly rules: readonly string[];
  readonly next_try_at: Date | null;
}

describe.each(engines)('a clerk at work on %s', (engine) => {
  let database: FreshDatabase;
  let world: World;
  beforeAll(async () => {
    database = await freshDatabase(engine);
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    world = await openWorld(database.client);
  });

  const attempts = () => world.sql.query<Attempt>('SELECT * FROM probono_read.clerk_attempts');

  /** Suspended and resumed, so that the session of March is to be reinstated. */
  const toBeReinstated = async (): Promise<void> => {
    await working(world);
    world.at('2027-02-01T09:00:00Z');
    await world.give('SuspendConvention', home, { conventionId, from: '2027-03-01', to: '2027-03-31' });
    await world.settle();
    await world.give('ResumeConvention', home, { conventionId, on: '2027-03-01' });
    await world.catchUp();
  };

  test('leaves what concerns an aggregate of which an event waits to be folded', async () => {
    await toBeReinstated();
    const park = `INSERT INTO probono_read.parked (projection, generation, partition, position, stream, revision,
        event_id, type, parked_at)
      SELECT projection, generation, 0, 1, $1, 0, 'none', 'AgentAssigned', now() FROM probono_read.generations
        WHERE projection = 'clerk' AND state = 'live'`;
    await world.sql.query(park, [`assignment-${ids.adaOn}`]);
    expect(await world.clerk.run()).toEqual({ issued: 0, refused: 0 });
    await world.sql.query('DELETE FROM probono_read.parked');
    expect(await world.clerk.run()).toMatchObject({ refused: 0, issued: expect.any(Number) });
    expect((await attempts()).map(({ outcome }) => outcome)).toContain('issued');
  });

  test('records nothing new when it runs twice before its agenda has caught up', async () => {
    await working(world);
    world.at('2027-01-05T09:00:00Z');
    await world.catchUp();
    expect(await world.clerk.run()).toEqual({ issued: 4, refused: 0 });
    const before = await world.count();
    world.at('2027-01-05T09:02:00Z');
    expect(await world.another().run()).toEqual({ issued: 0, refused: 0 });
    expect(await world.count()).toBe(before);
    expect((await attempts()).map(({ outcome }) => outcome)).toEqual(Array(4).fill('repeated'));
  });

  test('forgets its attempts once the log has settled them', async () => {
    await working(world);
    world.at('2027-01-05T09:00:00Z');
    await world.settle();
    expect(await attempts()).toEqual([]);
  });

  test('two at once record each thing once', async () => {
    await working(world);
    world.at('2027-07-04T09:00:00Z');
    await world.catchUp();
    await Promise.all([world.clerk.run(), world.another().run(), world.another().run()]);
    await world.settle();
    expect(await world.bySystem(streams.convention, 'ConventionExpired')).toHaveLength(1);
    expect(await world.bySystem(streams.convention, 'ConventionEnteredIntoForce')).toHaveLength(2);
    expect(await world.bySystem(streams.ada)).toHaveLength(1);
    expect(await world.bySystem(streams.adaOn)).toHaveLength(1);
    expect(await world.bySystem(streams.mission)).toHaveLength(2);
  });

  test('does nothing while its agenda is being filled for the first time', async () => {
    await working(world);
    world.at('2027-01-05T09:00:00Z');
    expect(await world.clerk.run()).toEqual({ issued: 0, refused: 0 });
  });

  test('waits until its agenda has read up to where the log stood at its start', async () => {
    await people(world);
    await convention(world);
    await world.catchUp();
    world.at('2026-12-20T09:00:00Z');
    const left = { conventionId, personId: ids.ada, version: 1 };
    await world.give('WithdrawAgentConsent', agent(ids.ada), left);
    world.at('2027-01-05T09:00:00Z');
    const careful = world.another({ lastPosition: world.lastPosition });
    expect(await careful.run()).toEqual({ issued: 0, refused: 0 });
    await world.catchUp();
    expect(await careful.run()).toEqual({ issued: 2, refused: 0 });
  });

  test('a rebuilt agenda makes it do nothing again', async () => {
    await toBeReinstated();
    await world.settle();
    const before = await world.count();
    await world.readModels.rebuild('clerk');
    expect(await world.settle()).toBe(0);
    expect(await world.count()).toBe(before);
    expect(await attempts()).toEqual([]);
  });

  test('tries a refused command again, later each time, and goes on with the others meanwhile', async () => {
    await toBeReinstated();
    const other = { assignmentId: ids.adaOn, sessionId: uuid(77), date: '2027-03-09', start: '10:00', minutes: 60 };
    await world.give('PlanSession', officer, other);
    await world.give('EndEmployment', hr, { personId: ids.ben, employmentId: ids.benJob, on: '2027-01-31' });
    await world.catchUp();
    expect(await world.clerk.run()).toEqual({ issued: 1, refused: 1 });
    expect(await world.bySystem(streams.benOn)).toHaveLength(1);
    await world.catchUp();
    world.at('2027-02-01T09:00:59Z');
    expect(await world.clerk.run()).toEqual({ issued: 0, refused: 0 });
    world.at('2027-02-01T09:01:00Z');
    expect(await world.clerk.run()).toEqual({ issued: 0, refused: 1 });
    expect(await attempts()).toMatchObject([
      {
        outcome: 'refused',
        attempts: 2,
        rules: ['session.overlaps-session'],
        next_try_at: new Date('2027-02-01T09:03:00Z'),
      },
    ]);
    expect(await world.clerk.nextDueAt('2027-02-01T09:01:00Z')).toBe('2027-02-01T09:03:00.000Z');
    await world.give('CancelSession', officer, { assignmentId: ids.adaOn, sessionId: uuid(77) });
    world.at('2027-02-01T09:03:00Z');
    expect(await world.settle()).toBe(1);
    expect(await world.bySystem(streams.adaSchedule, 'SessionReinstated')).toMatchObject([
      { data: { sessionId: march.sessionId } },
    ]);
  });

  test('gives up what is refused for days', async () => {
    await toBeReinstated();
    const other = { assignmentId: ids.adaOn, sessionId: uuid(77), date: '2027-03-09', start: '10:00', minutes: 60 };
    await world.give('PlanSession', officer, other);
    await world.catchUp();
    let tries = 0;
    for (let at: string | undefined = '2027-02-01T09:00:00.000Z'; at !== undefined && at < '2027-02-20'; ) {
      world.at(at);
      tries += (await world.clerk.run()).refused;
      at = await world.clerk.nextDueAt(at);
    }
    expect(tries).toBe(20);
    expect(await attempts()).toMatchObject([{ outcome: 'refused', next_try_at: null }]);
  });

  test('does not reinstate a session that has begun in the meantime', async () => {
    await toBeReinstated();
    world.at('2027-03-09T08:00:00Z');
    await world.clerk.run();
    expect(await world.bySystem(streams.adaSchedule, 'SessionReinstated')).toEqual([]);
  });

  test('a command that breaks does not hold up the others', async () => {
    await working(world);
    world.at('2027-01-05T09:00:00Z');
    await world.catchUp();
    const broken: Application = {
      ...world.application,
      execute: async (command) => {
        if (command.name === 'RecordSecondment') throw new Error('cannot be read');
        return world.application.execute(command);
      },
    };
    expect(await world.another({ application: broken }).run()).toEqual({ issued: 2, refused: 0 });
    expect((await attempts()).map(({ outcome }) => outcome).sort()).toEqual(['failed', 'failed', 'issued', 'issued']);
    world.at('2027-01-05T09:01:00Z');
    expect(await world.settle()).toBe(2);
  });

  test('stops without noting an attempt while the store is out of reach', async () => {
    await working(world);
    world.at('2027-01-05T09:00:00Z');
    await world.catchUp();
    const away: Application = {
      ...world.application,
      execute: async () => ({ kind: 'unavailable', message: 'no connection' }),
    };
    expect(await world.another({ application: away }).run()).toEqual({ issued: 0, refused: 0 });
    expect(await attempts()).toEqual([]);
    expect(await world.clerk.run()).toEqual({ issued: 4, refused: 0 });
  });

  test('an aborted run leaves the rest for the next', async () => {
    await working(world);
    world.at('2027-01-05T09:00:00Z');
    await world.catchUp();
    expect(await world.clerk.run(AbortSignal.abort())).toEqual({ issued: 0, refused: 0 });
    expect(await world.clerk.run()).toEqual({ issued: 4, refused: 0 });
  });

  describe('with reservations', () => {
    const quota = { num: 1, den: 10, window: 'week' };
    const held = { assignmentId: ids.adaOn };

    test('releases what no assignment took within ten minutes', async () => {
      await people(world);
      await convention(world);
      await applied(world);
      await world.give('TakeSeat', officer, { missionId: ids.mission, ...held });
      await world.give('TakeQuota', officer, { personId: ids.ada, ...held, quota });
      world.at('2026-12-01T09:09:59Z');
      expect(await world.settle()).toBe(0);
      world.at('2026-12-01T09:10:00Z');
      expect(await world.settle()).toBe(2);
      expect(await world.bySystem(streams.mission)).toMatchObject([{ type: 'SeatReleased', data: held }]);
      expect(await world.bySystem(streams.adaTime)).toMatchObject([{ type: 'QuotaReleased', data: held }]);
    });

    test('releases the same seat again when it is taken again', async () => {
      await people(world);
      for (const at of ['2026-12-01T09:00:00Z', '2026-12-01T10:00:00Z']) {
        world.at(at);
        await world.give('TakeSeat', officer, { missionId: ids.mission, ...held });
        world.at(at.replace(':00:', ':10:'));
        expect(await world.settle()).toBe(1);
      }
      expect(await world.bySystem(streams.mission)).toHaveLength(2);
    });

    test('leaves what an assignment took', async () => {
      await people(world);
      await convention(world);
      await world.give('TakeSeat', officer, { missionId: ids.mission, ...held });
      await assigned(world);
      world.at('2026-12-02T09:00:00Z');
      expect(await world.settle()).toBe(0);
    });

    test('asks once, and no more, for hours of an ended assignment that were all worked', async () => {
      await people(world);
      await convention(world);
      await assigned(world, 'ada', { allottedMinutes: 120 });
      await sessions(world, '2027-01-12');
      world.at('2027-01-12T18:00:00Z');
      const worked = { personId: ids.ada, entryId: uuid(60), workDate: '2027-01-12', minutes: 120, activity: 'eau' };
      await world.give('DeclareHours', agent(ids.ada), { ...worked, ...held });
      await world.give('EndAssignment', officer, { ...held, on: '2027-01-12', cause: 'agent_request' });
      await world.settle();
      world.at('2027-01-12T18:10:00Z');
      await world.settle();
      expect(await attempts()).toMatchObject([{ outcome: 'already-so', next_try_at: null }]);
      expect(await world.bySystem(streams.convention, 'AllotmentReleased')).toEqual([]);
    });
  });
});
