import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { postgresUrl } from '../support/databases.js';
import { type Ended, endProcesses, startProbono, startService } from '../support/processes.js';
import { embeddedStore, serverStore, type TemporaryStore } from '../support/stores.js';

jest.setTimeout(180_000);
const withPostgres = postgresUrl === undefined ? test.skip : test;

/** One line that says what to do, soon, and no more. */
const expectOneLine = ({ code, stdout, stderr }: Ended, line: RegExp): void => {
  expect(stderr).toMatch(line);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stderr).not.toMatch(/s3cret|a bug|\.js:\d/);
  expect([code, stdout]).toEqual([2, '']);
};

const nobody = '127.0.0.1:1';
const redisGone = new RegExp(`: Redis at ${nobody} cannot be used \\(.*\\): start it or correct its address`);
const postgresGone = new RegExp(`: Cannot reach PostgreSQL at ${nobody}/p \\(ECONNREFUSED\\)\\. Start it`);

let store: TemporaryStore;
beforeAll(async () => {
  store = await embeddedStore();
});
afterEach(endProcesses);
afterAll(() => store.remove());

const ended = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> =>
  startProbono(args, { input: '', env: { ...store.env, ...env } }).ended(60_000);

describe('what cannot be reached ends a command with one line', () => {
  test('a PGlite directory that another process has open', async () => {
    const holder = startProbono(['work'], { env: store.env });
    await holder.said(/workers are up/);
    const second = await ended(['projections', 'status']);
    expectOneLine(
      second,
      new RegExp(`^probono: The database in .* is open in process ${holder.pid} .*Stop that process`),
    );
    holder.signal('SIGTERM');
    expect((await holder.ended()).code).toBe(0);
  });

  test('a directory that cannot be made', async () => {
    const file = join(store.directory, 'file');
    await writeFile(file, '');
    const run = await ended(['projections', 'status', '--store', `pglite:${file}/store`]);
    expectOneLine(run, /^probono: Cannot use .*\(ENOTDIR\)\. Check its owner/);
  });

  test('Redis, for whoever hosts workers', async () => {
    const env = { ...store.env, PROBONO_QUEUE: `redis://u:s3cret@${nobody}` };
    const services = ['projector', 'reminder'] as const;
    const runs = await Promise.all([
      ended(['work'], env),
      ...services.map((name) => startService(name, env).ended(60_000)),
    ]);
    for (const run of runs) expectOneLine(run, redisGone);
  });

  const PROBONO_STORE = `postgres://u:s3cret@${nobody}/p`;
  const PROBONO_KEK_FILE = '/nowhere/kek';
  test('PostgreSQL, for commands and services', async () => {
    const env = { PROBONO_STORE, PROBONO_KEK_FILE };
    const commands = [['projections', 'status'], ['execute', '-'], ['work']];
    const services = ['projector', 'reminder'] as const;
    const runs = await Promise.all([
      ...commands.map((args) => ended(args, env)),
      ...services.map((name) => startService(name, env).ended(60_000)),
    ]);
    for (const run of runs) expectOneLine(run, postgresGone);
  });

  withPostgres('the file of the wrapping key', async () => {
    const server = await serverStore();
    const env = { ...server.env, PROBONO_KEK_FILE: '/nowhere/kek' };
    const line = /: PROBONO_KEK_FILE: the key-encryption key \/nowhere\/kek cannot be read: restore it/;
    expectOneLine(await ended(['projections', 'status'], env), line);
    expectOneLine(await startService('projector', env).ended(60_000), line);
    await server.remove();
  });

  test('a port of /healthz that is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((done) => taken.once('listening', done));
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const run = await ended(['work'], { PROBONO_HEALTH_PORT: String(port) });
    taken.close();
    expectOneLine(
      run,
      new RegExp(`^probono: cannot serve /healthz at 127.0.0.1:${port} \\(EADDRINUSE\\); set PROBONO_HEALTH`),
    );
  });
});

describe('a wrong setting ends a command with one line', () => {
  test.each([
    ['PROBONO_STORE', 'mysql://u:s3cret@localhost/p', /PROBONO_STORE: expected postgres:/],
    ['PROBONO_STORE', 'postgres://u:s3cret@[bad/p', /PROBONO_STORE: expected postgres:/],
    ['PROBONO_READ_MODELS', 'memory:', /PROBONO_READ_MODELS: expected postgres:/],
    ['PROBONO_QUEUE', 'amqp://u:s3cret@localhost', /PROBONO_QUEUE: expected sql, redis:/],
    ['PROBONO_QUEUE', 'redis://u:s3cret@:::', /PROBONO_QUEUE: expected sql, redis:/],
    ['PROBONO_MAIL', 'smtp://u:s3cret@', /PROBONO_MAIL: expected smtp:/],
    ['PROBONO_MAIL_FROM', 'nobody', /PROBONO_MAIL_FROM: expected an address/],
    ['PROBONO_HEALTH_PORT', '99999', /PROBONO_HEALTH_PORT: expected a port/],
    ['PROBONO_OFFICERS', 'Claire', /PROBONO_OFFICERS[^:]*: /],
    ['PROBONO_LOG_LEVEL', 'loud', /PROBONO_LOG_LEVEL: expected silent/],
    ['PROBONO_STOER', 'memory:', /PROBONO_STOER: there is no such setting; known are PROBONO_STORE/],
  ])('%s=%s', async (name, value, line) => {
    expectOneLine(await ended(['work'], { [name]: value }), line);
  });

  test('for services too', async () => {
    const run = (env: Readonly<Record<string, string>>) =>
      startService('reminder', { ...store.env, ...env }).ended(60_000);
    expectOneLine(await run({ PROBONO_MAIL: 'smtp://u:s3cret@' }), /^reminder: PROBONO_MAIL: expected smtp:/);
    expectOneLine(await run({ PROBONO_STOER: 'memory:' }), /^reminder: PROBONO_STOER: there is no such setting/);
  });

  test('a --config file that is not there, or is none', async () => {
    const file = join(store.directory, 'settings.json');
    expectOneLine(
      await ended(['work', '--config', file]),
      /settings\.json: cannot be read; give an existing JSON file/,
    );
    await writeFile(file, 'PROBONO_STORE=memory:');
    expectOneLine(await ended(['work', '--config', file]), /settings\.json: is not JSON; expected \{/);
    await writeFile(file, '[1]');
    expectOneLine(await ended(['work', '--config', file]), /settings\.json: expected an object/);
  });
});

describe('wrong usage ends a command with one line', () => {
  test.each([
    [['frobnicate'], /unknown command 'frobnicate'; see probono --help/],
    [['work', '--jsn'], /unknown option '--jsn' \(Did you mean --json\?\); see probono --help/],
    [['execute'], /missing required argument 'file'; see probono --help/],
    [['execute', 'no-such-file'], /no-such-file cannot be read; name an NDJSON file, or - for/],
    [['execute', 'docs'], /docs cannot be read; name an NDJSON file, or - for/],
    [['simulate', '--agents', 'x', '--months', '1'], /argument 'x' is invalid\. expected a whole number/],
    [['show', 'nothing-1'], /nothing-1 is not a stream: expected CATEGORY-ID/],
    [['state', 'toString-1'], /toString-1 is not a stream: expected CATEGORY-ID/],
    [['projections', 'pause', 'toString'], /there is no projection toString; there are conventions/],
    [['reminders', 'preview', '--until', 'soon'], /--until: expected an instant, such as/],
  ])('%j', async (args, line) => {
    // Some of them open the store first, which takes a busy machine a while.
    expectOneLine(await ended(args), line);
  });
});
