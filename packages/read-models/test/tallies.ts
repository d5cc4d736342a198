import { idOf } from '@probono/domain';
import type { Codec, DecodedEvent, UnknownEvent } from '@probono/event-store';
import type { SqlExecutor } from '@probono/sql';
import type { FailurePolicy, Projection, Row } from '../src/index.js';

// A made-up domain, small enough to reckon by hand: things are counted, put on shelves, and removed.
export const counted = (amount: number) => ({ type: 'Counted', data: { amount } });
export const shelved = (shelf: string) => ({ type: 'Shelved', data: { shelf } });
export const removed = { type: 'Removed', data: {} };
/** Nobody wants it. */
export const ignored = { type: 'Ignored', data: {} };
/** The codec does not know it. */
export const foreign = { type: 'Foreign', data: {} };

export const types = ['Counted', 'Shelved', 'Removed', 'Foreign'];

/** A codec of plain JSON, without schemas. */
export const codec: Codec = {
  async encode(events) {
    return events.map((event) => {
      const { eventId, type, schemaVersion, recordedAt } = event;
      const body = Buffer.from(JSON.stringify({ ...event, revision: Number(event.revision) }));
      return { eventId, type, schemaVersion, recordedAt, body };
    });
  },
  async decode(stored) {
    return stored.map((event): DecodedEvent | UnknownEvent => {
      if (event.type === 'Foreign') return { unknown: true, stored: event, why: 'no such type' };
      const { position, revision, storedAt } = event;
      return { ...JSON.parse(Buffer.from(event.body).toString()), position, revision, storedAt };
    });
  },
};

type Known = DecodedEvent & { readonly data: { readonly amount: number; readonly shelf: string } };

/** Rows of one stream each: shared out by buckets. */
export const tallies = (changes: Partial<Projection> = {}): Projection => ({
  name: 'tallies',
  version: 1,
  types,
  partitioned: true,
  onFailure: 'park',
  tables: [
    {
      name: 'things',
      key: ['id'],
      columns: {
        id: 'text',
        total: 'integer',
        times: 'bigint',
        seen: 'jsonb',
        last_at: 'timestamptz',
        last_on: 'date',
      },
    },
  ],
  fold(event, rows) {
    // The test's own events: its codec knows no others.
    const { type, data } = event as Known;
    const id = idOf(event.stream);
    const row = rows.get('things', id);
    if (type === 'Removed') return rows.delete('things', id);
    if (type !== 'Counted') return;
    if (data.amount === 13) throw new RangeError(`13 is not counted, says "${JSON.stringify(data)}"`);
    rows.put('things', {
      id,
      total: Number(row?.total ?? 0) + data.amount,
      times: BigInt(String(row?.times ?? 0)) + 1n,
      seen: [...(Array.isArray(row?.seen) ? row.seen : []), { zz: data.amount, a: String(event.revision) }],
      last_at: event.recordedAt,
      last_on: event.effectiveOn,
    });
  },
  keys: ({ stream }) => [{ table: 'things', key: [idOf(stream)] }],
  ...changes,
});

/** Rows that many streams share, found by searching: one partition. Nothing is prefetched. */
export const shelves = (onFailure: FailurePolicy = 'stop'): Projection => ({
  name: 'shelves',
  version: 1,
  types,
  partitioned: false,
  onFailure,
  tables: [
    { name: 'places', key: ['id'], columns: { id: 'text', shelf: 'text' }, indexes: [['shelf']] },
    { name: 'fill', key: ['shelf', 'rank'], columns: { shelf: 'text', rank: 'integer', id: 'text' } },
  ],
  fold(event, rows) {
    const { type, data } = event as Known;
    const id = idOf(event.stream);
    if (type === 'Counted') {
      if (data.amount === 13) throw new RangeError('13');
      return;
    }
    const from = rows.get('places', id)?.shelf;
    if (type === 'Removed') rows.delete('places', id);
    else rows.put('places', { id, shelf: data.shelf });
    for (const shelf of new Set([from, type === 'Shelved' ? data.shelf : undefined])) {
      if (typeof shelf !== 'string') continue;
      for (const { rank } of rows.where('fill', 'shelf', shelf)) rows.delete('fill', shelf, Number(rank));
      rows.where('places', 'shelf', shelf).forEach((place, rank) => {
        rows.put('fill', { shelf, rank, id: place.id ?? null });
      });
    }
  },
});

/** All rows of a table, in the order of their keys. */
export const rowsOf = (sql: SqlExecutor, table: string, schema = 'probono_read'): Promise<readonly Row[]> =>
  sql.query<Row>(`SELECT * FROM ${schema}.${table} t ORDER BY t::text COLLATE "C"`);
