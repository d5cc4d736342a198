import { setMaxListeners } from 'node:events';
import { type EventStore, Unavailable } from '@probono/event-store';
import { appendTo } from './append.js';
import { connect } from './connection.js';
import { lastOf, type Reader, readAll, readStream } from './read.js';
import { type BackOff, doublingBackOff, type EventStoreDbLogger, subscribe } from './subscribe.js';

/** How a store on EventStoreDB waits and reports. */
export interface EventStoreDbOptions {
  /** How long the server may take to answer, in milliseconds; by default 10 000. */
  readonly timeoutMs?: number;
  /** When a subscription that ended is resumed; by default after 250 ms, then twice as long each time, up to 30 s. */
  readonly backOff?: BackOff;
  /** Told of every subscription that ended and is resumed. */
  readonly logger?: EventStoreDbLogger;
}

/**
 * The event store on EventStoreDB and KurrentDB, 23.10 or later. It has no `checks`, no `multiStream` and no `buckets`.
 *
 * All stores of a process on the same address share one connection, opened by the first call. Positions are commit
 * positions. Wrong credentials, a wrong certificate and a server that is away show at the first call.
 *
 * @param url `esdb://user:password@host:2113?tls=true`, `esdb+discover://…` for a cluster, or the same with
 *   `kurrentdb` for `esdb`; user and password percent-encoded
 * @throws {TypeError} when the url cannot be used; the message never holds the password.
 * @example
 * const store = eventStoreDb('esdb://127.0.0.1:2113?tls=false');
 */
export const eventStoreDb = (url: string, options: EventStoreDbOptions = {}): EventStore => {
  const { timeoutMs = 10_000, backOff = doublingBackOff, logger } = options;
  const connection = connect(url);
  const closed = new AbortController();
  // Every read that waits listens to it.
  setMaxListeners(0, closed.signal);

  const reader: Reader = { connection, timeoutMs, closed: closed.signal };

  const open = (): Reader => {
    closed.signal.throwIfAborted();
    return reader;
  };

  const append: EventStore['append'] = async (stream, expected, events, { checks = [] } = {}) => {
    if (checks.length > 0) throw unable('check other streams as it appends');
    return appendTo(open(), stream, expected, events);
  };

  return {
    capabilities: { checks: false, multiStream: false, buckets: false },
    append,
    async appendAll(appends, appendOptions) {
      const [only, ...others] = appends;
      if (only === undefined) return { outcome: 'appended', revision: -1n, position: 0n };
      if (others.length > 0) throw unable('append to several streams at once');
      return append(only.stream, only.expected, only.events, appendOptions);
    },
    readStream: (stream, readOptions = {}) => readStream(open(), stream, readOptions),
    readAll(readOptions = {}) {
      if (readOptions.buckets !== undefined) throw unable('read by bucket');
      return readAll(open(), readOptions);
    },
    subscribe: (subscribeOptions = {}) => subscribe(open(), subscribeOptions, { backOff, logger }),
    async lastPosition() {
      for await (const { position } of readAll(open(), { direction: 'backwards', limit: 1 })) return position;
      return undefined;
    },
    async streamInfo(stream) {
      const last = await lastOf(open(), stream);
      return last && { stream, revision: last.revision };
    },
    async close() {
      closed.abort(closedFailure());
      await connection.release();
    },
  };
};

const closedFailure = (): Unavailable => new Unavailable('the event store was closed; open it again');

const unable = (what: string): TypeError =>
  new TypeError(`EventStoreDB cannot ${what}: look at the store's capabilities first`);
