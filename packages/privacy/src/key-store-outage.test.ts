import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { Unavailable } from '@probono/event-store';
import { migrate, openSql } from '@probono/sql';
import { startRelay } from '../../../test/chaos/relay.js';
import { freshDatabase, postgresUrl } from '../../../test/support/databases.js';
import { keyWrapper } from './key-wrapper.js';
import { keyStoreMigrations } from './migrations.js';
import { sqlKeyStore } from './sql-key-store.js';

const subject = 'person-0190a000-0000-7000-8000-000000000001';

(postgresUrl ? test : test.skip)('keys that cannot be had now are unavailable, and the same afterwards', async () => {
  const database = await freshDatabase('postgres');
  const url = new URL(database.url);
  const relay = await startRelay(Number(url.port));
  url.port = String(relay.port);
  const sql = await openSql(url.href);
  try {
    await migrate(database.client, 'privacy', keyStoreMigrations);
    const random = randomBytes;
    const keys = sqlKeyStore(sql, keyWrapper(randomBytes(32), { random }), { random, now: () => new Date(0) });
    const [key] = [...(await keys.obtain([subject])).values()];
    const asked = await database.client.transaction(async (tx) => {
      await tx.query('LOCK TABLE probono_keys.subject_keys IN ACCESS EXCLUSIVE MODE');
      const failure = keys.find([subject]).catch((error: unknown) => error);
      for (let waiting = 0; waiting === 0; ) {
        waiting = (await tx.query(`SELECT FROM pg_locks WHERE NOT granted AND relation IS NOT NULL`)).length;
      }
      relay.cutAll();
      return failure;
    });
    expect(asked).toBeInstanceOf(Unavailable);
    expect(await keys.find([subject])).toEqual(new Map([[subject, key]]));
  } finally {
    await sql.close();
    await relay.close();
    await database.drop();
  }
});
