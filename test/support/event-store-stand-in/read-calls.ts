import { cancelled, invalidPosition, streamDeleted } from './failure.js';
import { filterOf } from './filter.js';
import type { LogRecord } from './log.js';
import { eventMessage, notFoundMessage, streamNameIn } from './messages.js';
import { createOutlet, type Outlet } from './outlet.js';
import { type Streams, type StreamsServer, streams } from './protocol.js';
import { failureAsOrdered, type State } from './state.js';
import { isTombstoned, visibleIn } from './stream-metadata.js';
import { subscribe } from './subscription.js';

const unlimited = Number.POSITIVE_INFINITY;

/** Reads and subscriptions, of a stream or of the whole log. */
export const readCall =
  (state: State): StreamsServer['read'] =>
  (call) => {
    const options = call.request.getOptions() ?? new streams.ReadReq.Options();
    const stream = options.hasStream() ? streamNameIn(options.getStream()?.getStreamIdentifier()) : '$all';
    const isSubscription = options.hasSubscription();
    state.calls.push(isSubscription ? 'Subscribe' : 'Read');
    const order = state.orders.take(isSubscription ? 'subscribe' : 'read');
    const failure = state.admit(call, '$r', stream) ?? (order && failureAsOrdered(order, stream));
    if (failure !== undefined) {
      call.emit('error', failure);
      return;
    }
    if (order === 'cut') return state.cut();
    if (order === 'stall') return;
    const outlet = createOutlet(call, order, () => state.cut());
    const end = () => outlet.fail(cancelled());
    state.streaming.add(end);
    outlet.ended.addEventListener('abort', () => state.streaming.delete(end));
    const work = isSubscription ? subscribe(state, options, stream, outlet) : read(state, options, stream, outlet);
    work.then(
      () => outlet.end(),
      (error: unknown) => outlet.fail(error),
    );
  };

const read = async (state: State, options: Streams.ReadReq.Options, stream: string, outlet: Outlet): Promise<void> => {
  const records = stream === '$all' ? inAll(state, options) : inStream(state, options, stream);
  if (records === 'deleted') return outlet.fail(streamDeleted(stream));
  if (records === 'invalid') return outlet.fail(invalidPosition());
  if (records === 'not-found') {
    await outlet.send(notFoundMessage(stream));
    return;
  }
  let left = options.hasCount() ? Number(options.getCount()) : unlimited;
  for (const record of records) {
    if (left-- <= 0 || outlet.ended.aborted) return;
    await outlet.send(eventMessage(state.log, record, options.getResolveLinks()));
  }
};

const isBackwards = (options: Streams.ReadReq.Options): boolean =>
  options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;

const inStream = (
  { log, now }: State,
  options: Streams.ReadReq.Options,
  stream: string,
): Iterable<LogRecord> | 'deleted' | 'not-found' => {
  if (isTombstoned(log, stream)) return 'deleted';
  const records = visibleIn(log, stream, now());
  if (records.length === 0) return 'not-found';
  const asked = options.getStream();
  const from = asked?.hasRevision() ? BigInt(asked.getRevision()) : undefined;
  if (isBackwards(options)) {
    const start = asked?.hasStart() ? 0n : from;
    return records.filter(({ revision }) => start === undefined || revision <= start).toReversed();
  }
  if (asked?.hasEnd()) return [];
  return records.filter(({ revision }) => from === undefined || revision >= from);
};

const inAll = ({ log }: State, options: Streams.ReadReq.Options): Iterable<LogRecord> | 'invalid' => {
  const asked = options.getAll();
  const from = asked?.hasPosition() ? BigInt(asked.getPosition()?.getCommitPosition() ?? 0) : undefined;
  if (from !== undefined && !log.isBoundary(from)) return 'invalid';
  const filter = filterOf(options);
  const passing = function* (indexes: Iterable<number>) {
    for (const index of indexes) {
      const record = log.all[index];
      if (record !== undefined && (filter?.passes(record) ?? true)) yield record;
    }
  };
  if (isBackwards(options)) {
    const end = asked?.hasStart() ? 0 : from === undefined ? log.all.length : log.indexBehind(from - 1n);
    return passing(falling(end - 1));
  }
  if (asked?.hasEnd()) return [];
  // Forwards a read begins with the very record at the position; a subscription behind it.
  return passing(rising(from === undefined ? 0 : log.indexBehind(from - 1n), log.all));
};

function* rising(from: number, all: readonly LogRecord[]): Generator<number> {
  for (let index = from; index < all.length; index++) yield index;
}

function* falling(from: number): Generator<number> {
  for (let index = from; index >= 0; index--) yield index;
}
