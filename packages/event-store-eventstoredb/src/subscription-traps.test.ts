import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { EventStore, SubscribeOptions, SubscriptionItem } from '@probono/event-store';
import { eventually, persistently } from '../../../test/support/event-store-stand-in/eventually.js';
import { sampleEvents } from '../../../test/support/event-store-stand-in/sample-events.js';
import { type StandIn, startStandIn } from '../../../test/support/event-store-stand-in/stand-in.js';
import { type EventStoreDbOptions, eventStoreDb } from './event-store-db.js';

let standIn: StandIn;
let stores: EventStore[];
let reports: { readonly reason?: unknown; readonly after?: unknown; readonly failures?: unknown }[];
beforeEach(async () => {
  standIn = await startStandIn();
  [stores, reports] = [[], []];
});
afterEach(async () => {
  for (const store of stores) await store.close();
  await standIn.stop();
});

/** Resumes at the next turn rather than after a pause. */
const atOnce = () => new Promise<void>(setImmediate);

const open = (options: EventStoreDbOptions = {}): EventStore => {
  const logger = { warn: (fields: object) => void reports.push(fields) };
  const store = eventStoreDb(standIn.url(), { backOff: atOnce, logger, ...options });
  stores.push(store);
  return store;
};

const write = async (store: EventStore, count: number, stream: `mission-${string}` = 'mission-1') => {
  for (let left = count; left > 0; left -= 50) {
    const expected = (await store.streamInfo(stream))?.revision ?? ('none' as const);
    await store.append(stream, expected, sampleEvents(Math.min(left, 50)));
  }
};

const subscribe = (store: EventStore, options: SubscribeOptions = {}): AsyncIterator<SubscriptionItem> =>
  store.subscribe(options)[Symbol.asyncIterator]();

/** Takes items up to and with the one that is wanted. */
const takeUntil = async (items: AsyncIterator<SubscriptionItem>, wanted: (item: SubscriptionItem) => boolean) => {
  const taken: SubscriptionItem[] = [];
  for (;;) {
    const { value, done } = await items.next();
    if (done) throw new Error('the subscription ended by itself');
    taken.push(value);
    if (wanted(value)) return taken;
  }
};

/** Round trips on the same connection, while the client fills its buffers and is told of what lies behind. */
const letItRunAhead = async (store: EventStore) => {
  for (let trip = 0; trip < 30; trip++) await store.streamInfo('mission-1');
};

const revisionsOf = (items: readonly SubscriptionItem[]): readonly number[] =>
  items.flatMap((item) => (item.kind === 'event' ? [Number(item.event.revision)] : []));
const isRevision = (revision: number) => (item: SubscriptionItem) =>
  item.kind === 'event' && item.event.revision === BigInt(revision);
const isCaughtUp = ({ kind }: SubscriptionItem) => kind === 'caught-up';
const upTo = (count: number) => [...Array(count).keys()];

describe('checkpointReached runs ahead of the consumer', () => {
  test('a consumer that stops resumes behind the last event it took, however far the client has run', async () => {
    const store = open();
    await write(store, 600);
    const items = subscribe(store, { categories: ['mission'] });
    // Two events of the server's own come first, and a checkpoint behind the 256th that it looked at.
    const taken = await takeUntil(items, isRevision(245));
    await letItRunAhead(store);
    standIn.cut();
    const rest = await takeUntil(items, isRevision(599));
    expect(revisionsOf([...taken, ...rest])).toEqual(upTo(600));
    expect(reports).toHaveLength(1);
    await items.return?.();
  });

  test('“caught up” is not told before the events in front of it were taken', async () => {
    const store = open();
    await write(store, 10);
    const items = subscribe(store);
    const [first] = await takeUntil(items, isRevision(0));
    expect(first?.kind).toBe('event');
    await letItRunAhead(store);
    const rest = await takeUntil(items, isCaughtUp);
    expect(revisionsOf(rest)).toEqual(upTo(10).slice(1));
    expect(rest.at(-1)).toEqual({ kind: 'caught-up', position: standIn.log.all.at(-1)?.position });
    await items.return?.();
  });

  test('checkpoints carry the position over events that nobody asked for', async () => {
    const store = open();
    await write(store, 1);
    await write(store, 300, 'mission-2');
    const items = subscribe(store, { categories: ['convention'] });
    const [caughtUp] = await takeUntil(items, isCaughtUp);
    expect(caughtUp).toEqual({ kind: 'caught-up', position: standIn.log.all.at(-1)?.position });
    await items.return?.();
  });
});

