import type { ReadAllOptions, StoredEvent } from '@probono/event-store';
import type { SqlExecutor } from '@probono/sql';
import { pageOfLog, pageSize } from './page.js';
import type { Settled } from './settled.js';
import { reading } from './sql-failure.js';

/** One page of the log, forwards. */
export interface LogPage {
  readonly events: readonly StoredEvent[];
  /** The position up to which it has looked. */
  readonly lookedTo: bigint;
  /** Whether there may be more behind it already. */
  readonly more: boolean;
}

/**
 * How many positions one page looks at. A bound of its own on both sides: an engine without statistics, as PGlite is,
 * takes any range for a short one, and would sort all that is left of the log for every page.
 */
const reachOf = ({ categories, types, buckets }: ReadAllOptions): bigint =>
  BigInt((categories ?? types ?? buckets) === undefined ? pageSize : 10 * pageSize);

/**
 * Turns the pages of a log forwards, and sees it grow. The high water is asked for when all below the last one was
 * read: what lies below it is settled for good.
 */
export const pager = (sql: SqlExecutor, log: Settled, options: ReadAllOptions) => {
  const { upTo, signal } = options;
  const reach = reachOf(options);
  let high = upTo !== undefined && log.covers(upTo) ? upTo : undefined;
  return async (above: bigint, size: number): Promise<LogPage> => {
    const known = high !== undefined && above < high ? high : undefined;
    const water = known ?? (await reading(log.now(sql, signal)));
    high = water;
    const end = upTo !== undefined && upTo < water ? upTo : water;
    if (end <= above) return { events: [], lookedTo: end, more: false };
    const to = end - above > reach ? above + reach : end;
    const events = await pageOfLog(sql, 'forwards', options, above, to, size);
    const last = events.at(-1);
    if (last !== undefined && events.length === size) return { events, lookedTo: last.position, more: true };
    return { events, lookedTo: to, more: to < end || (known !== undefined && to !== upTo) };
  };
};
