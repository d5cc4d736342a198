import type { SqlClient, SqlExecutor } from '@probono/sql';
import { highWater, highWaterAlone } from './high-water.js';

/**
 * How far this process has seen the log settled. What is at or below a high water stays as it is, so neither the water
 * nor the last event below it need be asked for again while nothing was appended.
 */
export interface Settled {
  /** True when everything up to `position` was seen settled before. */
  covers(position: bigint): boolean;
  /** The high water now; waits for appends under way. */
  now(sql: SqlExecutor, signal?: AbortSignal): Promise<bigint>;
  /** The position of the last event at or below the high water, looked up by `find` when it may have changed. */
  last(high: bigint, find: () => Promise<bigint | undefined>): Promise<bigint | undefined>;
}

export const settled = (engine: SqlClient['engine']): Settled => {
  let seen = -1n;
  let known: { readonly high: bigint; readonly last: bigint | undefined } | undefined;
  return {
    covers: (position) => position <= seen,
    async now(sql, signal) {
      // Also downwards: a database that was restored beneath this process has less than was seen.
      seen = engine === 'pglite' ? await highWaterAlone(sql) : await highWater(sql, signal);
      return seen;
    },
    async last(high, find) {
      if (known?.high !== high) known = { high, last: await find() };
      return known.last;
    },
  };
};
