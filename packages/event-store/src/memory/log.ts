import { categoryOf } from '@probono/domain';
import { bucketOf } from '../bucket.js';
import type { EventToAppend, ReadAllOptions, StoredEvent } from '../port.js';

/** The events of a memory store, in the order of their positions, which count from 1 without gaps. */
export interface Log {
  readonly all: readonly StoredEvent[];
  streamOf(stream: string): readonly StoredEvent[];
  knows(eventId: string): boolean;
  write(stream: string, event: EventToAppend, storedAt: string): StoredEvent;
}

/** An empty log. */
export const createLog = (): Log => {
  const all: StoredEvent[] = [];
  const streams = new Map<string, StoredEvent[]>();
  const ids = new Set<string>();
  return {
    all,
    streamOf: (stream) => streams.get(stream) ?? [],
    knows: (eventId) => ids.has(eventId),
    write(stream, event, storedAt) {
      const own = streams.get(stream) ?? [];
      const { eventId, type, schemaVersion, recordedAt } = event;
      const place = { stream, revision: BigInt(own.length), position: BigInt(all.length + 1), storedAt };
      // The caller keeps its bytes; the log has its own (a Buffer's own slice would share them).
      const stored = { eventId, type, schemaVersion, recordedAt, body: new Uint8Array(event.body), ...place };
      all.push(stored);
      own.push(stored);
      streams.set(stream, own);
      ids.add(eventId);
      return stored;
    },
  };
};

/** Whether an event passes the filters of a read. */
export const passes = (
  event: StoredEvent,
  { categories, types, buckets }: Pick<ReadAllOptions, 'categories' | 'types' | 'buckets'>,
): boolean =>
  (categories === undefined || categories.includes(categoryOf(event.stream))) &&
  (types === undefined || types.includes(event.type)) &&
  (buckets === undefined || buckets.includes(bucketOf(event.stream)));

/** An event of its own for each reader, so that none can change another's bytes. */
export const copyOf = (event: StoredEvent): StoredEvent => ({ ...event, body: new Uint8Array(event.body) });
