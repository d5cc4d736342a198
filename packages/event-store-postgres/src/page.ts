import type { ReadAllOptions, StoredEvent } from '@probono/event-store';
import type { SqlExecutor } from '@probono/sql';
import { reading } from './sql-failure.js';

/** Events of one page: few enough to hold, enough to make a round trip worth it. */
export const pageSize = 500;

/** A row is the event it holds, but for what costs less as text: the store's time, and the body. */
type Row = Omit<StoredEvent, 'body'> & { readonly body: string };

const columns = `position, stream, revision, event_id AS "eventId", type, schema_version AS "schemaVersion",
  recorded_at AS "recordedAt", stored_at::text AS "storedAt", encode(body, 'escape') AS body`;

/** A page of one stream, from a revision on or, backwards, down from it. */
export const pageOfStream = (
  sql: SqlExecutor,
  stream: string,
  direction: 'forwards' | 'backwards',
  from: bigint | undefined,
  size: number,
): Promise<readonly StoredEvent[]> => {
  const forwards = direction === 'forwards';
  const text = `SELECT ${columns} FROM probono.events WHERE stream = $1
    AND ($2::bigint IS NULL OR revision ${forwards ? '>=' : '<='} $2)
    ORDER BY revision ${forwards ? 'ASC' : 'DESC'} LIMIT $3`;
  return page(sql, text, [stream, from, size]);
};

/** A page of the log: what lies above one position, up to another. */
export const pageOfLog = (
  sql: SqlExecutor,
  direction: 'forwards' | 'backwards',
  { categories, types, buckets }: ReadAllOptions,
  above: bigint,
  to: bigint,
  size: number,
): Promise<readonly StoredEvent[]> => {
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
  const text = `SELECT ${columns} FROM probono.events WHERE position > $1 AND position <= $2${conditions.join('')}
    ORDER BY position ${direction === 'forwards' ? 'ASC' : 'DESC'} LIMIT $3`;
  return page(sql, text, params);
};

const page = async (sql: SqlExecutor, text: string, params: readonly unknown[]): Promise<readonly StoredEvent[]> =>
  (await reading(sql.query<Row>(text, params))).map(eventOf);

const eventOf = (row: Row): StoredEvent => ({
  eventId: row.eventId,
  type: row.type,
  schemaVersion: row.schemaVersion,
  recordedAt: row.recordedAt,
  body: bytesOf(row.body),
  stream: row.stream,
  revision: row.revision,
  position: row.position,
  storedAt: instantOf(row.storedAt),
});

/** `2026-03-02 09:00:00.1234+00`, as a session in UTC writes it, in the form of the port: to the millisecond. */
const instantOf = (text: string): string =>
  `${text.slice(0, 10)}T${text.slice(11, 19)}.${text.slice(20, 23).replace(/\D.*/, '').padEnd(3, '0')}Z`;

const backslash = 0x5c;

/** Bytes in PostgreSQL's escape format: as they are, but `\\` for a backslash and `\ooo` for what is not ASCII. */
const bytesOf = (text: string): Uint8Array => {
  const bytes = Buffer.from(text, 'latin1');
  let end = bytes.indexOf(backslash);
  if (end < 0) return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // In place: what is read stands behind what is written.
  for (let at = end; at < bytes.length; end++) {
    const length = bytes[at] !== backslash ? 1 : bytes[at + 1] === backslash ? 2 : 4;
    bytes[end] = length === 4 ? octal(bytes, at + 1) : (bytes[at] ?? 0);
    at += length;
  }
  return new Uint8Array(bytes.buffer, bytes.byteOffset, end);
};

/** Three octal digits. */
const octal = (bytes: Uint8Array, at: number): number =>
  (((bytes[at] ?? 0) & 7) << 6) | (((bytes[at + 1] ?? 0) & 7) << 3) | ((bytes[at + 2] ?? 0) & 7);
