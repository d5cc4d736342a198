import type { Basis, Recorded } from '@probono/domain';
import type { Appended, Check, Codec, Conflict, EventStore, StreamAppend } from '@probono/event-store';
import { UnknownOutcome } from '@probono/event-store';
import type { Batch } from './envelope.js';
import { appendTraced } from './tracing.js';

/** What was appended. */
export interface AppendedEvents {
  readonly outcome: 'appended';
  /** Position of the last event. */
  readonly position: bigint;
  readonly events: readonly Recorded[];
}

const resends = 3;
const askedAtOnce = 50;

/** The first of the streams read that is no longer at the revision that was read. */
const movedOn = async (store: EventStore, reads: readonly Check[]): Promise<Conflict | undefined> => {
  for (let next = 0; next < reads.length; next += askedAtOnce) {
    const asked = reads.slice(next, next + askedAtOnce).map(async ({ stream, revision }) => {
      const actual = (await store.streamInfo(stream))?.revision ?? 'none';
      return { outcome: 'conflict', stream, expected: revision, actual } as const;
    });
    const moved = (await Promise.all(asked)).find(({ expected, actual }) => expected !== actual);
    if (moved !== undefined) return moved;
  }
  return undefined;
};

/** Sends an append again, byte for byte, while its answer is lost: the store tells the same append from another. */
const persist = async (send: () => Promise<Appended | Conflict>): Promise<Appended | Conflict> => {
  for (let sent = 1; ; sent++) {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof UnknownOutcome) || sent >= resends) throw error;
    }
  }
};

/**
 * Appends the batches of one decision: in one transaction, checked against all that the decision read. A store that
 * cannot check is asked just before whether something moved on; what moves between that and the append, the basis of
 * the events tells.
 */
export const append = async (
  { store, codec }: { readonly store: EventStore; readonly codec: Codec },
  batches: readonly Batch[],
  basis: readonly Basis[],
): Promise<AppendedEvents | Conflict> => {
  const appends: StreamAppend[] = [];
  for (const { stream, expected, events } of batches)
    appends.push({ stream, expected, events: await codec.encode(events) });
  const [only, ...others] = appends;
  if (only === undefined) throw new Error('a decision without events has nothing to append');
  const written = new Set<string>(batches.map(({ stream }) => stream));
  // Figures of read models are evidence only: nothing can be checked of them at append.
  const read = basis.filter((one) => 'stream' in one && !written.has(one.stream));
  // Basis names come from streamName, so they are stream names.
  const checks = read as readonly Check[];
  const options = store.capabilities.checks ? { checks } : {};
  const moved = store.capabilities.checks ? undefined : await movedOn(store, checks);
  if (moved !== undefined) return moved;
  const streams = appends.map(({ stream }) => stream);
  const events = appends.reduce((sum, one) => sum + one.events.length, 0);
  const result = await appendTraced(streams, events, () =>
    persist(() =>
      others.length === 0
        ? store.append(only.stream, only.expected, only.events, options)
        : store.appendAll(appends, options),
    ),
  );
  if (result.outcome === 'conflict') return result;
  return { outcome: 'appended', position: result.position, events: batches.flatMap((batch) => batch.events) };
};
