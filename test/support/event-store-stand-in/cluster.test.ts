import { binaryEvent, EventStoreDBClient } from '@eventstore/db-client';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type StandInCluster, startCluster } from './cluster.js';
import { eventually } from './eventually.js';
import { startStandIn } from './stand-in.js';

let cluster: StandInCluster;
beforeEach(async () => {
  cluster = await startCluster();
});
afterEach(() => cluster.stop());

const event = () => binaryEvent({ type: 'Counted', data: Buffer.from('{}') });
const portOf = (index: number) => cluster.nodes[index]?.port;
const onFollower = async (work: (client: EventStoreDBClient) => Promise<unknown>) => {
  const client = EventStoreDBClient.connectionString(cluster.nodes[1]?.url() ?? '');
  try {
    return await work(client);
  } finally {
    await client.dispose();
  }
};

test.each([
  ['an append', (client: EventStoreDBClient) => client.appendToStream('m-1', event(), { requiresLeader: true })],
  ['a deletion', (client: EventStoreDBClient) => client.deleteStream('m-1', { requiresLeader: true })],
  [
    'a read',
    async (client: EventStoreDBClient) => {
      for await (const _ of client.readStream('m-1', { requiresLeader: true }));
    },
  ],
])('%s that requires the leader is sent there by a follower', async (_, work) => {
  await expect(onFollower(work)).rejects.toMatchObject({ type: 'not-leader', leader: { port: portOf(0) } });
});

test('a follower takes what does not require the leader', async () => {
  await onFollower((client) => client.appendToStream('m-1', event()));
  expect(cluster.nodes[0]?.log.streamOf('m-1')).toHaveLength(1);
});

test('another node leads once the leader is stopped, and goes on when it comes back; one of three cannot', async () => {
  await cluster.nodes[0]?.stop();
  expect(cluster.leader()?.port).toBe(portOf(1));
  await cluster.nodes[0]?.start();
  expect(cluster.leader()?.port).toBe(portOf(1));
  for (const index of [0, 2]) await cluster.nodes[index]?.stop();
  expect(cluster.leader()).toBeUndefined();
});

test('an orderly end cancels what is streamed, where a kill only cuts connections', async () => {
  for (const [end, type] of [
    ['shutDown', 'cancelled'],
    ['stop', 'unavailable'],
  ] as const) {
    const standIn = await startStandIn();
    const client = EventStoreDBClient.connectionString(standIn.url());
    const failures: unknown[] = [];
    let confirmed = false;
    const subscription = client.subscribeToAll().on('error', (error) => void failures.push(error));
    subscription.on('confirmation', () => {
      confirmed = true;
    });
    await eventually('the confirmation', () => confirmed);
    await standIn[end]();
    await eventually('the failure', () => failures.length > 0);
    expect(failures).toMatchObject([{ type }]);
    await client.dispose();
  }
});

test('a server that takes larger appends can be had, and one that takes only small ones', async () => {
  for (const [maxAppendSize, fits] of [
    [3_000_000, true],
    [1_000, false],
  ] as const) {
    const standIn = await startStandIn({ maxAppendSize });
    const client = EventStoreDBClient.connectionString(standIn.url());
    for (const credentials of [undefined, { username: 'a', password: 'b' }]) {
      const data = Buffer.alloc(2_000_000);
      const options = credentials && { credentials };
      const appending = client.appendToStream('m-1', binaryEvent({ type: 'Large', data }), options);
      if (fits) await appending;
      else await expect(appending).rejects.toMatchObject({ type: 'maximum-append-size-exceeded', maxAppendSize });
    }
    await client.dispose();
    await standIn.stop();
  }
});
