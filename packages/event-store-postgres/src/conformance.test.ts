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
