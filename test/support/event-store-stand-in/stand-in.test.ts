import {
  type AllStreamSubscription,
  binaryEvent,
  EventStoreDBClient,
  eventTypeFilter,
  type ResolvedEvent,
  streamNameFilter,
} from '@eventstore/db-client';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { eventually } from './eventually.js';
import { type StandIn, startStandIn } from './stand-in.js';

let standIn: StandIn;
let client: EventStoreDBClient;
beforeEach(async () => {
  standIn = await startStandIn({ projections: true });
  client = EventStoreDBClient.connectionString(standIn.url());
});
afterEach(async () => {
  await client.dispose();
  await standIn.stop();
});

const events = (count: number, type = 'Counted') =>
  Array.from({ length: count }, () => binaryEvent({ type, data: Buffer.from('{}') }));
const read = async (items: AsyncIterable<ResolvedEvent>) => {
  const all: ResolvedEvent[] = [];
  for await (const item of items) all.push(item);
  return all;
};
const namesOf = (all: readonly ResolvedEvent[]) => all.map(({ event }) => `${event?.streamId}/${event?.revision}`);

describe('the official client on the stand-in', () => {
  test('appends over the batch stream, and knows the same append again', async () => {
    const two = events(2);
    const first = await client.appendToStream('mission-1', two, { expectedRevision: 'no_stream' });
    await client.appendToStream('mission-1', events(1), { expectedRevision: 1n });
    const again = await client.appendToStream('mission-1', two, { expectedRevision: 'no_stream' });
    expect(again).toEqual(first);
    expect(standIn.calls).toEqual(['GetSupportedMethods', 'BatchAppend']);
  });

  test('is told the actual revision of a conflict on both ways of appending', async () => {
    await client.appendToStream('mission-1', events(2));
    for (const credentials of [undefined, { username: 'a', password: 'b' }]) {
      const options = { expectedRevision: 0n, ...(credentials && { credentials }) };
      await expect(client.appendToStream('mission-1', events(1), options)).rejects.toMatchObject({
        type: 'wrong-expected-version',
        actualVersion: 1n,
      });
    }
  });

  test('is answered Timeout by a server whose clock is past the deadline', async () => {
    const late = await startStandIn({ now: () => new Date(Date.now() + 60_000) });
    const other = EventStoreDBClient.connectionString(late.url());
    await expect(other.appendToStream('mission-1', events(1))).rejects.toMatchObject({ type: 'deadline-exceeded' });
    await other.dispose();
    await late.stop();
  });

  test('has links resolved where it asks for that', async () => {
    await client.appendToStream('mission-1', events(1));
    await client.appendToStream('mission-2', events(1));
    const resolved = await read(client.readStream('$ce-mission', { resolveLinkTos: true }));
    expect(namesOf(resolved)).toEqual(['mission-1/0', 'mission-2/0']);
    expect(namesOf(await read(client.readStream('$ce-mission')))).toEqual(['$ce-mission/0', '$ce-mission/1']);
  });

  test('sees only what metadata leave of a stream, and appends behind a deletion', async () => {
    await client.appendToStream('mission-1', events(4));
    await client.setStreamMetadata('mission-1', { maxCount: 2 });
    expect(namesOf(await read(client.readStream('mission-1')))).toEqual(['mission-1/2', 'mission-1/3']);
    await client.deleteStream('mission-1', { expectedRevision: 3n });
    await expect(read(client.readStream('mission-1'))).rejects.toMatchObject({ type: 'stream-not-found' });
    await client.appendToStream('mission-1', events(1), { expectedRevision: 'no_stream' });
    expect(namesOf(await read(client.readStream('mission-1')))).toEqual(['mission-1/4']);
  });

  test('finds a tombstone where a stream was, and cannot append any more', async () => {
    await client.appendToStream('mission-1', events(1));
    await expect(client.tombstoneStream('mission-1', { expectedRevision: 3n })).rejects.toMatchObject({
      type: 'wrong-expected-version',
    });
    await client.tombstoneStream('mission-1');
    await expect(read(client.readStream('mission-1'))).rejects.toMatchObject({ type: 'stream-deleted' });
    await expect(client.appendToStream('mission-1', events(1))).rejects.toMatchObject({ type: 'stream-deleted' });
  });

  test.each([
    ['stream prefixes', streamNameFilter({ prefixes: ['mission-', 'x'] }), ['mission-1/0', 'mission-1/1']],
    ['a pattern of streams', streamNameFilter({ regex: '^conv' }), ['convention-1/0']],
    ['type prefixes', eventTypeFilter({ prefixes: ['Cl'] }), ['convention-1/0']],
    ['a pattern of types', eventTypeFilter({ regex: '^C.*ed$' }), ['mission-1/0', 'mission-1/1', 'convention-1/0']],
  ])('subscribes to the whole log by %s', async (_, filter, names) => {
    await client.appendToStream('mission-1', events(2));
    await client.appendToStream('convention-1', events(1, 'Closed'));
    expect(namesOf(await untilCaughtUp(client.subscribeToAll({ filter })))).toEqual(names);
  });

  test('gets checkpoints at every multiple of the window that was looked at, and one at the end', async () => {
    await client.appendToStream('convention-1', events(50));
    const positions: bigint[] = [];
    const filter = streamNameFilter({
      prefixes: ['mission-'],
      maxSearchWindow: 10,
      checkpointInterval: 4,
      checkpointReached: (_, { commit }) => void positions.push(commit),
    });
    await untilCaughtUp(client.subscribeToAll({ filter }));
    const at = (considered: number) => standIn.log.all[considered - 1]?.position;
    expect(positions).toEqual([at(40), at(80), at(102)]);
  });

  test('subscribes to a stream behind a revision', async () => {
    await client.appendToStream('mission-1', events(4));
    const seen: bigint[] = [];
    const subscription = client.subscribeToStream('mission-1', { fromRevision: 1n });
    subscription.on('data', ({ event }) => void seen.push(event?.revision ?? -1n));
    await eventually('two events', () => seen.length === 2);
    expect(seen).toEqual([2n, 3n]);
    await subscription.unsubscribe();
  });
});

const untilCaughtUp = async (subscription: AllStreamSubscription) => {
  const seen: ResolvedEvent[] = [];
  let caughtUp = false;
  subscription.on('data', (event) => void seen.push(event));
  subscription.on('caughtUp', () => {
    caughtUp = true;
  });
  await eventually('catching up', () => caughtUp && subscription.readableLength === 0);
  await subscription.unsubscribe();
  return seen;
};
