import type { PgPoolLike } from './pg-pool.js';

/** What can run SQL: the client itself, or one open transaction of it. */
export interface SqlExecutor {
  /**
   * Runs one statement with `$1…` parameters and returns its rows.
   *
   * Both engines give the same JavaScript values: `int8` → `bigint`, `int2`, `int4`, `oid`, `float4` and `float8` →
   * `number`, `numeric` → `string` (it may not fit a double), `bool` → `boolean`, `date` → `'YYYY-MM-DD'`,
   * `timestamptz` → `Date`, `bytea` → `Uint8Array`, `json` and `jsonb` → parsed, arrays of these → arrays, and every
   * other type → PostgreSQL's own text. Sessions are in UTC.
   *
   * As parameters: `null`, `undefined` (as null), strings, numbers, bigints, booleans, `Date`, `Uint8Array`, arrays of
   * these (a PostgreSQL array), and plain objects (as JSON). A JSON *array* must be given as `JSON.stringify(value)`.
   *
   * Errors of the database carry their SQLSTATE in `code`.
   */
  query<Row = Record<string, unknown>>(text: string, params?: readonly unknown[]): Promise<readonly Row[]>;
  /** Runs a script of one or more statements without parameters, all or nothing; meant for schema changes. */
  exec(script: string): Promise<void>;
}

/** One database, whichever engine runs it. Made by {@link openSql}. */
export interface SqlClient extends SqlExecutor {
  readonly engine: 'postgres' | 'pglite';
  /**
   * `BEGIN` … `COMMIT` on one connection; `ROLLBACK` when `work` throws, whose error is then thrown on.
   *
   * Inside `work` use only the executor it is given: calling the client itself throws, because on PGlite it would wait
   * for the transaction that waits for it. Transactions do not nest.
   *
   * @example
   * ```ts
   * await sql.transaction(async (tx) => {
   *   await tx.query('UPDATE probono.accounts SET days = days - $1 WHERE id = $2', [1, from]);
   *   await tx.query('UPDATE probono.accounts SET days = days + $1 WHERE id = $2', [1, to]);
   * });
   * ```
   */
  transaction<T>(work: (tx: SqlExecutor) => Promise<T>): Promise<T>;
  /**
   * A duck-typed node-postgres pool over the same database, for libraries that want one. Values have node-postgres'
   * own types there, not those of {@link SqlExecutor.query}. Its `end()` leaves the client open; closing the client
   * ends it too.
   *
   * On PGlite every pool shares the one session: `searchPath` stays set for the whole client, so the SQL of the
   * project names its schema everywhere.
   */
  pool(options?: { readonly searchPath?: string }): PgPoolLike;
  /** Waits for running statements and transactions, then frees connections, directory and lock. May be called again. */
  close(): Promise<void>;
}
