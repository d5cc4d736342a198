export type { SqlClient, SqlExecutor } from './client.js';
export { type Migration, migrate } from './migrate.js';
export { type OpenSqlOptions, openSql } from './open.js';
export type {
  PgNotification,
  PgPoolClientLike,
  PgPoolLike,
  PgQueryable,
  PgQueryConfig,
  PgQueryResult,
} from './pg-pool.js';
export { discardDatabase } from './pglite/discard.js';
export { DirectoryLocked, isConnectionLost, SqlNoAnswer, SqlUnavailable } from './unavailable.js';
