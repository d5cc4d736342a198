import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { engines, type FreshDatabase, freshDatabase } from '../../../test/support/databases.js';
import type { SqlClient } from './client.js';

describe.each(engines)('transactions on %s', (engine) => {
  let database: FreshDatabase;
  let sql: SqlClient;
  beforeAll(async () => {
    database = await freshDatabase(engine);
    sql = database.client;
    await sql.exec('CREATE TABLE public.counter (id int PRIMARY KEY, n int NOT NULL)');
  });
  beforeEach(() => sql.exec('TRUNCATE public.counter; INSERT INTO public.counter VALUES (1, 0)'));
  afterAll(() => database?.drop());

  const count = async () => (await sql.query<{ n: number }>('SELECT n FROM public.counter WHERE id = 1'))[0]?.n;

  test('what a transaction wrote is there after it, with its value returned', async () => {
    const value = await sql.transaction(async (tx) => {
      await tx.query('UPDATE public.counter SET n = 5');
      return 'done';
    });
    expect([value, await count()]).toEqual(['done', 5]);
  });

  test('a thrown error rolls back and is thrown on', async () => {
    const failure = new Error('no');
    const attempt = sql.transaction(async (tx) => {
      await tx.query('UPDATE public.counter SET n = 5');
      throw failure;
    });
    await expect(attempt).rejects.toBe(failure);
    expect(await count()).toBe(0);
  });

  test('twenty transactions at once each see what the ones before them wrote', async () => {
    await Promise.all(
      Array.from({ length: 20 }, () =>
        sql.transaction(async (tx) => {
          const [row] = await tx.query<{ n: number }>('SELECT n FROM public.counter WHERE id = 1 FOR UPDATE');
          await tx.query('UPDATE public.counter SET n = $1 WHERE id = 1', [(row?.n ?? 0) + 1]);
        }),
      ),
    );
    expect(await count()).toBe(20);
  });

  test('a query beside a transaction does not see its uncommitted rows', async () => {
    let begun = () => {};
    let go = () => {};
    const started = new Promise<void>((resolve) => (begun = resolve));
    const released = new Promise<void>((resolve) => (go = resolve));
    const work = sql.transaction(async (tx) => {
      await tx.query('UPDATE public.counter SET n = 5');
      begun();
      await released;
      throw new Error('undo');
    });
    await started;
    const beside = count();
    go();
    await expect(work).rejects.toThrow('undo');
    expect(await beside).toBe(0);
  });

  test('a caught failure inside does not turn into a silent rollback', async () => {
    const attempt = sql.transaction(async (tx) => {
      await tx.query('UPDATE public.counter SET n = 5');
      await tx.query('SELECT 1/0').catch(() => {});
    });
    await expect(attempt).rejects.toMatchObject({ code: '25P02' });
    expect(await count()).toBe(0);
  });

  test.each(['query', 'exec', 'transaction'] as const)('the client refuses %s inside a transaction', async (method) => {
    const call = {
      query: () => sql.query('SELECT 1'),
      exec: () => sql.exec('SELECT 1'),
      transaction: () => sql.transaction(async () => {}),
    };
    await expect(sql.transaction(() => call[method]().then(() => {}))).rejects.toThrow(
      `SqlClient.${method} was called inside transaction(): use the executor the transaction gives instead.`,
    );
    expect(await count()).toBe(0);
  });

  test('what a transaction started may use the client once it is over', async () => {
    let go = () => {};
    const over = new Promise<void>((resolve) => {
      go = resolve;
    });
    let later: Promise<number | undefined> | undefined;
    await sql.transaction(async () => {
      later = over.then(count);
    });
    go();
    expect(await later).toBe(0);
  });

  test('an executor kept after its transaction is refused', async () => {
    const kept = await sql.transaction(async (tx) => ({ tx }));
    await expect(kept.tx.query('SELECT 1')).rejects.toThrow('This transaction is over');
  });

  test('a statement nobody awaited still belongs to its transaction', async () => {
    await sql.transaction(async (tx) => {
      void tx.query('UPDATE public.counter SET n = 5');
    });
    expect(await count()).toBe(5);
  });

  test('COMMIT by hand inside a transaction is an error', async () => {
    await expect(sql.transaction((tx) => tx.exec('COMMIT'))).rejects.toThrow(
      'leave COMMIT and ROLLBACK to transaction()',
    );
  });

  test('BEGIN by hand is rolled back and refused', async () => {
    await expect(sql.exec('BEGIN; UPDATE public.counter SET n = 9')).rejects.toThrow(
      'use transaction() instead of BEGIN',
    );
    expect(await count()).toBe(0);
  });

  test('a failing script leaves nothing behind', async () => {
    await expect(sql.exec('UPDATE public.counter SET n = 9; SELECT 1/0')).rejects.toMatchObject({ code: '22012' });
    expect(await count()).toBe(0);
  });
});

describe.each(engines)('closing on %s', (engine) => {
  test('waits for the transaction under way, then refuses work', async () => {
    const { client, drop } = await freshDatabase(engine);
    let begun = () => {};
    const started = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const work = client.transaction(async (tx) => {
      begun();
      return tx.query<{ n: number }>('SELECT 1 AS n FROM pg_sleep(0.05)');
    });
    await started;
    await client.close();
    expect(await work).toEqual([{ n: 1 }]);
    await expect(client.query('SELECT 1')).rejects.toThrow('The SQL client is closed.');
    await client.close();
    await drop();
  });
});
