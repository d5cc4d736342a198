import type { SqlClient } from '@probono/sql';
import { Queue as BullQueue, Worker as BullWorker, createPostgresBackend, runMigrations } from 'bullmq';
import type { Line } from './carrier.js';
import type { LossLog } from './loss-log.js';

/** BullMQ's own schema: its SQL names no schema, so its pools have it as their search path. */
const SCHEMA = 'bullmq';

/** Brings BullMQ's tables up to date and sends wake-ups through them. */
export async function openSqlLine(sql: SqlClient, lossLog: LossLog): Promise<Line> {
  const sending = sql.pool({ searchPath: SCHEMA });
  sending.on('error', lossLog.trouble);
  const listening: { end(): Promise<void> }[] = [];

  const session = await sending.connect();
  try {
    await runMigrations(session, SCHEMA);
  } finally {
    session.release();
  }

  return {
    kind: 'sql',
    live: () => true,
    ping: () => sql.query('SELECT 1'),
    sender: (topic, options) => new BullQueue(topic, { ...options, connection: sending }, createPostgresBackend),
    listener(topic, processor, options) {
      // A listener holds one connection for good, for LISTEN; many of them would drain a shared pool and wait for ever.
      const pool = sql.pool({ searchPath: SCHEMA });
      listening.push(pool);
      return new BullWorker(topic, processor, { ...options, connection: pool }, createPostgresBackend);
    },
    async close() {
      await Promise.allSettled([sending, ...listening].map((pool) => pool.end()));
    },
  };
}
