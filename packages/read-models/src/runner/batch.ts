import type { DecodedEvent, StoredEvent } from '@probono/event-store';
import type { SqlExecutor } from '@probono/sql';
import type { Projection } from '../projection.js';
import { nameOf, type RowName } from './cells.js';
import { loadMissing, loadRows, type RealName, writeChanges } from './row-storage.js';
import { type BatchRows, batchRows } from './rows.js';

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
  const rows = batchRows(projection.tables);
  await prefetch(tx, projection, realName, events, rows);
  return {
    async fold(parts) {
      for (;;) {
        const attempt = rows.forEvent();
        let thrown: { readonly error: unknown } | undefined;
        try {
          for (const event of parts) if (projection.types.includes(event.type)) projection.fold(event, attempt.rows);
        } catch (error) {
          thrown = { error };
        }
        const missing = attempt.missing();
        if (missing === undefined) {
          if (thrown !== undefined) throw thrown.error;
          return attempt.keep();
        }
        await loadMissing(tx, realName, missing, rows);
      }
    },
    async flush() {
      for (const table of projection.tables) await writeChanges(tx, realName, table, rows.changes(table));
    },
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
  const wanted = new Map<string, Set<RowName>>();
  for (const { read } of events) {
    if ('error' in read) continue;
    for (const { table, key } of read.events.flatMap((event) => keysOf(projection, event))) {
      wanted.set(table, (wanted.get(table) ?? new Set()).add(nameOf(key)));
    }
  }
  for (const table of projection.tables) {
    await loadRows(tx, realName, table, [...(wanted.get(table.name) ?? [])], rows);
  }
};

const keysOf = (projection: Projection, event: DecodedEvent) => {
  try {
    return projection.keys?.(event) ?? [];
  } catch {
    // What is wrong with the event shows when it is folded.
    return [];
  }
};
