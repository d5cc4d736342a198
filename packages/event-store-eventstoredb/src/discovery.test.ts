import { afterEach, describe, expect, test } from '@jest/globals';
import { Unavailable } from '@probono/event-store';
import { startCluster } from '../../../test/support/event-store-stand-in/cluster.js';
import { persistently } from '../../../test/support/event-store-stand-in/eventually.js';
import { sampleEvents } from '../../../test/support/event-store-stand-in/sample-events.js';
import { type StandIn, startStandIn } from '../../../test/support/event-store-stand-in/stand-in.js';
import { eventStoreDb } from './event-store-db.js';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).toReversed()) await each.close();
});

const cluster = async (): Promise<readonly [StandIn, StandIn, StandIn]> => {
  const started = await startCluster();
  opened.push({ close: () => started.stop() });
  const [leader, second, third] = started.nodes;
  if (leader === undefined || second === undefined || third === undefined) throw new Error('no followers');
  return [leader, second, third];
};

const openAt = (url: string) => {
  const store = eventStoreDb(url, { timeoutMs: 3_000 });
  opened.push(store);
  return store;
};

describe('a cluster', () => {
  test.each(['esdb+discover', 'kurrentdb+discover'])('%s:// finds the leader by gossip', async (scheme) => {
    const [leader, follower] = await cluster();
    const store = openAt(`${scheme}://127.0.0.1:${follower.port}?tls=false&nodePreference=leader`);
    await store.append('mission-1', 'none', sampleEvents(1));
    expect(follower.calls).toEqual(['Gossip']);
    expect(leader.calls).toEqual(['Append']);
  });

  test('a list of nodes is asked in turn until one answers', async () => {
    const [leader, second, third] = await cluster();
    await second.stop();
    const nodes = [second, third].map(({ port }) => `127.0.0.1:${port}`).join(',');
    const store = openAt(`esdb://${nodes}?tls=false`);
    await store.append('mission-1', 'none', sampleEvents(1));
    expect(leader.calls).toEqual(['Append']);
  });

  test('whose leader is lost goes on with the next one, and no acknowledged event is missing', async () => {
    const [leader, second] = await cluster();
    const store = openAt(`esdb+discover://127.0.0.1:${second.port}?tls=false&nodePreference=leader`);
    await store.append('mission-1', 'none', sampleEvents(2));
    await leader.stop();
    const events = sampleEvents(1);
    const result = await persistently('the append', () => store.append('mission-1', 1n, events));
    expect(result).toMatchObject({ outcome: 'appended', revision: 2n });
    expect(second.calls).toContain('Append');
    expect(await store.streamInfo('mission-1')).toEqual({ stream: 'mission-1', revision: 2n });
  });

  test('that cannot be discovered is Unavailable, and found once it is there', async () => {
    const node = await startStandIn();
    opened.push({ close: () => node.stop() });
    await node.stop();
    const store = openAt(`esdb+discover://127.0.0.1:${node.port}?tls=false&maxDiscoverAttempts=2&discoveryInterval=10`);
    await expect(store.append('mission-1', 'none', sampleEvents(1))).rejects.toThrow(Unavailable);
    await node.start();
    const events = sampleEvents(1);
    const result = await persistently('the append', () => store.append('mission-1', 'none', events));
    expect(result.outcome).toBe('appended');
  });
});
