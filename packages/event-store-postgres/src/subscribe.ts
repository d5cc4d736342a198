import { setTimeout as pause } from 'node:timers/promises';
import type { SubscribeOptions, SubscriptionItem, Wake } from '@probono/event-store';
import type { SqlExecutor } from '@probono/sql';
import { pageSize } from './page.js';
import { pager } from './pager.js';
import type { Settled } from './settled.js';

/** Resolves when it is time to look for other processes' appends again, or when the signal is aborted. */
export type Tick = (signal: AbortSignal) => Promise<void>;

/** Ticks by the machine's clock. */
export const tickEvery =
  (milliseconds: number): Tick =>
  async (signal) => {
    await pause(milliseconds, undefined, { signal }).catch(() => undefined);
  };

/** Follows the log by looking: at once after an append of this process, by the tick for those of others. */
export async function* subscribe(
  sql: SqlExecutor,
  log: Settled,
  options: SubscribeOptions,
  closed: AbortSignal,
  news: Wake,
  tick: Tick,
): AsyncGenerator<SubscriptionItem> {
  const ended = options.signal === undefined ? closed : AbortSignal.any([closed, options.signal]);
  const { signal: _, ...filter } = options;
  const turn = pager(sql, log, filter);
  let after = options.after ?? 0n;
  let announced = false;
  while (!ended.aborted) {
    const seen = news.rings();
    const page = await turn(after, pageSize);
    for (const event of page.events) {
      if (ended.aborted) return;
      yield { kind: 'event', event };
    }
    if (page.lookedTo > after) after = page.lookedTo;
    if (page.events.length > 0) announced = false;
    if (page.more) continue;
    if (ended.aborted) return;
    if (!announced) yield { kind: 'caught-up', position: after === 0n ? undefined : after };
    announced = true;
    await either(ended, (stop) => [news.after(seen, stop), tick(stop)]);
  }
}

/** Waits for the first of them, and stops the other: nothing stays behind. */
const either = async (ended: AbortSignal, start: (stop: AbortSignal) => readonly Promise<void>[]): Promise<void> => {
  const done = new AbortController();
  const stop = () => done.abort();
  // By hand: AbortSignal.any would leave a trace in a long-lived signal at every tick.
  ended.addEventListener('abort', stop);
  if (ended.aborted) stop();
  const both = start(done.signal);
  try {
    await Promise.race(both);
  } finally {
    stop();
    ended.removeEventListener('abort', stop);
  }
  await Promise.all(both);
};
