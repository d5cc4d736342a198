import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import type { ReadAllOptions, ReadStreamOptions, StoredEvent } from '@probono/event-store';
import type { SqlClient } from '@probono/sql';
import { oneByOne } from './one-by-one.js';
import { pageOfLog, pageOfStream, pageSize } from './page.js';
import { type LogPage, pager } from './pager.js';
import type { Settled } from './settled.js';
import { reading } from './sql-failure.js';

type Pages = AsyncGenerator<readonly StoredEvent[], void, undefined>;

/** Reads one stream, page by page; nothing is open between pages. */
export const readStream = (sql: SqlClient, stream: string, options: ReadStreamOptions): AsyncIterable<StoredEvent> =>
  oneByOne(pagesOfStream(sql, stream, options), options.signal);

async function* pagesOfStream(sql: SqlClient, stream: string, options: ReadStreamOptions): Pages {
  const { direction = 'forwards', limit = Number.POSITIVE_INFINITY } = options;
  let next = options.from;
  for (let left = limit; left > 0; ) {
    const size = Math.min(pageSize, left);
    const page = await pageOfStream(sql, stream, direction, next, size);
    yield page;
    if (page.length < size) return;
    left -= page.length;
    next = (page.at(-1)?.revision ?? 0n) + (direction === 'forwards' ? 1n : -1n);
  }
}

/** Reads the whole log, page by page. */
export const readAll = (sql: SqlClient, log: Settled, options: ReadAllOptions): AsyncIterable<StoredEvent> =>
  oneByOne((options.direction === 'backwards' ? pagesDown : pagesUp)(sql, log, options), options.signal);

async function* pagesUp(sql: SqlClient, log: Settled, options: ReadAllOptions): Pages {
  const turn = pager(sql, log, options);
  let [at, left] = [options.after ?? 0n, options.limit ?? Number.POSITIVE_INFINITY];
  let ahead: Promise<LogPage> | undefined;
  try {
    while (left > 0) {
      const page: LogPage = await (ahead ?? turn(at, Math.min(pageSize, left)));
      [at, left, ahead] = [page.lookedTo, left - page.events.length, undefined];
      if (page.more && left > 0 && sql.engine === 'postgres') {
        ahead = turn(at, Math.min(pageSize, left));
        // A failure is told when its page is asked for.
        ahead.catch(() => undefined);
        // The server works on the next page while this one is worked on here: the statement must be on its way first.
        await turnOfTheLoop();
      }
      yield page.events;
      if (!page.more) return;
    }
  } finally {
    await ahead?.catch(() => undefined);
  }
}

async function* pagesDown(sql: SqlClient, log: Settled, options: ReadAllOptions): Pages {
  const { limit = Number.POSITIVE_INFINITY, signal } = options;
  const high = await reading(log.now(sql, signal));
  const lowest = (options.upTo ?? 1n) - 1n;
  let to = options.after !== undefined && options.after <= high ? options.after - 1n : high;
  for (let left = limit; left > 0; ) {
    const size = Math.min(pageSize, left);
    const page = await pageOfLog(sql, 'backwards', options, lowest, to, size);
    yield page;
    if (page.length < size) return;
    left -= page.length;
    to = (page.at(-1)?.position ?? 0n) - 1n;
  }
}

/** The position of the last event that is safe to read. */
export const lastPosition = async (sql: SqlClient, log: Settled): Promise<bigint | undefined> => {
  const high = await reading(log.now(sql));
  return log.last(high, async () => {
    const text = 'SELECT position FROM probono.events WHERE position <= $1 ORDER BY position DESC LIMIT 1';
    const [row] = await reading(sql.query<{ position: bigint }>(text, [high]));
    return row?.position;
  });
};
