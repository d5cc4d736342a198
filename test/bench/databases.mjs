import { execFileSync, spawn } from 'node:child_process';
import { accessSync, chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openSql } from '../../packages/sql/dist/index.js';

const programs = () => {
  const root = '/usr/lib/postgresql';
  const found = (process.env.PATH ?? '').split(':');
  try {
    const versions = readdirSync(root).sort((a, b) => Number(b) - Number(a));
    return [...versions.map((version) => join(root, version, 'bin')), ...found];
  } catch {
    return found;
  }
};

const program = (name) =>
  programs()
    .map((directory) => join(directory, name))
    .find((path) => {
      try {
        accessSync(path);
        return true;
      } catch {
        return false;
      }
    });

const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

/** A private PostgreSQL with fsync on; undefined where none is installed. */
const startPostgres = async () => {
  const [initdb, postgres] = [program('initdb'), program('postgres')];
  if (initdb === undefined || postgres === undefined) return undefined;
  const directory = mkdtempSync(join(tmpdir(), 'probono-bench-'));
  // PostgreSQL refuses to run as root.
  const number = (flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  const user = process.getuid?.() === 0 ? { uid: number('-u'), gid: number('-g') } : {};
  if (user.uid !== undefined) chownSync(directory, user.uid, user.gid);
  const data = join(directory, 'data');
  const quiet = { stdio: 'ignore', cwd: directory, ...user };
  execFileSync(initdb, ['-D', data, '-U', 'postgres', '-E', 'UTF8', '--no-locale', '--no-sync', '-A', 'trust'], quiet);
  const port = await freePort();
  const options = ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'fsync=on'];
  const server = spawn(postgres, ['-D', data, '-p', String(port), ...options], quiet);
  const ended = new Promise((done) => server.once('exit', done));
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    async stop() {
      server.kill('SIGINT');
      await ended;
      rmSync(directory, { recursive: true, force: true });
    },
  };
};

const opened = async (url) => {
  for (let left = 100; ; left--) {
    try {
      return await openSql(url, { max: 8 });
    } catch (error) {
      if (left === 0) throw error;
      await wait(100);
    }
  }
};

const inDatabase = async (url, work) => {
  const sql = await opened(url);
  try {
    const [{ fsync }] = await sql.query("SELECT current_setting('fsync') AS fsync");
    return await work(sql, { engine: sql.engine, fsync });
  } finally {
    await sql.close();
  }
};

/**
 * Runs `work` on every engine this machine has: embedded PGlite in memory, and PostgreSQL — an empty database given by
 * `POSTGRES_URL`, or a private server. Says on stderr what was left out.
 */
export const onEachEngine = async (work) => {
  const results = [await inDatabase('pglite:', work)];
  const given = process.env.POSTGRES_URL;
  const server = given === undefined ? await startPostgres() : { url: given, stop: async () => {} };
  if (server === undefined) {
    process.stderr.write('bench: no PostgreSQL on this machine; measured on PGlite only\n');
    return results;
  }
  try {
    results.push(await inDatabase(server.url, work));
  } finally {
    await server.stop();
  }
  return results;
};

/**
 * Runs `work` on PostgreSQL: the server of `POSTGRES_URL`, or a private one. `work` is given a function that makes an
 * empty database and tells its URL; they are dropped at the end.
 */
export const onPostgres = async (work) => {
  const given = process.env.POSTGRES_URL;
  const server = given === undefined ? await startPostgres() : { url: given, stop: async () => {} };
  if (server === undefined) throw new Error('it needs PostgreSQL: install it, or set POSTGRES_URL');
  const made = [];
  try {
    return await inDatabase(server.url, async (sql, { fsync }) => {
      const freshDatabase = async () => {
        const name = `bench_${process.pid}_${made.length}`;
        await sql.query(`CREATE DATABASE ${name}`);
        made.push(name);
        const url = new URL(server.url);
        url.pathname = name;
        return url.href;
      };
      try {
        return await work(freshDatabase, { fsync });
      } finally {
        for (const name of made) await sql.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      }
    });
  } finally {
    await server.stop();
  }
};
