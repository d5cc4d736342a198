import type { StoredEvent } from '@probono/event-store';
import type { SqlExecutor } from '@probono/sql';
import type { Held, Unit } from './books.js';

/** An event that waits: the one that failed (with its cause), or one behind it in the same stream. */
export interface Parked {
  readonly stored: StoredEvent;
  readonly cause: string | null;
}

/** The streams of these events of which an event waits; asked only where the locks that are held tell of any. */
export const parkedStreams = async (
  tx: SqlExecutor,
  { projection, generation }: Unit,
  { parks }: Held,
  events: readonly StoredEvent[],
): Promise<Set<string>> => {
  if (!parks) return new Set();
  const rows = await tx.query<{ stream: string }>(
    `SELECT DISTINCT stream FROM probono_read.parked
      WHERE projection = $1 AND generation = $2 AND stream = ANY($3::text[])`,
    [projection, generation, [...new Set(events.map(({ stream }) => stream))]],
  );
  return new Set(rows.map(({ stream }) => stream));
};

/** Parks events, in the transaction that moves the checkpoint past them. */
export const park = async (tx: SqlExecutor, unit: Unit, parked: readonly Parked[], at: Date): Promise<void> => {
  if (parked.length === 0) return;
  await tx.query(
    `INSERT INTO probono_read.parked
        (projection, generation, partition, position, stream, revision, event_id, type, cause, parked_at)
      SELECT $1, $2, $3, u.*, $10 FROM unnest($4::bigint[], $5::text[], $6::bigint[], $7::text[], $8::text[], $9::text[]) u`,
    [
      unit.projection,
      unit.generation,
      unit.partition,
      parked.map(({ stored }) => stored.position),
      parked.map(({ stored }) => stored.stream),
      parked.map(({ stored }) => stored.revision),
      parked.map(({ stored }) => stored.eventId),
      parked.map(({ stored }) => stored.type),
      parked.map(({ cause }) => cause),
      at,
    ],
  );
};
