import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSql } from '@probono/sql';
import { startPostgres, startRedis, type TestServer } from '../support/servers.ts';
import { type MailServer, type Post, startMailServer } from './mail.js';
import { type Relay, startRelay } from './relay.js';

/** The servers, which stay up from round to round, and the ways to them. */
export interface Stage {
  readonly postgres: TestServer;
  readonly redis: TestServer;
  /** By side; both lead to the one PostgreSQL. */
  readonly relays: { readonly writers: Relay; readonly workers: Relay };
  readonly post: Post;
  /** One a worker. */
  readonly doors: readonly MailServer[];
  /** The file of the key that wraps all others. */
  readonly kekFile: string;
  /** Runs a statement on the server, outside of any round's database. */
  administer(statement: string): Promise<void>;
  /** The address of a round's database, by a relay or directly. */
  database(name: string, by?: Relay): string;
  close(): Promise<void>;
}

/** Starts private servers; shared ones must not be interrupted. */
export const setStage = async (workers: number): Promise<Stage> => {
  for (const name of ['POSTGRES_URL', 'REDIS_URL']) delete process.env[name];
  const directory = await mkdtemp(join(tmpdir(), 'probono-chaos-'));
  const kekFile = join(directory, 'kek');
  await writeFile(kekFile, randomBytes(32), { mode: 0o600 });
  // Processes are killed here, never the machine: what PostgreSQL gave to the system stays.
  const [postgres, redis] = await Promise.all([startPostgres({ fsync: false }), startRedis()]);
  const port = Number(new URL(postgres.url).port);
  const relays = { writers: await startRelay(port), workers: await startRelay(port) };
  const post: Post = { taken: [], onAnswered: () => {} };
  const doors = await Promise.all(Array.from({ length: workers }, (_, door) => startMailServer(post, door)));
  return {
    postgres,
    redis,
    relays,
    post,
    doors,
    kekFile,
    async administer(statement) {
      const sql = await openSql(postgres.url, { max: 1 });
      try {
        await sql.exec(statement);
      } finally {
        await sql.close();
      }
    },
    database(name, by) {
      const url = new URL(postgres.url);
      url.pathname = `/${name}`;
      if (by !== undefined) url.port = String(by.port);
      return url.href;
    },
    async close() {
      await Promise.all([...doors, relays.writers, relays.workers].map((each) => each.close()));
      await Promise.all([postgres.stop(), redis.stop()]);
      await rm(directory, { recursive: true, force: true });
    },
  };
};
