import { setTimeout as pause } from 'node:timers/promises';
import { Unavailable } from '@probono/event-store';
import type { SqlExecutor } from '@probono/sql';

interface HighWaterRow {
  readonly high: bigint;
  readonly appending: readonly string[];
  readonly pids: readonly (number | null)[];
}

/** An append is one statement: one that takes this long is stuck, and someone must look. */
const ordinaryPatienceMs = 15_000;

const look = async (sql: SqlExecutor): Promise<HighWaterRow> => {
  const [row] = await sql.query<HighWaterRow>('SELECT high, appending, pids FROM probono.high_water()');
  if (row === undefined) throw new Error('probono.high_water() gave no row');
  return row;
};

/**
 * The high water of an engine with one session, whose transactions take turns: when it is asked, none is under way.
 */
export const highWaterAlone = async (sql: SqlExecutor): Promise<bigint> => {
  const [row] = await sql.query<{ high: bigint }>(
    'SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS high FROM probono.event_position',
  );
  if (row === undefined) throw new Error('probono.event_position gave no row');
  return row.high;
};

/**
 * The highest position up to which everything is committed or never will be; 0 in an empty log. Waits for the appends
 * under way when it is called, not for those that begin later, and for no other transaction.
 *
 * @throws {Unavailable} when an append under way does not end.
 */
export const highWater = async (
  sql: SqlExecutor,
  signal?: AbortSignal,
  patienceMs = ordinaryPatienceMs,
): Promise<bigint> => {
  const { high, appending } = await look(sql);
  const left = new Set(appending);
  const deadline = performance.now() + patienceMs;
  for (let wait = 1; left.size > 0; wait = Math.min(wait * 2, 50)) {
    signal?.throwIfAborted();
    const now = await look(sql);
    for (const one of left) if (!now.appending.includes(one)) left.delete(one);
    if (left.size === 0) break;
    if (performance.now() > deadline) {
      const pids = now.pids.filter((_, index) => left.has(now.appending[index] ?? ''));
      throw new Unavailable(`append in process ${pids} has not ended for ${patienceMs} ms; see pg_stat_activity`);
    }
    await pause(wait);
  }
  return high;
};
