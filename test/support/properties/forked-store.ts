import type { StreamName } from '@probono/domain';
import { type EventStore, memoryEventStore, type StoredEvent } from '@probono/event-store';

/** A log as it stood at some moment, by stream. */
export type Snapshot = ReadonlyMap<string, readonly StoredEvent[]>;

/** The events up to a position, by stream. */
export const snapshotOf = (events: readonly StoredEvent[], upTo?: bigint): Snapshot => {
  const streams = new Map<string, StoredEvent[]>();
  for (const event of events) {
    if (upTo !== undefined && event.position > upTo) continue;
    const own = streams.get(event.stream) ?? [];
    own.push(event);
    streams.set(event.stream, own);
  }
  return streams;
};

/** A log of its own that begins as another stood. */
export interface ForkedStore {
  readonly store: EventStore;
  /** What was appended to the fork: each event of it, in order. */
  appended(): readonly string[];
}

/** Lets a call of the store happen later: the place where others come between. */
export type Delay = (call: string) => Promise<unknown>;

/** Begins a log where `snapshot` ends. Streams are taken over when they are first asked for, so that a fork costs little. */
export const forkOf = (snapshot: Snapshot, delay: Delay = async () => {}): ForkedStore => {
  const inner = memoryEventStore({ now: () => new Date(0) });
  const taken = new Map<string, Promise<unknown>>();
  const appended: string[] = [];

  const take = (stream: string): Promise<unknown> => {
    const before = snapshot.get(stream);
    const known = taken.get(stream);
    if (known !== undefined || before === undefined) return known ?? Promise.resolve();
    // The name was a stream's in the snapshot.
    const taking = inner.append(stream as StreamName, 'none', before);
    taken.set(stream, taking);
    return taking;
  };

  const appendAll: EventStore['appendAll'] = async (appends, options = {}) => {
    await Promise.all([...appends, ...(options.checks ?? [])].map(({ stream }) => take(stream)));
    await delay('append');
    const result = await inner.appendAll(appends, options);
    if (result.outcome === 'appended')
      appended.push(...appends.flatMap(({ events }) => events.map(({ eventId }) => eventId)));
    await delay('append answered');
    return result;
  };

  const store: EventStore = {
    ...inner,
    appendAll,
    append: (stream, expected, events, options) => appendAll([{ stream, expected, events }], options),
    async *readStream(stream, options) {
      await take(stream);
      await delay('read');
      yield* inner.readStream(stream, options);
    },
  };
  return { store, appended: () => appended };
};
