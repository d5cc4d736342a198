import type { ReadAllOptions, ReadStreamOptions, StoredEvent } from '@probono/event-store';
import type { SqlExecutor } from '@probono/sql';
import type { Settled } from './settled.js';
import { reading } from './sql-failure.js';

interface EventRow {
  readonly position: bigint;
  readonly stream: string;
  readonly revision: bigint;
  readonly event_id: string;
  readonly type: string;
  readonly schema_version: number;
  readonly recorded_at: string;
  readonly stored_at: Date;
  readonly body: Uint8Array;
}

const columns = 'position, stream, revision, event_id, type, schema_version, recorded_at, stored_at, body';

const toEvent = (row: EventRow): StoredEvent => ({
  eventId: row.event_id,
  type: row.type,
  schemaVersion: row.schema_version,
  recordedAt: row.recorded_at,
  body: row.body,
  stream: row.stream,
  revision: row.revision,
  position: row.position,
  storedAt: row.stored_at.toISOString(),
});

/** Events of one page: few enough to hold, enough to make a round trip worth it. */
export const pageSize = 500;

/** Reads one stream, page by page; nothing is open between pages. */
export async function* readStream(
  sql: SqlExecutor,
  stream: string,
  { from, direction = 'forwards', limit = Number.POSITIVE_INFINITY, signal }: ReadStreamOptions,
): AsyncGenerator<StoredEvent> {
  const forwards = direction === 'forwards';
  const text = `SELECT ${columns} FROM probono.events WHERE stream = $1
    AND ($2::bigint IS NULL OR revision ${forwards ? '>=' : '<='} $2)
    ORDER BY revision ${forwards ? 'ASC' : 'DESC'} LIMIT $3`;
  let next = from;
  for (let left = limit; left > 0; ) {
    signal?.throwIfAborted();
    const size = Math.min(pageSize, left);
    const rows = await reading(sql.query<EventRow>(text, [stream, next, size]));
    yield* given(rows, signal);
    if (rows.length < size) return;
    left -= rows.length;
    next = (rows.at(-1)?.revision ?? 0n) + (forwards ? 1n : -1n);
  }
}

/** One page of the log, forwards: its events, and the position up to which it has looked. */
export const readPage = async (
  sql: SqlExecutor,
  log: Settled,
  options: ReadAllOptions,
  size: number,
): Promise<{ readonly events: readonly StoredEvent[]; readonly full: boolean; readonly lookedTo: bigint }> => {
  const { upTo } = options;
  const high = upTo !== undefined && log.covers(upTo) ? upTo : await reading(log.now(sql, options.signal));
  const to = upTo !== undefined && upTo < high ? upTo : high;
  if (to <= (options.after ?? 0n)) return { events: [], full: false, lookedTo: to };
  const rows = await pageOf(sql, 'forwards', options, options.after ?? 0n, to, size);
  const full = rows.length === size;
  return { events: rows.map(toEvent), full, lookedTo: (full ? rows.at(-1)?.position : to) ?? to };
};

/** Reads the whole log, page by page, each under a high water of its own: it sees the log grow. */
export async function* readAll(sql: SqlExecutor, log: Settled, options: ReadAllOptions): AsyncGenerator<StoredEvent> {
  const { limit = Number.POSITIVE_INFINITY, signal } = options;
  if (options.direction === 'backwards') return yield* readAllBackwards(sql, log, options);
  let after = options.after;
  for (let left = limit; left > 0; ) {
    signal?.throwIfAborted();
    const page = await readPage(
      sql,
      log,
      after === undefined ? options : { ...options, after },
      Math.min(pageSize, left),
    );
    for (const event of page.events) {
      signal?.throwIfAborted();
      yield event;
    }
    signal?.throwIfAborted();
    if (!page.full) return;
    left -= page.events.length;
    after = page.lookedTo;
  }
}

async function* readAllBackwards(sql: SqlExecutor, log: Settled, options: ReadAllOptions): AsyncGenerator<StoredEvent> {
  const { limit = Number.POSITIVE_INFINITY, signal } = options;
  const high = await reading(log.now(sql, signal));
  const lowest = (options.upTo ?? 1n) - 1n;
  let to = options.after !== undefined && options.after <= high ? options.after - 1n : high;
  for (let left = limit; left > 0; ) {
    signal?.throwIfAborted();
    const size = Math.min(pageSize, left);
    const rows = await pageOf(sql, 'backwards', options, lowest, to, size);
    yield* given(rows, signal);
    if (rows.length < size) return;
    left -= rows.length;
    to = (rows.at(-1)?.position ?? 0n) - 1n;
  }
}

/** The position of the last event that is safe to read. */
export const lastPosition = async (sql: SqlExecutor, log: Settled): Promise<bigint | undefined> => {
  const high = await reading(log.now(sql));
  return log.last(high, async () => {
    const text = 'SELECT position FROM probono.events WHERE position <= $1 ORDER BY position DESC LIMIT 1';
    const [row] = await reading(sql.query<{ position: bigint }>(text, [high]));
    return row?.position;
  });
};

const pageOf = (
  sql: SqlExecutor,
  direction: 'forwards' | 'backwards',
  { categories, types, buckets }: ReadAllOptions,
  above: bigint,
  to: bigint,
  size: number,
): Promise<readonly EventRow[]> => {
  const params: unknown[] = [above, to, size];
  const filters = [
    ['category', 'text', categories],
    ['type', 'text', types],
    ['bucket', 'smallint', buckets],
  ] as const;
  // Only what is asked for stands in the statement: a filter that may be null hides the index from the planner.
  const conditions = filters.map(([column, type, wanted]) =>
    wanted === undefined ? '' : ` AND ${column} = ANY ($${params.push(wanted)}::${type}[])`,
  );
  return reading(
    sql.query<EventRow>(
      `SELECT ${columns} FROM probono.events WHERE position > $1 AND position <= $2${conditions.join('')}
       ORDER BY position ${direction === 'forwards' ? 'ASC' : 'DESC'} LIMIT $3`,
      params,
    ),
  );
};

function* given(rows: readonly EventRow[], signal: AbortSignal | undefined): Generator<StoredEvent> {
  for (const row of rows) {
    signal?.throwIfAborted();
    yield toEvent(row);
  }
  signal?.throwIfAborted();
}
