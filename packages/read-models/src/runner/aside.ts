import type { StoredEvent } from '@probono/event-store';
import type { Projection } from '../projection.js';
import { beginFolding, type ReadEvent } from './batch.js';
import { causeOf, isOutage, isRefusedValue } from './failure.js';
import type { Parts } from './parts.js';
import { decodeEach, readPart } from './reading.js';
import type { RealName } from './row-storage.js';

/** A stretch of the log, of some buckets or of all. */
export interface Stretch {
  /** −1 before the first event. */
  readonly after: bigint;
  readonly upTo: bigint;
  readonly buckets?: readonly number[] | undefined;
}

/** Told of an event that cannot be folded; what it throws ends it all. */
export type OnUnfoldable = (stored: StoredEvent, cause: string) => void;

/** Where rows are built that nobody else sees or fills. */
export interface Aside {
  readonly realName: RealName;
  /** Streams whose events are passed over: one of theirs could not be folded. */
  readonly waiting: Set<string>;
  readonly onUnfoldable: OnUnfoldable;
}

/** Folds a stretch of the log into rows aside, batch by batch. */
export const fillAside = async (
  parts: Parts,
  projection: Projection,
  aside: Aside,
  { after: from, upTo, buckets }: Stretch,
  signal?: AbortSignal,
): Promise<void> => {
  const limit = parts.rebuildBatchSize;
  for (let after = from; after < upTo; ) {
    signal?.throwIfAborted();
    const stored = await readPart(parts.store, { after, upTo, types: projection.types, buckets, limit });
    await foldAside(parts, projection, aside, await decodeEach(parts.codec, projection, stored));
    after = stored.length < limit ? upTo : (stored.at(-1)?.position ?? upTo);
  }
};

const foldAside = async (
  parts: Parts,
  projection: Projection,
  aside: Aside,
  events: readonly ReadEvent[],
): Promise<void> => {
  const { realName, waiting, onUnfoldable } = aside;
  const pass = ({ stored }: ReadEvent, cause: string): void => {
    onUnfoldable(stored, cause);
    waiting.add(stored.stream);
  };
  const unfoldable: { readonly event: ReadEvent; readonly cause: string }[] = [];
  try {
    await parts.sql.transaction(async (tx) => {
      const folding = await beginFolding(tx, projection, realName, events);
      const passed = new Set(waiting);
      for (const event of events) {
        const { stored, read } = event;
        if (passed.has(stored.stream)) continue;
        try {
          if ('error' in read) throw read.error;
          await folding.fold(read.events);
        } catch (error) {
          // The database's own refusals have ended the transaction.
          if (isOutage(error) || ('events' in read && isRefusedValue(error))) throw error;
          unfoldable.push({ event, cause: causeOf(error, event) });
          passed.add(stored.stream);
        }
      }
      await folding.flush();
    });
  } catch (error) {
    const [only, ...others] = events;
    if (isOutage(error) || !isRefusedValue(error) || only === undefined) throw error;
    if (others.length === 0) return pass(only, causeOf(error, only));
    // The refused value is of one of them: halves find it.
    const half = Math.ceil(events.length / 2);
    await foldAside(parts, projection, aside, events.slice(0, half));
    return foldAside(parts, projection, aside, events.slice(half));
  }
  for (const { event, cause } of unfoldable) pass(event, cause);
};
