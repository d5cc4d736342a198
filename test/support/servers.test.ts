import { once } from 'node:events';
import { access } from 'node:fs/promises';
import { connect } from 'node:net';
import { expect, test } from '@jest/globals';
import { openSql } from '../../packages/sql/src/index.js';
import { findBinary, startPostgres, startRedis } from './servers.js';

const withPostgres = findBinary('postgres') && !process.env.POSTGRES_URL ? test : test.skip;
const withRedis = findBinary('redis-server') && !process.env.REDIS_URL ? test : test.skip;

/** One inline command, one line of answer; enough of the protocol for what is asked here. */
async function askRedis(url: string, command: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(`${command}\r\n`);
  const [answer] = await once(socket, 'data');
  socket.destroy();
  return String(answer).trim().split('\r\n').at(-1) ?? '';
}

withPostgres('PostgreSQL keeps its data through a crash and a restart, and leaves nothing when stopped', async () => {
  const server = await startPostgres();
  const rows = async () => {
    const sql = await openSql(server.url);
    await sql.exec('CREATE TABLE IF NOT EXISTS public.kept (n int); INSERT INTO public.kept VALUES (1)');
    const [row] = await sql.query<{ n: number; directory: string; connections: string }>(
      `SELECT count(*)::int AS n, current_setting('data_directory') AS directory,
         current_setting('max_connections') AS connections FROM public.kept`,
    );
    await sql.close();
    return row;
  };
  expect(await rows()).toMatchObject({ n: 1, connections: '200' });
  await server.kill();
  await expect(openSql(server.url)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  await server.restart();
  expect((await rows())?.n).toBe(2);
  await server.restart();
  const last = await rows();
  expect(last?.n).toBe(3);
  await server.stop();
  await expect(access(last?.directory ?? '/')).rejects.toMatchObject({ code: 'ENOENT' });
});

withRedis('Redis never evicts, and keeps its data through a restart when it appends them', async () => {
  const server = await startRedis({ appendonly: true });
  expect(await askRedis(server.url, 'CONFIG GET maxmemory-policy')).toBe('noeviction');
  await askRedis(server.url, 'SET kept yes');
  await server.restart();
  expect(await askRedis(server.url, 'GET kept')).toBe('yes');
  await server.kill();
  await expect(askRedis(server.url, 'PING')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  await server.stop();
});
