import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type EventStore, Unavailable, UnknownOutcome } from '@probono/event-store';
import { persistently } from '../../../test/support/event-store-stand-in/eventually.js';
import { sampleEvents } from '../../../test/support/event-store-stand-in/sample-events.js';
import { type StandIn, startStandIn } from '../../../test/support/event-store-stand-in/stand-in.js';
import { storeOperations } from '../../../test/support/store-operations.js';
import { type Fault, type UnsteadyNetwork, unsteadyNetworkTo } from '../../../test/support/unsteady-network.js';
import { eventStoreDb } from './event-store-db.js';

const timeoutMs = 300;
/** Far more than the time-outs of one operation together, far less than anyone would call hanging. */
const patienceMs = 5_000;

const faults: readonly Fault[] = ['stall', 'black hole', 'refuse', 'cut request', 'cut reply'];

let standIn: StandIn;
let network: UnsteadyNetwork;
let store: EventStore;
beforeAll(async () => {
  standIn = await startStandIn();
  const direct = eventStoreDb(standIn.url());
  await direct.append('mission-1', 'none', sampleEvents(600));
  await direct.close();
});
afterAll(() => standIn.stop());
beforeEach(async () => {
  network = await unsteadyNetworkTo(standIn.port);
  store = eventStoreDb(`esdb://127.0.0.1:${network.port}?tls=false`, { timeoutMs, backOff: async () => {} });
  await store.lastPosition();
});
afterEach(async () => {
  await network.heal();
  await store.close();
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

describe.each(faults)('between the store and EventStoreDB: %s', (fault) => {
  test.each(storeOperations)(
    '$name ends in time as a value a caller can act on, and works again',
    async (operation) => {
      await network.suffer(fault);
      for (let attempt = 0; attempt < 3; attempt++) {
        const { failure, ms } = await failureOf(operation.run(store));
        const expected = operation.kind === 'read' ? [Unavailable] : [Unavailable, UnknownOutcome];
        expect(expected.some((kind) => failure instanceof kind) || failure).toBe(true);
        expect(ms).toBeLessThan(patienceMs);
      }
      await network.heal();
      await persistently(operation.name, () => operation.run(store));
    },
  );

  test('a subscription does not end, goes on when the server is back, and ends at once when it is told to', async () => {
    const after = (await store.lastPosition()) ?? 0n;
    const stop = new AbortController();
    const live = store.subscribe({ after, signal: stop.signal })[Symbol.asyncIterator]();
    expect(await live.next()).toMatchObject({ value: { kind: 'caught-up' } });
    await network.suffer(fault);
    const next = live.next();
    await failureOf(store.streamInfo('mission-1'));
    await network.heal();
    const direct = eventStoreDb(standIn.url());
    const revision = (await direct.streamInfo('mission-1'))?.revision ?? 0n;
    const [event] = sampleEvents(1);
    await direct.append('mission-1', revision, event === undefined ? [] : [event]);
    await direct.close();
    expect([await next, await live.next()]).toContainEqual({
      done: false,
      value: { kind: 'event', event: expect.objectContaining({ eventId: event?.eventId }) },
    });
    await network.suffer(fault);
    const last = live.next();
    stop.abort();
    const before = performance.now();
    expect((await last).done || (await live.next()).done).toBe(true);
    expect(performance.now() - before).toBeLessThan(patienceMs);
  });

  test('closing ends in time, with a call under way', async () => {
    await network.suffer(fault);
    const underWay = failureOf(store.streamInfo('mission-1'));
    const before = performance.now();
    await store.close();
    expect(performance.now() - before).toBeLessThan(patienceMs);
    expect((await underWay).failure).toBeInstanceOf(Unavailable);
  });
});
