import { assertAppendable } from '../append-size.js';
import { Unavailable } from '../failure.js';
import type {
  EventStore,
  ReadAllOptions,
  StoredEvent,
  StreamAppend,
  SubscribeOptions,
  SubscriptionItem,
} from '../port.js';
import { createWake } from '../wake.js';
import { appendTo, revisionOf } from './append.js';
import { copyOf, createLog, passes } from './log.js';

/** What a memory store needs. */
export interface MemoryEventStoreOptions {
  /** The clock that `storedAt` is taken from. */
  readonly now: () => Date;
}

/**
 * An event store that lives and dies with the process: for tests, demonstrations and embedders. It has every
 * capability and passes the conformance suite.
 *
 * @example const store = memoryEventStore({ now: () => new Date() });
 */
export const memoryEventStore = ({ now }: MemoryEventStoreOptions): EventStore => {
  const log = createLog();
  const news = createWake();
  const closed = new AbortController();

  const assertOpen = (): void => {
    if (closed.signal.aborted) throw new Unavailable('the event store was closed; open it again');
  };

  const appendAll: EventStore['appendAll'] = async (appends, options = {}) => {
    assertOpen();
    assertAppendable(appends);
    const before = log.all.length;
    const result = appendTo(log, appends, options, now().toISOString());
    if (log.all.length > before) news.ring();
    return result;
  };

  async function* readIndexes(
    events: readonly StoredEvent[],
    indexes: Iterable<number>,
    keep: (event: StoredEvent) => boolean,
    { limit = Number.POSITIVE_INFINITY, signal }: Pick<ReadAllOptions, 'limit' | 'signal'>,
  ): AsyncGenerator<StoredEvent> {
    assertOpen();
    let given = 0;
    for (const index of indexes) {
      signal?.throwIfAborted();
      if (given >= limit) return;
      const event = events[index];
      if (event === undefined) return;
      if (!keep(event)) continue;
      given += 1;
      yield copyOf(event);
    }
    signal?.throwIfAborted();
  }

  async function* subscribe(options: SubscribeOptions): AsyncGenerator<SubscriptionItem> {
    assertOpen();
    const ended = AbortSignal.any([closed.signal, ...(options.signal ? [options.signal] : [])]);
    let index = Number(options.after ?? 0n);
    while (!ended.aborted) {
      const seen = news.rings();
      for (let event = log.all[index]; event !== undefined; event = log.all[index]) {
        index += 1;
        if (passes(event, options)) yield { kind: 'event', event: copyOf(event) };
        if (ended.aborted) return;
      }
      yield { kind: 'caught-up', position: index === 0 ? undefined : BigInt(index) };
      await news.after(seen, ended);
    }
  }

  return {
    capabilities: { checks: true, multiStream: true, buckets: true },
    append: (stream, expected, events, options) =>
      appendAll([{ stream, expected, events } satisfies StreamAppend], options),
    appendAll,
    readStream(stream, options = {}) {
      const events = log.streamOf(stream);
      const from = options.from === undefined ? undefined : Number(options.from);
      const indexes =
        options.direction === 'backwards'
          ? falling(Math.min(from ?? events.length, events.length - 1))
          : rising(from ?? 0);
      return readIndexes(events, indexes, () => true, options);
    },
    readAll(options = {}) {
      const { after, upTo, direction } = options;
      const keep = (event: StoredEvent) => passes(event, options);
      // Positions count from 1, indexes from 0.
      if (direction === 'backwards') {
        const start = after === undefined ? log.all.length : Math.min(Number(after) - 1, log.all.length);
        return readIndexes(log.all, falling(start - 1, Number(upTo ?? 1n) - 1), keep, options);
      }
      return readIndexes(
        log.all,
        rising(Number(after ?? 0n), upTo === undefined ? undefined : Number(upTo)),
        keep,
        options,
      );
    },
    subscribe: (options = {}) => subscribe(options),
    async lastPosition() {
      assertOpen();
      return log.all.at(-1)?.position;
    },
    async streamInfo(stream) {
      assertOpen();
      const revision = revisionOf(log, stream);
      return revision === 'none' ? undefined : { stream, revision };
    },
    async close() {
      closed.abort();
    },
  };
};

/** Without an end unless one is given: the log may grow while it is read. */
function* rising(from: number, end = Number.POSITIVE_INFINITY): Generator<number> {
  for (let index = from; index < end; index++) yield index;
}

function* falling(from: number, last = 0): Generator<number> {
  for (let index = from; index >= last; index--) yield index;
}
