import { createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { AppendTooLarge, type EventStore, Unavailable, UnknownOutcome } from '@probono/event-store';
import { eventually, persistently } from '../../../test/support/event-store-stand-in/eventually.js';
import { sampleEvents } from '../../../test/support/event-store-stand-in/sample-events.js';
import {
  type StandIn,
  type StandInOptions,
  startStandIn,
} from '../../../test/support/event-store-stand-in/stand-in.js';
import { eventStoreDb } from './event-store-db.js';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).toReversed()) await each.close();
});

const serve = async (options: StandInOptions = {}): Promise<StandIn> => {
  const standIn = await startStandIn(options);
  opened.push({ close: () => standIn.stop() });
  return standIn;
};

const openAt = (url: string, timeoutMs = 10_000): EventStore => {
  const store = eventStoreDb(url, { timeoutMs });
  opened.push(store);
  return store;
};

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    (value) => value,
    (error: unknown) => error,
  );

describe('one client per process', () => {
  test('stores on the same address share one connection', async () => {
    const standIn = await serve();
    const stores = [openAt(standIn.url()), openAt(standIn.url()), openAt(standIn.url())];
    await Promise.all(stores.map((store, index) => store.append(`mission-${index}`, 'none', sampleEvents(1))));
    expect(standIn.connections()).toBe(1);
    await stores[0]?.close();
    expect(await stores[1]?.streamInfo('mission-2')).toEqual({ stream: 'mission-2', revision: 0n });
  });

  test('an append that fails on one server leaves the appends to another alone', async () => {
    const [one, other] = [await serve(), await serve()];
    one.orders.next('append', 'cut');
    const slow = openAt(other.url());
    other.hold();
    const inFlight = slow.append('mission-1', 'none', sampleEvents(1));
    await expect(openAt(one.url()).append('mission-1', 'none', sampleEvents(1))).rejects.toThrow(UnknownOutcome);
    other.release();
    expect(await inFlight).toMatchObject({ outcome: 'appended', revision: 0n });
  });

  test('an append never goes over the batch stream, where one failure takes others with it', async () => {
    const standIn = await serve();
    await openAt(standIn.url()).append('mission-1', 'none', sampleEvents(3));
    expect(standIn.calls).toEqual(['Append']);
  });
});

describe('a poisoned feature probe', () => {
  test.each(['internal', 'unauthenticated', 'stall'] as const)('%s: no append waits for it', async (answer) => {
    const standIn = await serve();
    standIn.orders.next('features', answer, 100);
    const store = openAt(standIn.url());
    for (const revision of ['none', 0n] as const) {
      expect((await store.append('mission-1', revision, sampleEvents(1))).outcome).toBe('appended');
    }
  });
});

describe('no client-side deadline', () => {
  test('a server that says nothing ends in UnknownOutcome after the time-out, and the same append then succeeds', async () => {
    const standIn = await serve();
    const store = openAt(standIn.url(), 200);
    standIn.orders.next('append', 'stall');
    const events = sampleEvents(2);
    await expect(store.append('mission-1', 'none', events)).rejects.toThrow(UnknownOutcome);
    expect(await store.append('mission-1', 'none', events)).toMatchObject({ outcome: 'appended', revision: 1n });
  });

  test('a port where nobody speaks the protocol is Unavailable: nothing was sent', async () => {
    const sockets: Socket[] = [];
    const mute = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
    const close = async () => {
      mute.close();
      for (const socket of sockets) socket.destroy();
    };
    opened.push({ close });
    await eventually('listening', () => mute.address() !== null);
    const address = mute.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const failure = await failureOf(
      openAt(`esdb://127.0.0.1:${port}?tls=false`, 300).append('mission-1', 'none', sampleEvents(1)),
    );
    expect(failure).toBeInstanceOf(Unavailable);
  });
});

describe('a reply that is lost after the commit', () => {
  test.each(['cut-after-commit', 'stall-after-commit', 'timeout-after-commit'] as const)(
    '%s: UnknownOutcome, then the same bytes give the original revision and position',
    async (fate) => {
      const standIn = await serve();
      const store = openAt(standIn.url(), 300);
      const events = sampleEvents(2);
      standIn.orders.next('append', fate);
      await expect(store.append('mission-1', 'none', events)).rejects.toThrow(UnknownOutcome);
      const other = await store.append('mission-1', 1n, sampleEvents(1));
      const again = await store.append('mission-1', 'none', events);
      const [, second, third] = standIn.log.streamOf('mission-1');
      expect(again).toEqual({ outcome: 'appended', revision: 1n, position: second?.position });
      expect(other).toEqual({ outcome: 'appended', revision: 2n, position: third?.position });
      expect(standIn.log.streamOf('mission-1')).toHaveLength(3);
    },
  );
});

describe('raw errors of the server', () => {
  test.each(['busy', 'not-ready', 'no-leader'] as const)('%s is Unavailable: nothing was done', async (answer) => {
    const standIn = await serve();
    standIn.orders.next('append', answer);
    const failure = await failureOf(openAt(standIn.url()).append('mission-1', 'none', sampleEvents(1)));
    expect(failure).toBeInstanceOf(Unavailable);
    expect(standIn.log.streamOf('mission-1')).toHaveLength(0);
  });

  test.each(['timeout', 'unknown', 'internal', 'cut'] as const)('%s may have been done', async (answer) => {
    const standIn = await serve();
    standIn.orders.next('append', answer);
    await expect(openAt(standIn.url()).append('mission-1', 'none', sampleEvents(1))).rejects.toThrow(UnknownOutcome);
  });

  test('an append that this server finds too large is refused as too large', async () => {
    const standIn = await serve();
    standIn.orders.next('append', 'too-large');
    await expect(openAt(standIn.url()).append('mission-1', 'none', sampleEvents(1))).rejects.toThrow(AppendTooLarge);
  });

  test('a node that is not the leader names it, and the append goes there', async () => {
    const leader = await serve();
    const follower = await serve({ log: leader.log });
    follower.orders.next('append', { notLeader: { host: '127.0.0.1', port: leader.port } });
    const result = await openAt(follower.url()).append('mission-1', 'none', sampleEvents(1));
    expect(result.outcome).toBe('appended');
    expect(leader.calls).toContain('Append');
  });

  test('two nodes that each name the other are Unavailable, after a few moves', async () => {
    const [one, other] = [await serve(), await serve()];
    one.orders.next('append', { notLeader: { host: '127.0.0.1', port: other.port } }, 9);
    other.orders.next('append', { notLeader: { host: '127.0.0.1', port: one.port } }, 9);
    await expect(openAt(one.url()).append('mission-1', 'none', sampleEvents(1))).rejects.toThrow(Unavailable);
  });
});

describe('a server that is gone and comes back', () => {
  test('appends and reads fail as values a caller can act on, and then work again', async () => {
    const standIn = await serve();
    const store = openAt(standIn.url(), 500);
    const events = sampleEvents(1);
    await store.append('mission-1', 'none', events);
    await standIn.stop();
    for (let attempt = 0; attempt < 3; attempt++) {
      const failure = await failureOf(store.append('mission-1', 'none', events));
      expect(failure instanceof Unavailable || failure instanceof UnknownOutcome).toBe(true);
    }
    await expect(store.lastPosition()).rejects.toThrow(Unavailable);
    await standIn.start();
    const result = await persistently('the append', () => store.append('mission-1', 'none', events));
    expect(result).toMatchObject({ outcome: 'appended', revision: 0n });
    expect(await store.streamInfo('mission-1')).toEqual({ stream: 'mission-1', revision: 0n });
  });
});
