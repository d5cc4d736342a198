import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { engines, type FreshDatabase, freshDatabase } from '../../../test/support/databases.js';
import type { SqlClient } from './client.js';
import type { PgNotification, PgPoolClientLike, PgPoolLike } from './pg-pool.js';

describe.each(engines)('the pool on %s', (engine) => {
  let database: FreshDatabase;
  let sql: SqlClient;
  let pool: PgPoolLike;
  beforeAll(async () => {
    database = await freshDatabase(engine);
    sql = database.client;
    await sql.exec('CREATE SCHEMA bullmq; CREATE TABLE bullmq.job (id int PRIMARY KEY)');
  });
  beforeEach(async () => {
    await sql.exec('TRUNCATE bullmq.job');
    pool = sql.pool({ searchPath: 'bullmq' });
  });
  afterEach(() => pool.end());
  afterAll(() => database?.drop());

  const jobs = async () =>
    (await sql.query<{ id: number }>('SELECT id FROM bullmq.job ORDER BY id')).map(({ id }) => id);
  const heard = (client: PgPoolClientLike) => {
    const messages: PgNotification[] = [];
    client.on('notification', (message) => messages.push(message));
    return messages;
  };
  const settled = async (check: () => boolean) => {
    const deadline = Date.now() + 5000;
    while (!check() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(check()).toBe(true);
  };

  test('finds tables by its search path', async () => {
    await pool.query('INSERT INTO job VALUES ($1)', [1]);
    expect(await pool.query('SELECT id FROM job')).toMatchObject({ rows: [{ id: 1 }], rowCount: 1, command: 'SELECT' });
  });

  test('takes statements as objects', async () => {
    expect((await pool.query({ name: 'n', text: 'SELECT $1::text AS a', values: ['x'] })).rows).toEqual([{ a: 'x' }]);
  });

  test("gives node-postgres' own types", async () => {
    const { rows } = await pool.query(
      `SELECT 5::int8 AS n, '{"a":1}'::jsonb AS j, '{6}'::int8[] AS l, '\\x01'::bytea AS b`,
    );
    expect(rows).toEqual([{ n: '5', j: { a: 1 }, l: ['6'], b: Buffer.of(1) }]);
  });

  test('runs scripts of several statements', async () => {
    const client = await pool.connect();
    await client.query('INSERT INTO job VALUES (1); INSERT INTO job VALUES (2)');
    client.release();
    expect(await jobs()).toEqual([1, 2]);
  });

  test('errors carry code and detail', async () => {
    await pool.query('INSERT INTO job VALUES (1)');
    await expect(pool.query('INSERT INTO job VALUES ($1)', [1])).rejects.toMatchObject({
      code: '23505',
      detail: 'Key (id)=(1) already exists.',
    });
  });

  test('nobody else writes into the transaction of a client', async () => {
    const client = await pool.connect();
    await client.query('BEGIN');
    await client.query('INSERT INTO job VALUES (1)');
    const others = [sql.query('INSERT INTO bullmq.job VALUES (2)'), pool.query('INSERT INTO job VALUES (3)')];
    await client.query('SELECT 1');
    await client.query('ROLLBACK');
    client.release();
    await Promise.all(others);
    expect(await jobs()).toEqual([2, 3]);
  });

  test('a savepoint rolled back is not the end of the transaction', async () => {
    const client = await pool.connect();
    await client.query('BEGIN; INSERT INTO job VALUES (1)');
    await client.query('SAVEPOINT s');
    await client.query('ROLLBACK TO SAVEPOINT s');
    const other = sql.query('INSERT INTO bullmq.job VALUES (2)');
    await client.query('ROLLBACK');
    client.release();
    await other;
    expect(await jobs()).toEqual([2]);
  });

  test('a client destroyed with an open transaction rolls it back', async () => {
    const client = await pool.connect();
    await client.query('BEGIN');
    await client.query('INSERT INTO job VALUES (1)');
    client.release(true);
    expect(await jobs()).toEqual([]);
  });

  test('a failed transaction lets others through after ROLLBACK', async () => {
    const client = await pool.connect();
    await client.query('BEGIN');
    await expect(client.query('SELECT 1/0')).rejects.toMatchObject({ code: '22012' });
    await client.query('ROLLBACK');
    client.release();
    expect(await jobs()).toEqual([]);
  });

  test('a listening client hears what any other notifies', async () => {
    const client = await pool.connect();
    await client.query('-- wake-ups\n-- of jobs\nLISTEN bullmq_jobs;\n');
    const messages = heard(client);
    await sql.query(`SELECT pg_notify('bullmq_jobs', $1)`, ['mails']);
    await settled(() => messages.length === 1);
    expect(messages[0]).toMatchObject({ channel: 'bullmq_jobs', payload: 'mails' });
    client.release(true);
  });

  test('a notification comes when its transaction commits, and its listener may use the client', async () => {
    const client = await pool.connect();
    await client.query('LISTEN bullmq_jobs');
    const answers: Promise<unknown>[] = [];
    client.on('notification', () => answers.push(sql.query('SELECT 1 AS one')));
    await sql.transaction(async (tx) => {
      await tx.query(`SELECT pg_notify('bullmq_jobs', 'x')`);
    });
    await settled(() => answers.length === 1);
    expect(await answers[0]).toEqual([{ one: 1 }]);
    client.release(true);
  });

  test('one client that stops listening does not silence another', async () => {
    const [first, second] = [await pool.connect(), await pool.connect()];
    await first.query('LISTEN wake');
    await second.query('LISTEN wake');
    const [one, two] = [heard(first), heard(second)];
    await first.query('UNLISTEN wake');
    await pool.query(`NOTIFY wake, 'x'`);
    await settled(() => two.length === 1);
    expect(one).toEqual([]);
    first.release(true);
    second.release(true);
  });

  test('ending the pool leaves the client open', async () => {
    await pool.end();
    await expect(pool.query('SELECT 1')).rejects.toThrow('Cannot use a pool after calling end on the pool');
    expect(await jobs()).toEqual([]);
    pool = sql.pool();
  });
});

describe.each(engines)('closing the client on %s', (engine) => {
  test('ends pools whose clients are still out, in a transaction and listening', async () => {
    const { client, drop } = await freshDatabase(engine);
    const pool = client.pool();
    const [busy, listening] = [await pool.connect(), await pool.connect()];
    await listening.query('LISTEN wake');
    await busy.query('BEGIN');
    await client.close();
    await expect(pool.query('SELECT 1')).rejects.toThrow('Cannot use a pool after calling end on the pool');
    await drop();
  });
});

test('on PGlite the pool refuses to wait for the transaction it is called from', async () => {
  const { client, drop } = await freshDatabase('pglite');
  const pool = client.pool();
  await expect(client.transaction(() => pool.query('SELECT 1'))).rejects.toThrow('PgPoolLike.query was called inside');
  await drop();
});
