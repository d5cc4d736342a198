import { binaryEvent, EventStoreDBClient, type ResolvedEvent } from '@eventstore/db-client';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { eventually } from './eventually.js';
import { type StandIn, startStandIn } from './stand-in.js';

let standIn: StandIn;
let client: EventStoreDBClient;
let now: Date;
beforeEach(async () => {
  // Behind the clients' clock, so that it can go on without passing the deadlines they send.
  now = new Date(Date.now() - 100_000);
  standIn = await startStandIn({ now: () => now });
  client = EventStoreDBClient.connectionString(standIn.url());
});
afterEach(async () => {
  await client.dispose();
  await standIn.stop();
});

const events = (count: number) =>
  Array.from({ length: count }, () => binaryEvent({ type: 'Counted', data: Buffer.from('{}') }));
const revisions = async (items: AsyncIterable<ResolvedEvent>) => {
  const all: number[] = [];
  for await (const { event } of items) all.push(Number(event?.revision));
  return all;
};
const any = 'any' as const;

describe('a deletion', () => {
  test.each(['no_stream', any] as const)('of a stream that is not there (%s) is a wrong version', async (expected) => {
    const deleting = client.deleteStream('mission-1', { expectedRevision: expected });
    await expect(deleting).rejects.toMatchObject({ type: 'wrong-expected-version', streamName: 'mission-1' });
  });

  test('hides a stream that has only metadata, which exists by them', async () => {
    await client.setStreamMetadata('mission-1', { cacheControl: 10 });
    await client.deleteStream('mission-1', { expectedRevision: 'no_stream' });
    await expect(revisions(client.readStream('mission-1'))).rejects.toMatchObject({ type: 'stream-not-found' });
    await client.setStreamMetadata('mission-2', { cacheControl: 10 });
    const appended = await client.appendToStream('mission-2', events(1), { expectedRevision: 'stream_exists' });
    expect(appended.nextExpectedRevision).toBe(0n);
  });

  test('leaves nothing of the stream’s metadata', async () => {
    await client.appendToStream('mission-1', events(2));
    await client.setStreamMetadata('mission-1', { maxCount: 1, acl: { readRoles: ['admin'] } });
    await client.deleteStream('mission-1');
    const written = standIn.log.streamOf('$$mission-1').at(-1)?.data;
    expect(Buffer.from(written ?? '').toString()).toBe('{"$tb":9223372036854775807}');
  });

  test('makes appends to an existing stream fail as deleted, and conflicts name the revision that was', async () => {
    await client.appendToStream('mission-1', events(3));
    await client.deleteStream('mission-1');
    const options = { expectedRevision: 'stream_exists' as const };
    await expect(client.appendToStream('mission-1', events(1), options)).rejects.toMatchObject({
      type: 'stream-deleted',
    });
    const stale = client.appendToStream('mission-1', events(1), { expectedRevision: 0n });
    await expect(stale).rejects.toMatchObject({ type: 'wrong-expected-version', actualVersion: 2n });
  });

  test('does not make an append forgotten: the same events again are the same append', async () => {
    const two = events(2);
    const first = await client.appendToStream('mission-1', two, { expectedRevision: 'no_stream' });
    await client.deleteStream('mission-1');
    expect(await client.appendToStream('mission-1', two, { expectedRevision: 'no_stream' })).toEqual(first);
    expect(standIn.log.streamOf('mission-1')).toHaveLength(2);
  });

  test('ends with new metadata, and what was hidden stays so', async () => {
    await client.appendToStream('mission-1', events(3));
    await client.deleteStream('mission-1');
    await client.setStreamMetadata('mission-1', { maxCount: 9 });
    const { metadata } = await client.getStreamMetadata('mission-1');
    expect(metadata).toEqual({ maxCount: 9, truncateBefore: 3 });
    await client.appendToStream('mission-1', events(2));
    expect(await revisions(client.readStream('mission-1'))).toEqual([3, 4]);
  });
});

describe('what metadata hide', () => {
  test('by $maxAge is gone once it is old', async () => {
    await client.setStreamMetadata('mission-1', { maxAge: 60 });
    await client.appendToStream('mission-1', events(2));
    now = new Date(now.getTime() + 50_000);
    await client.appendToStream('mission-1', events(1));
    expect(await revisions(client.readStream('mission-1'))).toEqual([0, 1, 2]);
    now = new Date(now.getTime() + 20_000);
    expect(await revisions(client.readStream('mission-1'))).toEqual([2]);
  });

  test('is not shown to a new subscription to the stream, but to one of the whole log', async () => {
    await client.appendToStream('mission-1', events(3));
    await client.setStreamMetadata('mission-1', { truncateBefore: 2 });
    const seen: number[] = [];
    const ofAll: string[] = [];
    client.subscribeToStream('mission-1').on('data', ({ event }) => void seen.push(Number(event?.revision)));
    client.subscribeToAll().on('data', ({ event }) => void ofAll.push(event?.streamId ?? ''));
    await eventually('both', () => seen.length === 1 && ofAll.filter((each) => each === 'mission-1').length === 3);
    expect(seen).toEqual([2]);
  });

  test('of metadata themselves is all but the last', async () => {
    await client.setStreamMetadata('mission-1', { maxCount: 1 });
    await client.setStreamMetadata('mission-1', { maxCount: 2 });
    expect(await revisions(client.readStream('$$mission-1'))).toEqual([1]);
  });
});

test('a subscription to a stream ends with its tombstone', async () => {
  await client.appendToStream('mission-1', events(1));
  const failures: unknown[] = [];
  const subscription = client.subscribeToStream('mission-1').on('error', (error) => void failures.push(error));
  let caughtUp = false;
  subscription.on('data', () => {
    caughtUp = true;
  });
  await eventually('the event', () => caughtUp);
  await client.tombstoneStream('mission-1');
  await eventually('its end', () => failures.length > 0);
  expect(failures).toMatchObject([{ type: 'stream-deleted', streamName: 'mission-1' }]);
});
