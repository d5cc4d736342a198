import type { SqlExecutor } from '@probono/sql';
import { agendaName } from './agenda/agenda.js';

/** A task that is due, with how often it was tried. */
export interface DueTask {
  readonly task_id: string;
  readonly command: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly effective_on: string | null;
  readonly tenant_id: string;
  readonly caused_by: string;
  readonly correlation_id: string;
  readonly attempts: number;
}

const limit = 200;

/** Of what a task names, no event waits to be folded: else the agenda may not know what would settle it. */
const fullyKnown = `NOT EXISTS (
  SELECT 1 FROM probono_read.parked JOIN probono_read.generations USING (projection, generation)
    WHERE projection = '${agendaName}' AND state = 'live'
      AND substr(stream, strpos(stream, '-') + 1) IN (SELECT value FROM jsonb_each_text(task.data)))`;

/** Tasks that are due, fully known and not waiting for another try, what fell due first coming first. */
export const dueTasks = (sql: SqlExecutor, now: string): Promise<readonly DueTask[]> =>
  sql.query<DueTask>(
    `SELECT task.task_id, command, data, effective_on, tenant_id, caused_by, correlation_id,
        coalesce(tried.attempts, 0) AS attempts
      FROM probono_read.clerk_tasks AS task LEFT JOIN probono_read.clerk_attempts AS tried USING (task_id)
      WHERE due_at <= $1::timestamptz AND (moot_at IS NULL OR moot_at > $1::timestamptz)
        AND (tried.task_id IS NULL OR next_try_at <= $1::timestamptz) AND ${fullyKnown}
      ORDER BY due_at, turn, task_id LIMIT $2`,
    [now, limit],
  );

/** The first moment after `after` at which a task falls due or may be tried again. */
export const nextDue = async (sql: SqlExecutor, after: string): Promise<string | undefined> => {
  const [row] = await sql.query<{ at: Date | null }>(
    `SELECT min(at) AS at FROM (
        SELECT greatest(due_at, next_try_at) AS at, moot_at
        FROM probono_read.clerk_tasks AS task LEFT JOIN probono_read.clerk_attempts AS tried USING (task_id)
        WHERE tried.task_id IS NULL OR next_try_at IS NOT NULL
      ) AS open WHERE at > $1::timestamptz AND (moot_at IS NULL OR moot_at > at)`,
    [after],
  );
  return row?.at?.toISOString();
};

/** Throws, with what to do, when the read model of the agenda was never set up. */
export const assertAgenda = async (sql: SqlExecutor): Promise<void> => {
  const [books] = await sql.query<{ there: boolean }>(
    `SELECT to_regclass('probono_read.clerk_tasks') IS NOT NULL AS there`,
  );
  if (books?.there !== true) {
    throw new Error('the read model clerk is not set up: open the read models with clerkAgenda and migrate() them');
  }
};

/** Up to where the agenda has read the log; undefined while it is being filled for the first time. */
export const agendaPosition = async (sql: SqlExecutor): Promise<bigint | undefined> => {
  const [row] = await sql.query<{ position: bigint | null }>(
    `SELECT min(position) AS position
      FROM probono_read.checkpoints JOIN probono_read.generations USING (projection, generation)
      WHERE projection = $1 AND state = 'live'`,
    [agendaName],
  );
  return row?.position ?? undefined;
};
