import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSql, type SqlClient } from '../../packages/sql/src/index.js';
import { freshDatabase } from './databases.js';

/** A place of a test's own for everything that a process keeps. */
export interface TemporaryStore {
  readonly directory: string;
  /** Settings that point there. */
  readonly env: Readonly<Record<string, string>>;
  /** Looks into its database; on PGlite no process may have it open meanwhile. */
  look<T>(work: (sql: SqlClient) => Promise<T>): Promise<T>;
  remove(): Promise<void>;
}

/** The embedded profile. */
export const embeddedStore = async (): Promise<TemporaryStore> => {
  const directory = await mkdtemp(join(tmpdir(), 'probono-e2e-'));
  const url = `pglite:${join(directory, 'store')}`;
  return {
    directory,
    env: { PROBONO_STORE: url, PROBONO_MAIL: `file:${join(directory, 'mail')}` },
    async look(work) {
      const sql = await openSql(url);
      try {
        return await work(sql);
      } finally {
        await sql.close();
      }
    },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
};

/** A database of the run's PostgreSQL. */
export const serverStore = async (): Promise<TemporaryStore> => {
  const database = await freshDatabase('postgres');
  const directory = await mkdtemp(join(tmpdir(), 'probono-e2e-'));
  const kek = join(directory, 'kek');
  await writeFile(kek, randomBytes(32), { mode: 0o600 });
  return {
    directory,
    env: {
      PROBONO_STORE: database.url,
      PROBONO_KEK_FILE: kek,
      PROBONO_MAIL: `file:${join(directory, 'mail')}`,
    },
    look: (work) => work(database.client),
    async remove() {
      await database.drop();
      await rm(directory, { recursive: true, force: true });
    },
  };
};

/** How many events the log of a store has. */
export const eventCount = (store: TemporaryStore): Promise<number> =>
  store.look(async (sql) => {
    const [row] = await sql.query<{ count: number }>('SELECT count(*)::int AS count FROM probono.events');
    return row?.count ?? 0;
  });
