import { UnknownOutcome } from '../failure.js';
import type { Conflict, EventStore, StoredEvent, StreamAppend } from '../port.js';
import { batchesOf } from './batches.js';
import { compareLogs, type LogDifference } from './compare-logs.js';

/** How far a copy is: every step goes through the log once, and counts its events from the beginning. */
export interface CopyProgress {
  readonly step: 'compared' | 'copied' | 'verified';
  readonly events: number;
}

/** What {@link copyLog} listens to and tells. */
export interface CopyLogOptions {
  /** Told now and then; the copy waits for what it returns. */
  onProgress?(progress: CopyProgress): void | Promise<void>;
  /** An aborted copy throws the signal's reason; the same copy again goes on where this one stood. */
  readonly signal?: AbortSignal;
}

/**
 * Either the target now holds the source, verified event by event, or the first difference. `events` is how many are
 * the same in both logs, `copied` how many of them this call appended.
 */
export type CopyResult =
  | { readonly outcome: 'copied'; readonly events: number; readonly copied: number }
  | {
      readonly outcome: 'differs';
      readonly events: number;
      readonly copied: number;
      readonly difference: LogDifference;
    };

const tellEvery = 1000;

/**
 * Copies a log to another store, in the order of the log: streams, revisions, event ids, types, recorded times and
 * bodies stay as they are. Positions and `storedAt` are each store's own. The copy ends with what the source held when
 * it began.
 *
 * The target must be empty, or the beginning of the source: this is looked at first, and nothing is appended where it
 * is not so. That is also how an interrupted copy goes on. At the end what was appended is read again and compared.
 * Nobody else may write to the target meanwhile.
 *
 * @throws {Unavailable} when a store fails, or {@link UnknownOutcome} when it loses the same answer again and again; the
 *   same copy again goes on where this one stood.
 * @example const result = await copyLog(from, to, { onProgress: ({ step, events }) => console.log(step, events) });
 */
export const copyLog = async (
  from: EventStore,
  to: EventStore,
  { onProgress, signal }: CopyLogOptions = {},
): Promise<CopyResult> => {
  const upTo = await from.lastPosition();
  const heard = signal === undefined ? {} : { signal };
  const source = (after: bigint | undefined): AsyncIterable<StoredEvent> =>
    upTo === undefined ? nothing() : from.readAll({ ...behind(after), upTo, ...heard });
  const target = (after: bigint | undefined): AsyncIterable<StoredEvent> => to.readAll({ ...behind(after), ...heard });
  const telling = (step: CopyProgress['step']) => async (events: number) => {
    if (events % tellEvery === 0) await onProgress?.({ step, events });
  };

  const held = await compareLogs(source(undefined), target(undefined), { whole: false, onEvent: telling('compared') });
  if (held.difference !== undefined)
    return { outcome: 'differs', events: held.same, copied: 0, difference: held.difference };

  let copied = 0;
  for await (const batch of batchesOf(source(held.sourceAt), to.capabilities.multiStream)) {
    const result = await append(to, batch, signal);
    if (result.outcome === 'conflict') {
      const events = held.same + copied;
      return { outcome: 'differs', events, copied, difference: conflicting(events + 1, result) };
    }
    copied += batch.reduce((count, { events }) => count + events.length, 0);
    await onProgress?.({ step: 'copied', events: held.same + copied });
  }

  const { same, difference } = await compareLogs(source(held.sourceAt), target(held.targetAt), {
    whole: true,
    before: held.same,
    onEvent: telling('verified'),
  });
  return difference === undefined
    ? { outcome: 'copied', events: same, copied }
    : { outcome: 'differs', events: same, copied, difference };
};

const behind = (after: bigint | undefined) => (after === undefined ? {} : { after });

async function* nothing(): AsyncGenerator<StoredEvent> {}

/** An answer that is lost this often in a row has a reason that somebody should look for. */
const tries = 3;

/** Appends the same again where nobody knows whether it was done: it is then done once. */
const append = async (to: EventStore, batch: readonly StreamAppend[], signal?: AbortSignal) => {
  const [only, ...others] = batch;
  for (let left = tries; ; ) {
    signal?.throwIfAborted();
    try {
      return only !== undefined && others.length === 0
        ? await to.append(only.stream, only.expected, only.events)
        : await to.appendAll(batch);
    } catch (error) {
      left -= 1;
      if (!(error instanceof UnknownOutcome) || left === 0) throw error;
    }
  }
};

const conflicting = (at: number, { stream, expected, actual }: Conflict): LogDifference => ({
  kind: 'foreign',
  at,
  message: `${stream} goes on behind revision ${expected} in the source, and is at ${actual} in the target: something else writes there, or the source has lost events`,
});
