import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { conformanceCases, memoryEventStore } from '@probono/event-store';
import { migrate } from '@probono/sql';
import { engines, type FreshDatabase, freshDatabase } from '../../../test/support/databases.js';
import { eventStoreMigrations } from './migrations.js';
import { postgresEventStore } from './postgres-event-store.js';

describe.each(engines)('the event store on %s', (engine) => {
  let database: FreshDatabase;
  beforeAll(async () => {
    database = await freshDatabase(engine);
    await migrate(database.client, 'event-store', eventStoreMigrations);
  });
  afterAll(() => database.drop());

  test.each(conformanceCases)('$name', ({ run }) => run(async () => postgresEventStore(database.client)));

  test('claims every capability, so that every case concerns it', () => {
    expect(postgresEventStore(database.client).capabilities).toEqual(
      memoryEventStore({ now: () => new Date(0) }).capabilities,
    );
  });
  test.each([
    ['UPDATE', 'UPDATE probono.events SET body = body'],
    ['DELETE', 'DELETE FROM probono.events'],
    ['TRUNCATE', 'TRUNCATE probono.events'],
  ])('refuses %s on the log', async (_, statement) => {
    await expect(database.client.query(statement)).rejects.toThrow(/append-only/);
  });
  test.each([2, 20])('appends %i events to each of several streams, some of them new, as one', async (count) => {
    const store = postgresEventStore(database.client);
    const streams = [`review-several-${count}`, `convention-several-${count}`, `mission-several-${count}`] as const;
    const events = () =>
      Array.from({ length: count }, () => ({
        eventId: randomUUID(),
        type: 'Counted',
        schemaVersion: 1,
        recordedAt: '2026-03-02T09:00:00.000Z',
        body: Buffer.from('{}'),
      }));
    const start = (await store.lastPosition()) ?? 0n;
    for (const expected of ['none', BigInt(count - 1)] as const) {
      const appends = streams.map((stream) => ({ stream, expected, events: events() }));
      const given = await store.appendAll(appends);
      const revision = (expected === 'none' ? -1n : expected) + BigInt(count);
      expect(given).toEqual({ outcome: 'appended', revision, position: await store.lastPosition() });
      expect(await store.appendAll(appends)).toEqual(given);
    }
    const read = [];
    for await (const { stream, revision } of store.readAll({ after: start })) read.push({ stream, revision });
    const ofBoth = [0, 1].flatMap((time) =>
      streams.flatMap((stream) =>
        Array.from({ length: count }, (_, nth) => ({ stream, revision: BigInt(time * count + nth) })),
      ),
    );
    expect(read).toEqual(ofBoth);
    for (const stream of streams)
      expect(await store.streamInfo(stream)).toEqual({ stream, revision: BigInt(2 * count - 1) });
  });
  test('a stream that is written and checked too must hold for both', async () => {
    const store = postgresEventStore(database.client);
    const event = { eventId: randomUUID(), type: 'Counted', schemaVersion: 1, recordedAt: '2026-03-02T09:00:00.000Z' };
    const events = [{ ...event, body: Buffer.from('{}') }];
    const stream = 'mission-both';
    expect(await store.append(stream, 'none', events, { checks: [{ stream, revision: 3n }] })).toEqual({
      ...{ outcome: 'conflict', stream, expected: 3n, actual: 'none' },
    });
    expect(await store.append(stream, 'none', events, { checks: [{ stream, revision: 'none' }] })).toMatchObject({
      outcome: 'appended',
    });
  });
  test('takes the time of the append from the clock it is given', async () => {
    const store = postgresEventStore(database.client, { now: () => new Date('2026-03-02T09:00:00.123Z') });
    const event = {
      eventId: '0190a000-0000-7000-8000-000000000001',
      type: 'Counted',
      schemaVersion: 1,
      recordedAt: '2026-03-02T09:00:00.000Z',
      body: Buffer.from('{}'),
    };
    await store.append('review-1', 'none', [event]);
    for await (const { storedAt } of store.readStream('review-1')) expect(storedAt).toBe('2026-03-02T09:00:00.123Z');
    await expect(store.append('review-2', 'none', [event])).rejects.toThrow(/in the log already/);
  });
});
