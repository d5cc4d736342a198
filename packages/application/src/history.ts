import {
  type Aggregate,
  type Catalogue,
  fold,
  type Read,
  type Recorded,
  type StreamName,
  streamName,
} from '@probono/domain';
import type { Codec, DecodedEvent, EventStore, ExpectedRevision } from '@probono/event-store';

/** A stream as a decision saw it. */
export interface Loaded {
  readonly stream: StreamName;
  readonly revision: ExpectedRevision;
  readonly state: unknown;
  /** Those of its events that the command now at hand has appended earlier. */
  readonly own: readonly DecodedEvent[];
  /** The ids of the commands that wrote its events. */
  readonly commandIds: ReadonlySet<string>;
}

/** An event in the log that this version of the code cannot read; deciding over it would be guessing. */
export class UnreadableEvent extends Error {
  override readonly name = 'UnreadableEvent';
}

const decodeBatch = 500;

/** Reads a stream in order, decoded, batch by batch. Throws {@link UnreadableEvent} on an event of an unknown type or version. */
export async function* readDecoded(
  store: EventStore,
  codec: Codec,
  stream: StreamName,
): AsyncGenerator<DecodedEvent, void, undefined> {
  let batch = [];
  for await (const stored of store.readStream(stream)) {
    batch.push(stored);
    if (batch.length < decodeBatch) continue;
    yield* readable(await codec.decode(batch));
    batch = [];
  }
  yield* readable(await codec.decode(batch));
}

function* readable(decoded: Awaited<ReturnType<Codec['decode']>>): Generator<DecodedEvent> {
  for (const event of decoded) {
    if ('unknown' in event) {
      const { stream, revision, type } = event.stored;
      throw new UnreadableEvent(`${type} at ${stream}/${revision} cannot be read: ${event.why}; update the software`);
    }
    yield event;
  }
}

/** Loads and folds the stream that a reading asks for. */
export const load = async (
  { store, codec }: { readonly store: EventStore; readonly codec: Codec },
  { aggregate, id }: Read,
  commandId?: string,
): Promise<Loaded> => {
  const stream = streamName(aggregate.category, id);
  const state = aggregate.initial();
  const own: DecodedEvent[] = [];
  const commandIds = new Set<string>();
  let revision: ExpectedRevision = 'none';
  for await (const event of readDecoded(store, codec, stream)) {
    aggregate.evolve(state, event);
    revision = event.revision;
    commandIds.add(event.commandId);
    if (event.commandId === commandId) own.push(event);
  }
  return { stream, revision, state, own, commandIds };
};

/** Up to when, on both axes of time, a state is wanted. */
export interface AsOf {
  /** ISO 8601 instant: only what was recorded by then. */
  readonly recordedAt?: string;
  /** Local date: only what is effective by then. */
  readonly effectiveOn?: string;
}

/** The state of a stream, as of both axes of time; undefined when nothing was recorded by then. */
export const stateOf = async (
  store: EventStore,
  codec: Codec,
  catalogue: Catalogue,
  stream: StreamName,
  { recordedAt, effectiveOn }: AsOf = {},
): Promise<unknown> => {
  const aggregate: Aggregate | undefined = catalogue.aggregates[stream.slice(0, stream.indexOf('-'))];
  if (aggregate === undefined) return undefined;
  const events: Recorded[] = [];
  for await (const event of readDecoded(store, codec, stream)) {
    if (recordedAt !== undefined && event.recordedAt > recordedAt) continue;
    if (effectiveOn !== undefined && event.effectiveOn > effectiveOn) continue;
    events.push(event);
  }
  return events.length === 0 ? undefined : fold(aggregate, events);
};
