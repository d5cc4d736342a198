import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type EventStore, Unavailable, UnknownOutcome } from '@probono/event-store';
import { migrate, openSql, type SqlClient } from '@probono/sql';
import { type FreshDatabase, freshDatabase, postgresUrl } from '../../../test/support/databases.js';
import { sampleEvents } from '../../../test/support/event-store-stand-in/sample-events.js';
import { storeOperations } from '../../../test/support/store-operations.js';
import { type Fault, type UnsteadyNetwork, unsteadyNetworkTo } from '../../../test/support/unsteady-network.js';
import { eventStoreMigrations } from './migrations.js';
import { postgresEventStore } from './postgres-event-store.js';

const timeoutMs = 700;
/** Far more than the time-outs of one operation together, far less than anyone would call hanging. */
const patienceMs = 5_000;

const faults: readonly Fault[] = ['stall', 'black hole', 'refuse', 'cut request', 'cut reply'];

(postgresUrl ? describe : describe.skip)('between the store and PostgreSQL', () => {
  let database: FreshDatabase;
  let network: UnsteadyNetwork;
  let sql: SqlClient;
  let store: EventStore;
  beforeAll(async () => {
    database = await freshDatabase('postgres');
    await migrate(database.client, 'event-store', eventStoreMigrations);
    // More than a page, so that a read can fail half-way.
    await postgresEventStore(database.client).append('mission-1', 'none', sampleEvents(600));
  });
  afterAll(() => database?.drop());
  beforeEach(async () => {
    const url = new URL(database.url);
    network = await unsteadyNetworkTo(Number(url.port));
    url.port = String(network.port);
    sql = await openSql(url.href, { max: 3, connectTimeoutMs: timeoutMs, answerTimeoutMs: timeoutMs });
    store = postgresEventStore(sql);
    // A connection that is in use already, as in a process that has run for a while.
    await store.lastPosition();
  });
  afterEach(async () => {
    await network.heal();
    await sql.close();
    await network.close();
  });

  const failureOf = async (work: Promise<unknown>): Promise<{ readonly failure: unknown; readonly ms: number }> => {
    const before = performance.now();
    const failure = await work.then(
      (value) => new Error(`it gave ${String(value)}`),
      (error: unknown) => error,
    );
    return { failure, ms: performance.now() - before };
  };

  describe.each(faults)('%s', (fault) => {
    test.each(storeOperations)(
      '$name ends in time as a value a caller can act on, and works again',
      async (operation) => {
        await network.suffer(fault);
        // More often than there are connections: none may be left behind with a call that will never end.
        for (let attempt = 0; attempt < 4; attempt++) {
          const { failure, ms } = await failureOf(operation.run(store));
          const expected = operation.kind === 'read' ? [Unavailable] : [Unavailable, UnknownOutcome];
          expect(expected.some((kind) => failure instanceof kind) || failure).toBe(true);
          expect(ms).toBeLessThan(patienceMs);
        }
        await network.heal();
        await expect(operation.run(store)).resolves.toBeDefined();
      },
    );

    test('a subscription ends in time, as it begins and as it goes on', async () => {
      const live = store.subscribe({ after: (await store.lastPosition()) ?? 0n })[Symbol.asyncIterator]();
      expect(await live.next()).toMatchObject({ value: { kind: 'caught-up' } });
      await network.suffer(fault);
      for (const items of [live, store.subscribe()[Symbol.asyncIterator]()]) {
        const { failure, ms } = await failureOf(items.next());
        expect(failure).toBeInstanceOf(Unavailable);
        expect(ms).toBeLessThan(patienceMs);
      }
    });

    test('a read that has begun never passes for the whole', async () => {
      const events = store.readAll()[Symbol.asyncIterator]();
      for (let taken = 0; taken < 500; taken++) await events.next();
      await network.suffer(fault);
      expect((await failureOf(events.next())).failure).toBeInstanceOf(Unavailable);
    });

    test('closing ends in time, with a call under way', async () => {
      await network.suffer(fault);
      const underWay = failureOf(store.streamInfo('mission-1'));
      const before = performance.now();
      await store.close();
      await sql.close();
      expect(performance.now() - before).toBeLessThan(patienceMs);
      expect((await underWay).failure).toBeInstanceOf(Error);
    });
  });

  test.each([
    ['stall', 0],
    ['cut request', 0],
    ['cut reply', 2],
  ] as const)(
    'an append that meets “%s” is of unknown outcome; the same one then is in the log once',
    async (fault, written) => {
      const stream = `mission-${randomUUID()}` as const;
      const events = sampleEvents(2);
      const inLog = async () =>
        (await database.client.query('SELECT 1 FROM probono.events WHERE stream = $1', [stream])).length;
      await network.suffer(fault);
      expect((await failureOf(store.append(stream, 'none', events))).failure).toBeInstanceOf(UnknownOutcome);
      expect(await inLog()).toBe(written);
      await network.heal();
      expect(await store.append(stream, 'none', events)).toMatchObject({ outcome: 'appended', revision: 1n });
      expect(await inLog()).toBe(2);
    },
  );
});
