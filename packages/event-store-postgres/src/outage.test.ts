import { describe, expect, test } from '@jest/globals';
import { Unavailable, UnknownOutcome } from '@probono/event-store';
import { migrate, openSql } from '@probono/sql';
import { postgresUrl } from '../../../test/support/databases.js';
import { startPostgres } from '../../../test/support/servers.js';
import { eventStoreMigrations } from './migrations.js';
import { postgresEventStore } from './postgres-event-store.js';

const events = [
  {
    eventId: '0190a000-0000-7000-8000-000000000001',
    type: 'Counted',
    schemaVersion: 1,
    recordedAt: '2026-03-02T09:00:00.000Z',
    body: Buffer.from('{}'),
  },
];

(postgresUrl && !process.env.POSTGRES_URL ? describe : describe.skip)(
  'when PostgreSQL is killed and comes back',
  () => {
    test('appends and reads fail as values a caller can act on, and the same append then succeeds once', async () => {
      const server = await startPostgres();
      const sql = await openSql(server.url, { connectTimeoutMs: 2000 });
      try {
        await migrate(sql, 'event-store', eventStoreMigrations);
        const store = postgresEventStore(sql);
        await store.append('mission-1', 'none', events);
        await server.kill();
        const failures: unknown[] = [];
        // The first may still find a dead connection in the pool; then none can be had.
        for (let attempt = 0; attempt < 3; attempt++) {
          failures.push(await store.append('mission-1', 'none', events).catch((error: unknown) => error));
        }
        for (const failure of failures) {
          expect(failure instanceof Unavailable || failure instanceof UnknownOutcome).toBe(true);
        }
        expect(failures.at(-1)).toBeInstanceOf(Unavailable);
        await expect(store.lastPosition()).rejects.toThrow(Unavailable);
        await server.restart();
        expect(await store.append('mission-1', 'none', events)).toMatchObject({ outcome: 'appended', revision: 0n });
        expect(await store.streamInfo('mission-1')).toEqual({ stream: 'mission-1', revision: 0n });
      } finally {
        await sql.close();
        await server.stop();
      }
    });
  },
);
