import type { DecodedEvent, StoredEvent } from '@probono/event-store';
import type { SqlExecutor } from '@probono/sql';
import type { Projection, Rows } from '../projection.js';
import { nameOf } from './cells.js';
import { loadMissing, type RealName, writeChanges } from './row-storage.js';
import { type BatchRows, batchRows, type Missing } from './rows.js';

/** An event as the log has it, and what the codec made of it: one event, or several that an older one held. */
export interface ReadEvent {
  readonly stored: StoredEvent;
  readonly read: { readonly events: readonly DecodedEvent[] } | { readonly error: unknown };
}

/** Folds events into rows, one after the other, and writes what they changed. */
export interface Folding {
  /** Folds what one stored event was read as. Throws what the fold throws; nothing has then been changed. */
  fold(events: readonly DecodedEvent[]): Promise<void>;
  flush(): Promise<void>;
}

/** Begins a batch: loads, in one go for each table, the rows that its events will surely ask for. */
export const beginFolding = async (
  tx: SqlExecutor,
  projection: Projection,
  realName: RealName,
  events: readonly ReadEvent[],
): Promise<Folding> => {
  let rows = batchRows(projection.tables);
  const types = new Set(projection.types);
  await prefetch(tx, projection, realName, events, rows);
  const foldInto = (parts: readonly DecodedEvent[], into: Rows): void => {
    for (const event of parts) if (types.has(event.type)) projection.fold(event, into);
  };
  let ahead = lookingAhead(events, rows, foldInto);
  const flush = async (): Promise<void> => {
    for (const table of projection.tables) await writeChanges(tx, realName, table, rows.changes(table));
  };
  return {
    async fold(parts) {
      for (;;) {
        const attempt = rows.forEvent();
        let thrown: { readonly error: unknown } | undefined;
        try {
          foldInto(parts, attempt.rows);
        } catch (error) {
          thrown = { error };
        }
        const missing = attempt.missing();
        if (missing.length === 0) {
          if (thrown !== undefined) throw thrown.error;
          attempt.keep();
          if (rows.held() < mostHeld) return;
          // A search may have found very many: they are written, forgotten, and loaded again if they are asked for.
          await flush();
          rows = batchRows(projection.tables);
          ahead = lookingAhead(events, rows, foldInto);
          return;
        }
        await loadMissing(tx, realName, [...missing, ...ahead(parts)], rows);
      }
    },
    flush,
  };
};

/** Rows in memory at once, about. */
const mostHeld = 20_000;

const farthest = 128;

/**
 * What the events from this one on will ask for too, told by folding them for nothing: to load it one by one would cost
 * a round trip each. No event is looked at twice; what it asks for only then is loaded for it alone.
 */
const lookingAhead = (
  events: readonly ReadEvent[],
  rows: BatchRows,
  foldInto: (parts: readonly DecodedEvent[], into: Rows) => void,
): ((from: readonly DecodedEvent[]) => readonly Missing[]) => {
  const parts = events.flatMap(({ read }) => ('error' in read ? [] : [read.events]));
  let [at, lookedTo] = [0, 0];
  return (from) => {
    while (at < parts.length && parts[at] !== from) at += 1;
    const begin = Math.max(at, lookedTo);
    lookedTo = Math.max(lookedTo, at + farthest);
    const found: Missing[] = [];
    for (const next of parts.slice(begin, lookedTo)) {
      const attempt = rows.forLookingAhead();
      try {
        foldInto(next, attempt.rows);
      } catch {
        // It may have been told what is not so; whether it truly fails shows when it is folded.
      }
      found.push(...attempt.missing());
    }
    return found;
  };
};

const prefetch = async (
  tx: SqlExecutor,
  projection: Projection,
  realName: RealName,
  events: readonly ReadEvent[],
  rows: BatchRows,
): Promise<void> => {
  if (projection.keys === undefined) return;
  const tables = new Map(projection.tables.map((table) => [table.name, table]));
  const wanted: Missing[] = [];
  for (const { read } of events) {
    if ('error' in read) continue;
    for (const event of read.events) {
      for (const key of keysOf(projection, event)) {
        const table = tables.get(key.table);
        if (table === undefined) continue;
        wanted.push('column' in key ? { ...key, table } : { table, row: nameOf(key.key) });
      }
    }
  }
  await loadMissing(tx, realName, wanted, rows);
};

const keysOf = (projection: Projection, event: DecodedEvent) => {
  try {
    return projection.keys?.(event) ?? [];
  } catch {
    // What is wrong with the event shows when it is folded.
    return [];
  }
};
