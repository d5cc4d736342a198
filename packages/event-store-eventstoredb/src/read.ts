import {
  type AllStreamResolvedEvent,
  BACKWARDS,
  type ReadAllOptions as ClientReadAllOptions,
  type ReadStreamOptions as ClientReadStreamOptions,
  END,
  FORWARDS,
  type ResolvedEvent,
  START,
  type StreamingRead,
  StreamNotFoundError,
} from '@eventstore/db-client';
import type { StreamName } from '@probono/domain';
import type { ReadAllOptions, ReadStreamOptions, StoredEvent } from '@probono/event-store';
import type { Connection } from './connection.js';
import { isWanted, positionOf, toStored } from './event.js';
import { readFailure, Unreadable } from './failure.js';
import { pull } from './pull.js';

/** Whom to ask, how long to wait for an answer, and what ends a read beside its own signal. */
export interface Reader {
  readonly connection: Connection;
  readonly timeoutMs: number;
  /** Aborted when the store is closed. */
  readonly closed: AbortSignal;
}

/** Everything that a read of the client gives; leaves no call open, however it ends. */
async function* everything<E>(
  open: () => StreamingRead<E>,
  { closed, timeoutMs }: Reader,
  signal: AbortSignal | undefined,
): AsyncGenerator<E> {
  const signals = signal === undefined ? [closed] : [signal, closed];
  for (const each of signals) each.throwIfAborted();
  const stream = open();
  const events = pull<E>(stream, () => stream.cancel());
  try {
    for (;;) {
      for (const each of signals) each.throwIfAborted();
      const event = events.take();
      if (event !== undefined) yield event;
      else if (events.ended) return;
      else await events.more(signals, timeoutMs);
    }
  } finally {
    events.close();
  }
}

/** Reads one stream, and makes sure that none of it has gone. */
export async function* readStream(
  reader: Reader,
  stream: StreamName,
  { from, direction = 'forwards', limit, signal }: ReadStreamOptions,
): AsyncGenerator<StoredEvent> {
  const { client } = reader.connection;
  if (limit !== undefined && limit <= 0) return signal?.throwIfAborted();
  const forwards = direction === 'forwards';
  const options: ClientReadStreamOptions = {
    direction: forwards ? FORWARDS : BACKWARDS,
    fromRevision: from ?? (forwards ? START : END),
    ...(limit !== undefined && Number.isFinite(limit) && { maxCount: limit }),
  };
  let next = forwards ? (from ?? 0n) : undefined;
  let left = limit ?? Number.POSITIVE_INFINITY;
  try {
    const read = () => client.readStream(stream, options);
    for await (const { event } of everything<ResolvedEvent>(read, reader, signal)) {
      if (event === undefined) continue;
      if (next !== undefined && event.revision !== next) throw gone(stream, next);
      next = event.revision + (forwards ? 1n : -1n);
      left -= 1;
      yield toStored(event);
    }
  } catch (error) {
    if (signal?.aborted && error === signal.reason) throw error;
    if (!(error instanceof StreamNotFoundError)) throw readFailure(error, stream, reader.connection);
  }
  if (!forwards && left > 0 && next !== undefined && next >= 0n) throw gone(stream, next);
}

const gone = (stream: string, revision: bigint): Unreadable =>
  new Unreadable(
    `${stream} has no event ${revision} any more: its metadata ($maxCount, $maxAge or $tb) hides events, or a scavenge removed them`,
  );

/** The last event of a stream. */
export const lastOf = async (reader: Reader, stream: StreamName): Promise<StoredEvent | undefined> => {
  for await (const event of readStream(reader, stream, { direction: 'backwards', limit: 1 })) return event;
  return undefined;
};

/** Where an event of a stream stands among all. */
export const positionAt = async (reader: Reader, stream: StreamName, revision: bigint): Promise<bigint> => {
  for await (const { position } of readStream(reader, stream, { from: revision, limit: 1 })) return position;
  throw gone(stream, revision);
};

/** Few events are asked for at first: those that are wanted are mostly among them. */
const smallPage = 64;

/** Reads the whole log; the filters are applied here, since reads of 6.2.1 know none. */
export async function* readAll(reader: Reader, options: ReadAllOptions): AsyncGenerator<StoredEvent> {
  const { client } = reader.connection;
  const { after, upTo, direction = 'forwards', limit = Number.POSITIVE_INFINITY, signal } = options;
  const forwards = direction === 'forwards';
  const maxCount = limit < smallPage ? smallPage : undefined;
  let last = after === 0n && forwards ? undefined : after;
  let left = limit;
  try {
    while (left > 0) {
      const page: ClientReadAllOptions = {
        direction: forwards ? FORWARDS : BACKWARDS,
        fromPosition: last === undefined ? (forwards ? START : END) : { commit: last, prepare: last },
        ...(maxCount !== undefined && { maxCount }),
      };
      let seen = 0;
      const read = () => client.readAll(page);
      for await (const { event } of everything<AllStreamResolvedEvent>(read, reader, signal)) {
        seen += 1;
        if (event === undefined) continue;
        const position = positionOf(event);
        // Forwards, the server begins with the very event at the position.
        if (last !== undefined && (forwards ? position <= last : position >= last)) continue;
        if (upTo !== undefined && (forwards ? position > upTo : position < upTo)) return;
        last = position;
        if (!isWanted(event, options)) continue;
        yield toStored(event);
        left -= 1;
        if (left <= 0) break;
      }
      if (maxCount === undefined || seen < maxCount) break;
    }
    signal?.throwIfAborted();
  } catch (error) {
    if (signal?.aborted && error === signal.reason) throw error;
    throw readFailure(error, 'the log', reader.connection);
  }
}
