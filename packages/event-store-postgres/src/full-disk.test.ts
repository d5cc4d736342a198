import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type EventToAppend, Unavailable, UnknownOutcome } from '@probono/event-store';
import { migrate, openSql } from '@probono/sql';
import { postgresUrl } from '../../../test/support/databases.js';
import { sampleEvents } from '../../../test/support/event-store-stand-in/sample-events.js';
import { startPostgres, type TestServer } from '../../../test/support/servers.js';
import { type SmallDisk, smallDisk } from '../../../test/support/small-disk.js';
import { eventStoreMigrations } from './migrations.js';
import { postgresEventStore } from './postgres-event-store.js';

// A server given by the environment has a disk that is not ours to fill.
const engines = postgresUrl && !process.env.POSTGRES_URL ? ['pglite', 'postgres'] : ['pglite'];
const probe = smallDisk(1);
probe?.remove();
if (probe === undefined) process.stderr.write('\nThis process may not mount: a full disk is not covered.\n');

describe.each(engines)('a disk that is full, under %s', (engine) => {
  let disk: SmallDisk | undefined;
  let server: TestServer | undefined;
  beforeAll(async () => {
    const mounted = smallDisk(160);
    if (mounted === undefined) throw new Error('it could be mounted a moment ago');
    disk = mounted;
    server = engine === 'postgres' ? await startPostgres({ parent: disk.directory }) : undefined;
  });
  afterAll(async () => {
    await server?.stop();
    disk?.remove();
  });

  (probe === undefined ? test.skip : test)(
    'refuses appends in one line that says so; with room again nothing acknowledged is missing',
    async () => {
      if (disk === undefined) throw new Error('it could be mounted a moment ago');
      const sql = await openSql(server?.url ?? `pglite:${join(disk.directory, 'database')}`);
      await migrate(sql, 'event-store', eventStoreMigrations);
      const store = postgresEventStore(sql);
      disk.fill(3_000_000);
      const acknowledged: EventToAppend[] = [];
      const at = () => (acknowledged.length === 0 ? ('none' as const) : BigInt(acknowledged.length - 1));
      // Nothing that a database could compress.
      const next = () => sampleEvents(1).map((event) => ({ ...event, body: randomBytes(60_000) }));
      let events = next();
      let failure: unknown;
      while (failure === undefined && acknowledged.length < 1_000) {
        await store.append('mission-1', at(), events).then(
          () => {
            acknowledged.push(...events);
            events = next();
          },
          (error: unknown) => {
            failure = error;
          },
        );
      }
      expect(failure instanceof Unavailable || failure instanceof UnknownOutcome).toBe(true);
      expect(String(failure)).toMatch(/No space left on device\); make room on the disk/);
      expect(await store.streamInfo('mission-1')).toEqual({ stream: 'mission-1', revision: at() });
      disk.makeRoom();
      const last = await store.append('mission-1', at(), events);
      expect(last).toMatchObject({ outcome: 'appended', revision: BigInt(acknowledged.length) });
      const kept: string[] = [];
      for await (const { eventId, body } of store.readStream('mission-1')) {
        kept.push(`${eventId} ${Buffer.from(body).toString('base64')}`);
      }
      const written = [...acknowledged, ...events];
      expect(kept).toEqual(written.map(({ eventId, body }) => `${eventId} ${Buffer.from(body).toString('base64')}`));
      await sql.close();
    },
  );
});
