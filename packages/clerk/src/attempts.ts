import type { Migration, SqlExecutor } from '@probono/sql';

/** Who the numbered steps below belong to in the ledger of migrations. */
export const migrationsOwner = 'clerk';

/** The clerk's own book of what it tried, beside the read model: losing it costs a few repeated commands. */
export const clerkMigrations: readonly Migration[] = [
  {
    id: 1,
    name: 'attempts',
    sql: `
      CREATE SCHEMA IF NOT EXISTS probono_read;
      CREATE TABLE probono_read.clerk_attempts (
        task_id text PRIMARY KEY,
        attempts integer NOT NULL,
        outcome text NOT NULL,
        rules text[] NOT NULL,
        tried_at timestamptz NOT NULL,
        next_try_at timestamptz
      )`,
  },
];

/** What came of a try. `already-so`: nothing was left to record; `failed`: the program's own fault. */
export type Tried = 'issued' | 'repeated' | 'already-so' | 'refused' | 'conflict' | 'unknown-outcome' | 'failed';

const minute = 60_000;
const longest = 24 * 60 * minute;
/** Some ten days of tries; what is refused for that long needs a person. */
const mostTries = 20;

/** When to try again after so many tries: one minute later, twice as long each time, a day at most; then no more. */
export const nextTry = (outcome: Tried, attempts: number, now: string): string | null => {
  if (outcome === 'already-so' || attempts >= mostTries) return null;
  return new Date(Date.parse(now) + Math.min(longest, minute * 2 ** (attempts - 1))).toISOString();
};

/** Notes what came of a try. */
export const noteAttempt = async (
  sql: SqlExecutor,
  taskId: string,
  tried: { readonly outcome: Tried; readonly rules: readonly string[]; readonly attempts: number; readonly at: string },
): Promise<void> => {
  const { outcome, rules, attempts, at } = tried;
  await sql.query(
    `INSERT INTO probono_read.clerk_attempts (task_id, attempts, outcome, rules, tried_at, next_try_at)
      VALUES ($1, $2, $3, $4, $5, $6)
      ON CONFLICT (task_id) DO UPDATE SET attempts = excluded.attempts, outcome = excluded.outcome,
        rules = excluded.rules, tried_at = excluded.tried_at, next_try_at = excluded.next_try_at`,
    [taskId, attempts, outcome, rules, at, nextTry(outcome, attempts, at)],
  );
};

/** Forgets the tries of tasks that the log has settled. */
export const forgetSettled = async (sql: SqlExecutor): Promise<void> => {
  await sql.query(
    `DELETE FROM probono_read.clerk_attempts AS tried
      WHERE NOT EXISTS (SELECT 1 FROM probono_read.clerk_tasks AS task WHERE task.task_id = tried.task_id)`,
  );
};
