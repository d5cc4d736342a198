import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Relay, startRelay } from '../../../test/chaos/relay.js';
import { type FreshDatabase, freshDatabase, postgresUrl } from '../../../test/support/databases.js';
import { isConnectionLost, openSql, type SqlClient } from './index.js';

(postgresUrl ? describe : describe.skip)('a connection to PostgreSQL that goes', () => {
  let database: FreshDatabase;
  let relay: Relay;
  let sql: SqlClient;
  beforeEach(async () => {
    database = await freshDatabase('postgres');
    const url = new URL(database.url);
    relay = await startRelay(Number(url.port));
    url.port = String(relay.port);
    sql = await openSql(url.href, { applicationName: 'cut off' });
    await database.client.exec('CREATE TABLE public.counted (n integer)');
  });
  afterEach(async () => {
    await sql.close();
    await relay.close();
    await database.drop();
  });

  const failureOf = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => undefined,
      (error: unknown) => error,
    );
  const asleep = async (): Promise<readonly { readonly pid: number }[]> => {
    for (;;) {
      const found = await database.client.query<{ pid: number }>(
        `SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND application_name = 'cut off'`,
      );
      if (found.length > 0) return found;
    }
  };
  const rows = () => database.client.query('SELECT n FROM public.counted');

  test('under a statement is told from a statement that failed', async () => {
    const cut = failureOf(sql.query('SELECT pg_sleep(60)'));
    await asleep();
    relay.cutAll();
    expect(isConnectionLost(await cut)).toBe(true);
    const ended = failureOf(sql.query('SELECT pg_sleep(60)'));
    for (const { pid } of await asleep()) await database.client.query('SELECT pg_terminate_backend($1)', [pid]);
    expect(isConnectionLost(await ended)).toBe(true);
    expect(isConnectionLost(await failureOf(sql.query('SELECT 1 / 0')))).toBe(false);
  });

  const insert = () => sql.transaction((tx) => tx.query('INSERT INTO public.counted VALUES (1)'));

  test('before a commit leaves nothing behind', async () => {
    const cut = relay.cut('before-commit');
    expect(isConnectionLost(await failureOf(insert()))).toBe(true);
    expect(await cut).toBe(true);
    expect(await rows()).toEqual([]);
  });

  test('after a commit leaves what was committed, and a caller who cannot know', async () => {
    const cut = relay.cut('after-commit');
    expect(isConnectionLost(await failureOf(insert()))).toBe(true);
    expect(await cut).toBe(true);
    expect(await rows()).toEqual([{ n: 1 }]);
  });
});
