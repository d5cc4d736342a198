import type { PgPoolLike, SqlClient } from '@probono/sql';
import { Queue as BullQueue, Worker as BullWorker, createPostgresBackend, runMigrations } from 'bullmq';
import type { Line } from './carrier.js';
import type { LossLog } from './loss-log.js';

/** BullMQ's own schema: its SQL names no schema, so its pools have it as their search path. */
const SCHEMA = 'bullmq';

/** Brings BullMQ's tables up to date and sends wake-ups through them. */
export async function openSqlLine(sql: SqlClient, lossLog: LossLog): Promise<Line> {
  const pools: PgPoolLike[] = [];
  const openPool = (): PgPoolLike => {
    const pool = sql.pool({ searchPath: SCHEMA });
    pool.on('error', lossLog.trouble);
    pools.push(pool);
    return pool;
  };
  const shared = openPool();
  const session = await shared.connect();
  try {
    await runMigrations(session, SCHEMA);
  } finally {
    session.release();
  }

  return {
    kind: 'sql',
    live: () => true,
    ping: () => sql.query('SELECT 1'),
    sender: (topic, options) =>
      new BullQueue(topic, { ...options, connection: poolFor(shared, shared) }, createPostgresBackend),
    listener(topic, processor, options) {
      const connection = poolFor(shared, openPool());
      return new BullWorker(topic, processor, { ...options, connection }, createPostgresBackend);
    },
    async close() {
      await Promise.allSettled(pools.map((pool) => pool.end()));
    },
  };
}

/**
 * A pool for one queue or worker of BullMQ. A worker keeps the connection it takes for good, for LISTEN: from a shared
 * pool many workers would take them all and then wait for ever. Statements need no pool each; errors are heard once.
 */
function poolFor(statements: PgPoolLike, sessions: PgPoolLike): PgPoolLike {
  const pool: PgPoolLike = {
    query: (statement, params) => statements.query(statement, params),
    connect: () => sessions.connect(),
    end: async () => {},
    on: () => pool,
    removeAllListeners: () => pool,
  };
  return pool;
}