describe('subscriptions never resume by themselves', () => {
  test('this one does, from the last event taken, each time, and reports it', async () => {
    const store = open();
    await write(store, 30);
    for (const cutAfter of [4, 9, 2]) standIn.orders.next('subscribe', { cutAfter });
    const items = subscribe(store);
    expect(revisionsOf(await takeUntil(items, isRevision(29)))).toEqual(upTo(30));
    expect(reports.map(({ failures }) => failures)).toEqual([1, 1, 1]);
    expect(standIn.calls.filter((call) => call === 'Subscribe')).toHaveLength(4);
    await items.return?.();
  });

  test('it waits for a dead server to come back, longer each time, and misses nothing', async () => {
    const pauses: number[] = [];
    const backOff = async (failures: number) => {
      pauses.push(failures);
      await atOnce();
    };
    const store = open({ backOff });
    await write(store, 5);
    const items = subscribe(store);
    await takeUntil(items, isCaughtUp);
    await standIn.stop();
    const live = takeUntil(items, isRevision(6));
    await eventually('three attempts', () => pauses.length >= 3);
    await standIn.start();
    await persistently('the append', () => write(open(), 2));
    expect(revisionsOf(await live)).toEqual([5, 6]);
    expect(pauses.slice(0, 3)).toEqual([1, 2, 3]);
    expect(reports[0]).toMatchObject({ after: String(standIn.log.streamOf('mission-1')[4]?.position) });
    await items.return?.();
  });

  test('a server that never confirms is given up after the time-out and asked again', async () => {
    const store = open({ timeoutMs: 150 });
    await write(store, 3);
    standIn.orders.next('subscribe', 'stall', 2);
    const items = subscribe(store);
    expect(revisionsOf(await takeUntil(items, isRevision(2)))).toEqual(upTo(3));
    expect(reports).toHaveLength(2);
    await items.return?.();
  });

  test.each(['not-ready', 'busy', 'no-leader', 'internal'] as const)('after %s it asks again', async (answer) => {
    const store = open();
    await write(store, 1);
    standIn.orders.next('subscribe', answer, 2);
    const items = subscribe(store);
    expect(revisionsOf(await takeUntil(items, isCaughtUp))).toEqual([0]);
    expect(reports.map(({ failures }) => failures)).toEqual([1, 2]);
    await items.return?.();
  });

  test('what was never allowed is thrown; what worked once is asked for again', async () => {
    const store = open();
    await write(store, 1);
    standIn.orders.next('subscribe', 'access-denied');
    await expect(subscribe(store).next()).rejects.toThrow('does not let the user (none) do this');
    const items = subscribe(store);
    await takeUntil(items, isCaughtUp);
    standIn.orders.next('subscribe', 'access-denied');
    standIn.cut();
    const live = takeUntil(items, isRevision(1));
    await eventually('both failures', () => reports.length === 2);
    await write(open(), 1);
    expect(revisionsOf(await live)).toEqual([1]);
    await items.return?.();
  });

  test('a consumer that leaves ends the call on the server too', async () => {
    const store = open();
    await write(store, 1);
    const items = subscribe(store);
    await takeUntil(items, isCaughtUp);
    await items.return?.();
    await store.close();
    await eventually('the connection’s end', () => standIn.connections() === 0);
  });
});

describe('subscriptions are to $all with stream prefixes, not to $ce- streams', () => {
  test('so that a server without the projections that make those gives the same, and nothing comes as a link', async () => {
    const store = open();
    await write(store, 2, 'mission-1');
    await store.append('convention-1', 'none', sampleEvents(1));
    await write(store, 1, 'mission-2');
    const items = subscribe(store, { categories: ['mission'] });
    const taken = await takeUntil(items, isCaughtUp);
    expect(revisionsOf(taken)).toEqual([0, 1, 0]);
    expect(standIn.log.all.some(({ stream }) => stream.startsWith('$ce-'))).toBe(false);
    await items.return?.();
  });
});

describe('a slow reader', () => {
  test('falls out of the server’s live buffer, catches up again, and is told so again', async () => {
    const store = open();
    await write(store, 1);
    const items = subscribe(store);
    await takeUntil(items, isCaughtUp);
    const body = Buffer.alloc(8_000, 0x20);
    for (let turn = 0; turn < 20; turn++) {
      const events = sampleEvents(50).map((event) => ({ ...event, body }));
      await store.append('mission-1', BigInt(turn * 50), events);
    }
    const rest = await takeUntil(items, isRevision(1000));
    rest.push(...(await takeUntil(items, isCaughtUp)));
    expect(revisionsOf(rest)).toEqual(upTo(1001).slice(1));
    await items.return?.();
  });
});
