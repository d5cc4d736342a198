import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type EventStore, Unavailable } from '@probono/event-store';
import { eventually } from '../../../test/support/event-store-stand-in/eventually.js';
import { sampleEvents } from '../../../test/support/event-store-stand-in/sample-events.js';
import { type StandIn, startStandIn } from '../../../test/support/event-store-stand-in/stand-in.js';
import { eventStoreDb } from './event-store-db.js';

let standIn: StandIn;
let store: EventStore;
/** Somebody else, with the server's own means. */
let other: EventStoreDBClient;
beforeEach(async () => {
  standIn = await startStandIn();
  store = eventStoreDb(standIn.url(), { timeoutMs: 500 });
  other = EventStoreDBClient.connectionString(standIn.url());
});
afterEach(async () => {
  await store.close();
  await other.dispose();
  await standIn.stop();
});

const all = async <T>(items: AsyncIterable<T>): Promise<readonly T[]> => {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
};

describe('what is stored', () => {
  test('is the body as opaque bytes, with copies beside it for finding it', async () => {
    const [event] = sampleEvents(1);
    if (event === undefined) throw new Error('no event');
    await store.append('mission-1', 'none', [event]);
    const [record] = standIn.log.streamOf('mission-1');
    expect(record).toMatchObject({ id: event.eventId, type: 'Counted', contentType: 'application/octet-stream' });
    expect(Buffer.from(record?.data ?? '')).toEqual(event.body);
    expect(JSON.parse(Buffer.from(record?.metadata ?? '').toString())).toEqual({
      stream: 'mission-1',
      type: 'Counted',
      schemaVersion: 2,
      recordedAt: '2026-03-02T09:00:00.000Z',
    });
  });

  test('by others is given too, and the server’s own events are not', async () => {
    await other.appendToStream('order-1', jsonEvent({ type: 'Ordered', data: { n: 1 } }));
    await other.setStreamMetadata('order-1', { acl: { readRoles: ['$all'] } });
    await store.append('mission-1', 'none', sampleEvents(1));
    const events = await all(store.readAll());
    expect(events.map(({ stream, schemaVersion }) => [stream, schemaVersion])).toEqual([
      ['order-1', 0],
      ['mission-1', 2],
    ]);
    expect(Buffer.from(events[0]?.body ?? '').toString()).toBe('{"n":1}');
  });
});

describe('a stream that lost events', () => {
  beforeEach(async () => {
    await store.append('mission-1', 'none', sampleEvents(5));
  });

  test.each([
    ['$maxCount', { maxCount: 2 }],
    ['$tb', { truncateBefore: 3 }],
  ])('by %s is not read as if it were whole, either way', async (_, metadata) => {
    await other.setStreamMetadata('mission-1', metadata);
    await expect(all(store.readStream('mission-1'))).rejects.toThrow(/mission-1 has no event 0 any more/);
    const backwards = all(store.readStream('mission-1', { direction: 'backwards' }));
    await expect(backwards).rejects.toThrow(/mission-1 has no event 2 any more/);
    expect(await all(store.readStream('mission-1', { from: 4n }))).toHaveLength(1);
  });

  test('by deletion is not begun again from 0', async () => {
    await other.deleteStream('mission-1');
    expect(await store.streamInfo('mission-1')).toBeUndefined();
    await expect(store.append('mission-1', 'none', sampleEvents(1))).rejects.toThrow(/went on at revision 5, not 0/);
  });

  test('for ever is named, and neither read nor written', async () => {
    await other.tombstoneStream('mission-1');
    await expect(all(store.readStream('mission-1'))).rejects.toThrow(/deleted for ever/);
    await expect(store.append('mission-1', 4n, sampleEvents(1))).rejects.toThrow(/deleted for ever/);
  });
});

describe('reads', () => {
  beforeEach(async () => {
    await store.append('mission-1', 'none', sampleEvents(40));
  });

  test.each(['stall', { stallAfter: 20 }] as const)(
    'of a server that falls silent (%j) are Unavailable',
    async (order) => {
      standIn.orders.next('read', order);
      await expect(all(store.readStream('mission-1'))).rejects.toThrow(Unavailable);
    },
  );

  test('that are cut off never pass for the whole', async () => {
    standIn.orders.next('read', { cutAfter: 20 });
    await expect(all(store.readAll())).rejects.toThrow(Unavailable);
    expect(await all(store.readAll())).toHaveLength(40);
  });

  test('from a position that is none are a mistake, not an empty log', async () => {
    const position = (await store.lastPosition()) ?? 0n;
    await expect(all(store.readAll({ after: position - 1n }))).rejects.toThrow(/invalid position/);
  });

  test('a reader that leaves early leaves no call open, whether the server was done with it or not', async () => {
    for (const limit of [1, 20, 40]) {
      const items = store.readStream('mission-1', { limit })[Symbol.asyncIterator]();
      await items.next();
      // Meanwhile the server ends some of these calls, with events that nobody takes any more.
      for (let trip = 0; trip < 10; trip++) await store.streamInfo('mission-2');
      await items.return?.();
    }
    for await (const _ of store.readAll()) break;
    await store.close();
    await eventually('the connection’s end', () => standIn.connections() === 0);
    await expect(store.lastPosition()).rejects.toThrow(Unavailable);
  });
});
