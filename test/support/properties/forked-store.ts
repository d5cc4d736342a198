import type { StreamName } from '@probono/domain';
import { type EventStore, type EventToAppend, memoryEventStore, type StoredEvent } from '@probono/event-store';

/** A log as it stood at some moment: the events of a stream. */
export type Snapshot = (stream: string) => readonly StoredEvent[];

/** A log, to be seen as it stood after a position. */
export const snapshotsOf = (events: readonly StoredEvent[]): ((upTo?: bigint) => Snapshot) => {
  const streams = new Map<string, StoredEvent[]>();
  for (const event of events) {
    const own = streams.get(event.stream) ?? [];
    own.push(event);
    streams.set(event.stream, own);
  }
  return (upTo) => (stream) => {
    const own = streams.get(stream) ?? [];
    return upTo === undefined ? own : own.filter(({ position }) => position <= upTo);
  };
};

/** An event as it was appended, and where. */
export type Appended = EventToAppend & { readonly stream: string };

/** A log of its own that begins as another stood. */
export interface ForkedStore {
  readonly store: EventStore;
  /** What was appended to the fork: each event of it, in order. */
  appended(): readonly Appended[];
}

/** Lets a call of the store happen later: the place where others come between. */
export type Delay = (call: string) => Promise<unknown>;

/** Begins a log where `snapshot` ends. Streams are taken over when they are first asked for, so that a fork costs little. */
export const forkOf = (snapshot: Snapshot, delay: Delay = async () => {}): ForkedStore => {
  const inner = memoryEventStore({ now: () => new Date(0) });
  const taken = new Map<string, Promise<unknown>>();
  const appended: Appended[] = [];

  const take = (stream: string): Promise<unknown> => {
    const known = taken.get(stream);
    if (known !== undefined) return known;
    const before = snapshot(stream);
    // The name was a stream's in the snapshot.
    const taking = before.length === 0 ? Promise.resolve() : inner.append(stream as StreamName, 'none', before);
    taken.set(stream, taking);
    return taking;
  };

  const appendAll: EventStore['appendAll'] = async (appends, options = {}) => {
    await Promise.all([...appends, ...(options.checks ?? [])].map(({ stream }) => take(stream)));
    await delay('append');
    const result = await inner.appendAll(appends, options);
    if (result.outcome === 'appended')
      appended.push(...appends.flatMap(({ stream, events }) => events.map((event) => ({ ...event, stream }))));
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
