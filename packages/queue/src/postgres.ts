import type { PgPoolClientLike, PgPoolLike, SqlClient } from '@probono/sql';
import { Queue as BullQueue, Worker as BullWorker, createPostgresBackend, runMigrations } from 'bullmq';
import type { Line } from './carrier.js';
import type { LossLog } from './loss-log.js';
import { sharedSession } from './shared-session.js';

/** BullMQ's own schema: its SQL names no schema, so its pools have it as their search path. */
const SCHEMA = 'bullmq';

/** Brings BullMQ's tables up to date and sends wake-ups through them. */
export async function openSqlLine(sql: SqlClient, lossLog: LossLog): Promise<Line> {
  const pool = sql.pool({ searchPath: SCHEMA });
  pool.on('error', lossLog.trouble);
  const session = await pool.connect();
  try {
    await runMigrations(session, SCHEMA);
  } finally {
    session.release();
  }
  const listening = sharedSession(pool);

  return {
    kind: 'sql',
    live: () => true,
    ping: () => sql.query('SELECT 1'),
    sender: (topic, options) =>
      new BullQueue(topic, { ...options, connection: poolFor(pool, () => pool.connect()) }, createPostgresBackend),
    listener: (topic, processor, options) =>
      new BullWorker(
        topic,
        processor,
        { ...options, connection: poolFor(pool, () => listening.connect()) },
        createPostgresBackend,
      ),
    async close() {
      listening.end();
      await pool.end();
    },
  };
}

/** A pool for one queue or worker of BullMQ, which keeps a connection that it takes for good, for LISTEN. */
function poolFor(statements: PgPoolLike, connect: () => Promise<PgPoolClientLike>): PgPoolLike {
  const pool: PgPoolLike = {
    query: (statement, params) => statements.query(statement, params),
    connect,
    end: async () => {},
    // Errors are heard once, of the pool itself.
    on: () => pool,
    removeAllListeners: () => pool,
  };
  return pool;
}
