import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type Category, type StreamName, streamName } from '@probono/domain';
import type {
  Appended,
  Capabilities,
  Conflict,
  EventStore,
  EventToAppend,
  ReadAllOptions,
  StoredEvent,
} from '../port.js';

/** One thing that every adapter must do, to be run by whatever test runner the adapter has. */
export interface ConformanceCase {
  /** A sentence about the store, without its subject: "gives revisions without gaps". */
  readonly name: string;
  /** Capabilities that the case is about; it does not concern a store that lacks one. */
  readonly needs?: readonly (keyof Capabilities)[];
  /**
   * Throws an `AssertionError` when the store does not conform.
   *
   * @param open opens a store; all that it opens within one case are on the same log, which may hold other events
   */
  run(open: () => Promise<EventStore>): Promise<void>;
}

/** A store, and streams that nobody else writes to. */
export interface Arena {
  readonly store: EventStore;
  readonly another: () => Promise<EventStore>;
  /** Where the log ended when the case began. */
  readonly start: bigint | undefined;
  stream(category?: Category): StreamName;
  /** What `readAll` gives of the arena's own streams since its start. */
  seen(options?: ReadAllOptions): Promise<readonly StoredEvent[]>;
}

/** A case that gets a store of its own, closed when it is over. */
export const conformanceCase = (
  name: string,
  play: (arena: Arena) => Promise<void>,
  needs: readonly (keyof Capabilities)[] = [],
): ConformanceCase => ({
  name,
  needs,
  async run(open) {
    const opened: EventStore[] = [];
    const another = async () => {
      const store = await open();
      opened.push(store);
      return store;
    };
    try {
      const store = await another();
      const start = await store.lastPosition();
      const own = new Set<string>();
      await play({
        store,
        another,
        start,
        stream(category = 'mission') {
          const stream = streamName(category, randomUUID());
          own.add(stream);
          return stream;
        },
        async seen(options = {}) {
          const since = start === undefined || options.direction === 'backwards' ? {} : { after: start };
          const until = start !== undefined && options.direction === 'backwards' ? { upTo: start + 1n } : {};
          const events = await collect(store.readAll({ ...since, ...until, ...options }));
          return events.filter(({ stream }) => own.has(stream));
        },
      });
    } finally {
      for (const store of opened) await store.close();
    }
  },
});

/** Events with ids of their own. */
export const someEvents = (count: number, type = 'Counted'): readonly EventToAppend[] =>
  Array.from({ length: count }, (_, index) => eventWith(Buffer.from(JSON.stringify({ index, text: 'été' })), type));

/** An event with this body. */
export const eventWith = (body: Uint8Array, type = 'Counted'): EventToAppend => ({
  eventId: randomUUID(),
  type,
  schemaVersion: 1,
  recordedAt: '2026-03-02T09:00:00.000Z',
  body,
});

/** Everything an iteration gives. */
export const collect = async <T>(items: AsyncIterable<T>): Promise<readonly T[]> => {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
};

/** The ids of events, in order. */
export const idsOf = (events: readonly { readonly eventId: string }[]): readonly string[] =>
  events.map(({ eventId }) => eventId);

/** Asserts that an append was done. */
export const appended = (result: Appended | Conflict): Appended => {
  assert.equal(result.outcome, 'appended', `refused: ${result.outcome === 'conflict' ? told(result) : ''}`);
  return result as Appended; // asserted above
};

const told = ({ stream, expected, actual }: Conflict): string => `${stream} is at ${actual}, not at ${expected}`;

/** Fails instead of hanging. */
export const within = async <T>(what: string, promise: Promise<T>, milliseconds = 20_000): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new assert.AssertionError({ message: `${what} took too long` })), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
};
