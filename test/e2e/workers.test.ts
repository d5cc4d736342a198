import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { SqlClient } from '../../packages/sql/src/index.js';
import { postgresUrl, redisUrl } from '../support/databases.js';
import { storyFiles } from '../support/example-files.js';
import { endProcesses, probono, root, startService } from '../support/processes.js';
import { startRedis, type TestServer } from '../support/servers.js';
import { eventCount, serverStore, type TemporaryStore } from '../support/stores.js';

jest.setTimeout(120_000);
const withServers = postgresUrl === undefined || redisUrl === undefined ? describe.skip : describe;
type Environment = Readonly<Record<string, string>>;

/** Wipes a Redis: every wake-up and every schedule in it. */
const flush = (url: string): Promise<void> =>
  new Promise((done, fail) => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname, () => socket.write('FLUSHALL\r\n'));
    socket.once('data', (reply) => {
      socket.destroy();
      if (String(reply).startsWith('+OK')) done();
      else fail(new Error(`FLUSHALL: ${reply}`));
    });
    socket.once('error', fail);
  });

const lags = async (env: Environment): Promise<readonly number[]> => {
  const { stdout } = await probono(['projections', 'status', '--json'], { env });
  const statuses = JSON.parse(stdout) as readonly { readonly lagEvents: number }[]; // one line, by commands.md
  return statuses.map(({ lagEvents }) => lagEvents);
};

/** Polls until every read model has all events, twice in a row the same: the clerk may have answered the first time. */
const caughtUp = async (store: TemporaryStore, env: Environment): Promise<number> => {
  const deadline = performance.now() + 60_000;
  for (let before: number | undefined; ; ) {
    const events = await eventCount(store);
    const still = (await lags(env)).every((lag) => lag === 0);
    if (still && events === before) return events;
    before = still ? events : undefined;
    if (performance.now() > deadline) throw new Error('read models are still behind');
  }
};

/** Runs projectors, together with `meanwhile`, until nothing is left to do. */
const project = async (store: TemporaryStore, env: Environment, workers: number, meanwhile = async () => {}) => {
  const running = Array.from({ length: workers }, () => startService('projector', env));
  for (const worker of running) await worker.said(/worker host is up/);
  await meanwhile();
  await caughtUp(store, env);
  for (const worker of running) worker.signal('SIGTERM');
  const ended = await Promise.all(running.map((worker) => worker.ended()));
  expect(ended.map(({ code }) => code)).toEqual(running.map(() => 0));
};

/** Copies what cannot be made again, the log and the keys, to another database that was migrated already. */
const copyHistory = async (from: TemporaryStore, to: TemporaryStore): Promise<void> => {
  for (const table of ['probono.streams', 'probono.events', 'probono_keys.subject_keys']) {
    const [schema, name] = table.split('.');
    const columns = await from.look((sql) =>
      sql.query<{ column: string }>(
        `SELECT column_name::text AS column FROM information_schema.columns
         WHERE table_schema = $1 AND table_name = $2 AND is_generated = 'NEVER'`,
        [schema, name],
      ),
    );
    const listed = columns.map(({ column }) => column).join(', ');
    const [all] = await from.look((sql) =>
      sql.query<{ rows: string }>(`SELECT coalesce(jsonb_agg(to_jsonb(t)), '[]')::text AS rows FROM ${table} t`),
    );
    const insert = `INSERT INTO ${table} (${listed})
      SELECT ${listed} FROM jsonb_populate_recordset(NULL::${table}, $1::text::jsonb)`;
    await to.look((sql) => sql.query(insert, [all?.rows]));
  }
  await to.look((sql) =>
    sql.query(`SELECT setval('probono.event_position', (SELECT max(position) FROM probono.events))`),
  );
};

/** All rows of all read models, by view. */
const rowsOf = async (sql: SqlClient): Promise<Readonly<Record<string, readonly string[]>>> => {
  const views = await sql.query<{ view: string }>(
    `SELECT table_name::text AS view FROM information_schema.views WHERE table_schema = 'probono_read' ORDER BY 1`,
  );
  const rows: Record<string, readonly string[]> = {};
  for (const { view } of views) {
    const found = await sql.query<{ row: string }>(`SELECT to_jsonb(v)::text AS row FROM probono_read.${view} v`);
    rows[view] = found.map(({ row }) => row).sort();
  }
  return rows;
};

withServers('projectors', () => {
  let redis: TestServer;
  let together: TemporaryStore;
  let alone: TemporaryStore;
  beforeEach(async () => {
    redis = await startRedis();
    together = await serverStore();
    alone = await serverStore();
  });
  afterEach(async () => {
    await endProcesses();
    await Promise.all([together.remove(), alone.remove(), redis.stop()]);
  });

  test('two of them, whose Redis was wiped on the way, make the same rows as one alone', async () => {
    const env = { ...together.env, PROBONO_QUEUE: redis.url };
    await probono(['execute', '--demonstration', '-'], { env });
    await project(together, env, 2, async () => {
      for (const file of storyFiles()) {
        const { stderr } = await probono(['execute', join(root, 'docs/examples', file)], { env });
        expect(stderr).toBe('');
        // A server that is not ours is not ours to wipe.
        if (file.startsWith('2') && !redis.shared) await flush(redis.url);
      }
    });
    const events = await eventCount(together);
    expect(events).toBeGreaterThan(400);

    const envAlone = { ...alone.env, PROBONO_KEK_FILE: together.env.PROBONO_KEK_FILE ?? '', PROBONO_QUEUE: redis.url };
    await lags(envAlone);
    await copyHistory(together, alone);
    await project(alone, envAlone, 1);
    expect(await eventCount(alone)).toBe(events);

    const [rows, expected] = [await together.look(rowsOf), await alone.look(rowsOf)];
    expect(Object.values(expected).flat().length).toBeGreaterThan(500);
    expect(rows).toEqual(expected);
  });
});
