import { randomBytes } from 'node:crypto';
import { openSql, type SqlClient } from '../../packages/sql/src/index.js';

/** An empty database of a suite's own. */
export interface FreshDatabase {
  readonly client: SqlClient;
  /** What `openSql` takes to open it again; on PGlite in memory that would be another, empty database. */
  readonly url: string;
  /** Closes the client and removes the database, with whoever is still connected to it. */
  drop(): Promise<void>;
}

/** Where the run's PostgreSQL is; undefined when this machine has none. */
export const postgresUrl: string | undefined = process.env.PROBONO_TEST_POSTGRES_URL;
/** Where the run's Redis is; undefined when this machine has none. */
export const redisUrl: string | undefined = process.env.PROBONO_TEST_REDIS_URL;

/** The engines this machine can test, for `describe.each(engines)`. */
export const engines: readonly SqlClient['engine'][] = postgresUrl ? ['pglite', 'postgres'] : ['pglite'];

export async function freshDatabase(engine: SqlClient['engine']): Promise<FreshDatabase> {
  if (engine === 'pglite') {
    const client = await openSql('pglite:');
    return { client, url: 'pglite:', drop: () => client.close() };
  }
  if (postgresUrl === undefined) throw new Error('No PostgreSQL in this run: choose the engine from `engines`.');
  const name = `probono_${randomBytes(6).toString('hex')}`;
  await administer(postgresUrl, `CREATE DATABASE ${name}`);
  const url = new URL(postgresUrl);
  url.pathname = `/${name}`;
  const client = await openSql(url.href);
  return {
    client,
    url: url.href,
    async drop() {
      await client.close();
      await administer(postgresUrl, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

async function administer(url: string, statement: string): Promise<void> {
  const server = await openSql(url, { max: 1 });
  try {
    await server.exec(statement);
  } finally {
    await server.close();
  }
}
