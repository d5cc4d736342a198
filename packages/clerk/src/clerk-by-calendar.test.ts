import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { engines, type FreshDatabase, freshDatabase } from '../../../test/support/databases.js';
import {
  agent,
  convention,
  home,
  host,
  ids,
  officer,
  openWorld,
  people,
  streams,
  type World,
  working,
} from '../test/world.js';

const conventionId = ids.convention;

describe.each(engines)('the clerk, by the calendar, on %s', (engine) => {
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

  describe('on the day', () => {
    test('notes the entry into force for each agent on the first day, and not before', async () => {
      await people(world);
      await convention(world);
      world.at('2027-01-03T22:59:59Z');
      expect(await world.settle()).toBe(0);
      world.at('2027-01-03T23:00:00Z');
      await world.settle();
      const entries = await world.bySystem(streams.convention);
      expect(entries).toEqual(
        [ids.ada, ids.ben].map((personId) => ({
          type: 'ConventionEnteredIntoForce',
          data: { personId, on: '2027-01-04' },
          effectiveOn: '2027-01-04',
          by: 'system:clerk',
        })),
      );
    });

    test('records the secondment of each agent with the entry into force', async () => {
      await people(world);
      await convention(world);
      world.at('2027-01-04T08:00:00Z');
      await world.settle();
      expect(await world.bySystem(streams.ada)).toMatchObject([
        {
          type: 'SecondmentRecorded',
          data: { conventionId, hostId: ids.host, framework: 'idf-2017-pilot', from: '2027-01-04', to: '2027-07-03' },
          effectiveOn: '2027-01-04',
        },
      ]);
    });

    test('a week late, dates everything as if it had been there', async () => {
      await working(world);
      world.at('2027-07-11T08:00:00Z');
      await world.settle();
      expect(await world.bySystem(streams.convention, 'ConventionEnteredIntoForce', 'ConventionExpired')).toMatchObject(
        [
          { data: { personId: ids.ada, on: '2027-01-04' }, effectiveOn: '2027-01-04' },
          { data: { personId: ids.ben, on: '2027-01-04' }, effectiveOn: '2027-01-04' },
          { data: { on: '2027-07-03' }, effectiveOn: '2027-07-04' },
        ],
      );
      expect(await world.bySystem(streams.adaOn)).toMatchObject([
        { type: 'AssignmentEnded', data: { on: '2027-07-03', cause: 'convention_ended' }, effectiveOn: '2027-07-04' },
      ]);
    });

    test('notes the lapse of an accreditation on the day after its last one', async () => {
      await people(world);
      world.at('2028-12-31T22:59:00Z');
      expect(await world.settle()).toBe(0);
      world.at('2029-01-08T09:00:00Z');
      await world.settle();
      expect(await world.bySystem(streams.host)).toMatchObject([
        { type: 'AccreditationLapsed', data: { administrationId: ids.home }, effectiveOn: '2029-01-01' },
      ]);
    });

    test('a withdrawn accreditation does not lapse', async () => {
      await people(world);
      await world.give('WithdrawAccreditation', officer, { organisationId: ids.host, administrationId: ids.home });
      world.at('2029-01-08T09:00:00Z');
      expect(await world.settle()).toBe(0);
    });

    test('resumes a suspended convention when the suspension is over', async () => {
      await working(world);
      world.at('2027-02-01T09:00:00Z');
      await world.give('SuspendConvention', host, { conventionId, from: '2027-02-05', to: '2027-02-20' });
      world.at('2027-02-20T22:00:00Z');
      await world.settle();
      expect(await types(streams.convention, 'ConventionResumed')).toEqual([]);
      world.at('2027-02-21T09:00:00Z');
      await world.settle();
      expect(await world.bySystem(streams.convention, 'ConventionResumed')).toMatchObject([
        { data: { on: '2027-02-21' }, effectiveOn: '2027-02-21' },
      ]);
    });

    test('terminates a convention when its notice has run out, and shortens the secondments', async () => {
      await working(world);
      world.at('2027-02-01T09:00:00Z');
      await world.give('GiveTerminationNotice', host, { conventionId, endsOn: '2027-03-31' });
      world.at('2027-03-31T21:59:00Z');
      await world.settle();
      expect(await types(streams.convention, 'ConventionTerminated')).toEqual([]);
      world.at('2027-04-02T09:00:00Z');
      await world.settle();
      expect(await world.bySystem(streams.convention, 'ConventionTerminated')).toMatchObject([
        { data: { on: '2027-03-31' }, effectiveOn: '2027-04-01' },
      ]);
      expect(await world.bySystem(streams.ada, 'SecondmentRecorded')).toMatchObject([
        { data: { to: '2027-07-03' } },
        { data: { to: '2027-03-31' }, effectiveOn: '2027-04-01' },
      ]);
    });

    test('a notice that was withdrawn terminates nothing', async () => {
      await working(world);
      world.at('2027-02-01T09:00:00Z');
      await world.give('GiveTerminationNotice', host, { conventionId, endsOn: '2027-03-31' });
      await world.give('WithdrawTerminationNotice', host, { conventionId });
      world.at('2027-04-02T09:00:00Z');
      await world.settle();
      expect(await types(streams.convention, 'ConventionTerminated')).toEqual([]);
      expect(await types(streams.adaOn)).toEqual([]);
    });

    test('says when it is next needed', async () => {
      await people(world);
      await convention(world);
      await world.catchUp();
      expect(await world.clerk.nextDueAt('2026-12-01T09:00:00.000Z')).toBe('2027-01-03T23:00:00.000Z');
      expect(await world.clerk.nextDueAt('2027-01-03T23:00:00.000Z')).toBe('2027-07-03T22:00:00.000Z');
    });
  });

  describe('when a convention is amended', () => {
    test('records the longer secondment and waits for the new end', async () => {
      await working(world);
      world.at('2027-06-01T09:00:00Z');
      await world.settle();
      const docHash = 'b2'.repeat(32);
      const signatories = [
        { party: 'home', personId: home.id },
        { party: 'host', personId: host.id },
      ];
      const amendment = {
        conventionId,
        delta: { to: '2027-09-30' },
        effectiveFrom: '2027-06-15',
        docHash,
        signatories,
      };
      await world.give('ProposeAmendment', officer, amendment, { justification: 'essai prolongé' });
      for (const personId of [ids.ada, ids.ben]) {
        await world.give('CommunicateConventionToAgent', officer, { conventionId, personId, version: 2 });
        await world.give('GiveAgentConsent', agent(personId), { conventionId, personId, version: 2 });
      }
      const signature = { conventionId, capacity: 'direction', version: 2, docHash, method: 'paper' };
      await world.give('SignConvention', home, { ...signature, party: 'home' });
      await world.give('SignConvention', host, { ...signature, party: 'host' });
      await world.settle();
      expect(await world.bySystem(streams.ada)).toMatchObject([
        { data: { to: '2027-07-03' } },
        { data: { to: '2027-09-30' }, effectiveOn: '2027-06-01' },
      ]);
      world.at('2027-07-04T09:00:00Z');
      expect(await world.settle()).toBe(0);
      world.at('2027-10-01T09:00:00Z');
      await world.settle();
      expect(await world.bySystem(streams.convention, 'ConventionExpired')).toMatchObject([
        { data: { on: '2027-09-30' } },
      ]);
      expect(await world.bySystem(streams.adaOn)).toMatchObject([{ data: { on: '2027-07-03', cause: 'completed' } }]);
    });
  });
});
