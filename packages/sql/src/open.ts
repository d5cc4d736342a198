import type { SqlClient } from './client.js';
import { openPglite } from './pglite/client.js';
import { openPostgres } from './postgres/client.js';
import { SqlUnavailable } from './unavailable.js';

/** How {@link openSql} connects. */
export interface OpenSqlOptions {
  /** Shown in `pg_stat_activity`; default `probono`. */
  readonly applicationName?: string;
  /** Most connections of the client to a PostgreSQL server; default 10. Each `pool()` has as many of its own. */
  readonly max?: number;
  /** How long to wait for a connection, in milliseconds; default 5000. */
  readonly connectTimeoutMs?: number;
  /**
   * How long a statement may go without an answer, in milliseconds; default 30000. On PGlite: how long it may wait for
   * the transaction before it. Scripts (`exec`) take as long as they take.
   */
  readonly answerTimeoutMs?: number;
}

const ordinaryAnswerTimeoutMs = 30_000;

/**
 * Opens a database and checks that it answers.
 *
 * `postgres://…` and `postgresql://…` are a server. `pglite:DIR` is an embedded PostgreSQL in a directory that one
 * client at a time may open; `pglite:` alone lives in memory.
 *
 * @throws {SqlUnavailable} when the database cannot be reached or opened in time.
 * @throws {DirectoryLocked} when another client has the PGlite directory open.
 *
 * @example
 * ```ts
 * const sql = await openSql('pglite:');
 * const rows = await sql.query<{ days: number }>('SELECT $1::int + 1 AS days', [2]); // [{ days: 3 }]
 * await sql.close();
 * ```
 */
export async function openSql(url: string, options: OpenSqlOptions = {}): Promise<SqlClient> {
  const answerTimeoutMs = options.answerTimeoutMs ?? ordinaryAnswerTimeoutMs;
  if (/^postgres(ql)?:\/\//.test(url)) return openPostgres(url, { ...options, answerTimeoutMs });
  if (url.startsWith('pglite:'))
    return openPglite(url.slice('pglite:'.length).replace(/^\/\/(?=\/)/, ''), answerTimeoutMs);
  // The address itself stays out of the message: it may hold a password.
  throw new SqlUnavailable('The database address must begin with postgres://, postgresql:// or pglite: — correct it.');
}
