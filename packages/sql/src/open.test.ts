import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { expect, test } from '@jest/globals';
import { freshDatabase, postgresUrl } from '../../../test/support/databases.js';
import { startPostgres } from '../../../test/support/servers.js';
import type { SqlExecutor } from './client.js';
import { openSql } from './open.js';
import { isConnectionLost, SqlNoAnswer, SqlUnavailable } from './unavailable.js';

const withPostgres = postgresUrl === undefined ? test.skip : test;
// A server given by the environment is not ours to crash.
const withOwnPostgres = process.env.POSTGRES_URL ? test.skip : withPostgres;
const failureOf = async (url: string, connectTimeoutMs?: number): Promise<SqlUnavailable> => {
  const error: unknown = await openSql(url, connectTimeoutMs === undefined ? {} : { connectTimeoutMs }).catch(
    (caught) => caught,
  );
  if (!(error instanceof SqlUnavailable)) throw new Error(`Expected SqlUnavailable, got ${error}`);
  return error;
};
const portOf = (server: Server): number => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  return address.port;
};

test('a server that is not there is told at once, by host and port, without the password', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server);
  server.close();
  await once(server, 'close');
  const error = await failureOf(`postgres://clerk:s3cret@127.0.0.1:${port}/probono`);
  expect(error.message).toBe(
    `Cannot reach PostgreSQL at 127.0.0.1:${port}/probono (ECONNREFUSED). Start it, or correct the address.`,
  );
  expect(error.code).toBe('ECONNREFUSED');
});

test('a server that accepts but never answers is given up after the time allowed', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const before = performance.now();
  const error = await failureOf(`postgres://clerk:s3cret@127.0.0.1:${portOf(server)}/probono`, 200);
  expect(performance.now() - before).toBeLessThan(4_000);
  expect(error.message).toMatch(/did not answer within 200 ms/);
  expect(error.message).not.toContain('s3cret');
  server.close();
});

test.each(['mysql://clerk:s3cret@db/x', 'postgres://clerk:s3cret@db:port/x', ''])(
  'the address %p is refused without repeating its password',
  async (url) => {
    const error = await failureOf(url);
    expect(`${error.message} ${JSON.stringify(error)} ${error.cause}`).not.toContain('s3cret');
  },
);

withPostgres('a wrong password is a refused login', async () => {
  const url = new URL(postgresUrl ?? '');
  url.password = 's3cret';
  const error = await failureOf(url.href);
  expect(error.message).toMatch(/refused the login/);
  expect([error.code, error.message.includes('s3cret')]).toEqual(['28P01', false]);
});

withPostgres('a database that does not exist is said so', async () => {
  const url = new URL(postgresUrl ?? '');
  url.pathname = '/nowhere';
  expect((await failureOf(url.href)).message).toMatch(/\/nowhere: this database does not exist/);
});

withPostgres('settings in the address are kept beside ours', async () => {
  const { url, drop } = await freshDatabase('postgres');
  const sql = await openSql(`${url}?options=-c%20statement_timeout%3D1234`, { applicationName: 'clerk of records' });
  const setting = async (name: string) => (await sql.query(`SELECT current_setting($1) AS s`, [name]))[0]?.s;
  expect([await setting('statement_timeout'), await setting('TimeZone'), await setting('application_name')]).toEqual([
    '1234ms',
    'UTC',
    'clerk of records',
  ]);
  const pool = sql.pool({ searchPath: '"a b", public' });
  expect((await pool.query('SHOW search_path')).rows).toEqual([{ search_path: '"a b", public' }]);
  await sql.close();
  await drop();
});

withPostgres('a busy pool is told apart from a missing server', async () => {
  const { url, drop } = await freshDatabase('postgres');
  const sql = await openSql(url, { max: 1, connectTimeoutMs: 100 });
  let free = () => {};
  const held = sql.transaction(() => new Promise<void>((resolve) => (free = resolve)));
  await expect(sql.query('SELECT 1')).rejects.toThrow('all 1 connections stayed busy for 100 ms');
  free();
  await held;
  await sql.close();
  await drop();
});

withPostgres(
  'a statement without an answer is given up, and so is its connection, also inside a transaction',
  async () => {
    const { url, drop } = await freshDatabase('postgres');
    const sql = await openSql(url, { max: 1, answerTimeoutMs: 200 });
    const slow = (executor: SqlExecutor) => executor.query('SELECT pg_sleep(60)');
    const told = /did not answer a statement within 200 ms/;
    for (const work of [() => slow(sql), () => sql.transaction(slow)]) {
      const failure: unknown = await work().catch((caught) => caught);
      expect(failure).toBeInstanceOf(SqlNoAnswer);
      expect(failure).toMatchObject({ code: 'ETIMEDOUT', message: expect.stringMatching(told) });
      expect(await sql.query('SELECT 1 AS n')).toEqual([{ n: 1 }]);
    }
    await sql.exec('SELECT pg_sleep(0.4)');
    await sql.close();
    await drop();
  },
);

test('on PGlite a statement waits only so long for the transaction before it, and the one after still has its turn', async () => {
  const sql = await openSql('pglite:', { answerTimeoutMs: 50 });
  let free = () => {};
  const held = sql.transaction(() => new Promise<void>((resolve) => (free = resolve)));
  for (const work of [() => sql.query('SELECT 1'), () => sql.exec('SELECT 1'), () => sql.transaction(async () => {})]) {
    await expect(work()).rejects.toMatchObject({
      name: 'SqlUnavailable',
      message: expect.stringContaining('another transaction has kept it for 50 ms'),
    });
  }
  free();
  await held;
  expect(await sql.query('SELECT 1 AS n')).toEqual([{ n: 1 }]);
  await sql.close();
});

test('a directory where nothing can be made is refused, not waited for', async () => {
  const error = await failureOf('pglite:/proc/nowhere/database');
  expect(error.message).toMatch(/^Cannot use \/proc\/nowhere\/database for the database \(E\w+\)/);
});

withOwnPostgres('a client outlives a crash of its server', async () => {
  const server = await startPostgres();
  const sql = await openSql(server.url);
  await sql.exec('CREATE TABLE public.kept (n int); INSERT INTO public.kept VALUES (1)');
  const pool = sql.pool();
  const listening = await pool.connect();
  await listening.query('LISTEN wake');
  const interrupted = sql.transaction((tx) => tx.query('SELECT pg_sleep(60)'));
  const outcome = expect(interrupted).rejects.toThrow(/terminat|closed|ECONNRESET|connection error/i);
  await server.kill();
  await outcome;
  // An idle connection may not have heard yet that its server is gone.
  const failure = await sql.query('SELECT 1').catch((error: unknown) => error);
  expect(failure instanceof SqlUnavailable || isConnectionLost(failure)).toBe(true);
  await server.restart();
  expect(await sql.query('SELECT n FROM public.kept')).toEqual([{ n: 1 }]);
  await sql.close();
  await server.stop();
});
