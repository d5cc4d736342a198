import { setTimeout as pause } from 'node:timers/promises';
import { openSql } from '@probono/sql';
import type { Stage } from './stage.js';

/**
 * Mails that a worker had handed over, and of which its ledger did not know yet, when the worker was killed or
 * stalled: the one moment after which SMTP leaves no way to know, and a second mail is the documented price.
 */
export interface Doubts {
  /** To be called as soon as a worker does nothing any more. */
  note(worker: number): Promise<void>;
  has(messageId: string): boolean;
}

const inFlightMs = 150;

export const mailsInDoubt = (stage: Stage, database: string): Doubts => {
  const doubtful = new Set<string>();
  const sending = async (): Promise<readonly string[]> => {
    const sql = await openSql(stage.database(database), { max: 1 });
    try {
      const rows = await sql.query<{ message_id: string }>(
        `SELECT DISTINCT message_id FROM probono_read.reminder_claims WHERE status = 'sending'`,
      );
      return rows.map(({ message_id }) => message_id);
    } finally {
      await sql.close();
    }
  };
  return {
    async note(worker) {
      for (;;) {
        try {
          const ids = new Set(await sending());
          // What it had written to its socket by then is still taken.
          await pause(inFlightMs);
          const own = stage.post.taken.filter(({ door }) => door === worker).map(({ messageId }) => messageId);
          for (const id of own) if (ids.has(id)) doubtful.add(id);
          return;
        } catch {
          // PostgreSQL is away too; what is in doubt stays so until it is back.
          await pause(50);
        }
      }
    },
    has: (messageId) => doubtful.has(messageId),
  };
};
