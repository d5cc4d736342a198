import { randomUUID } from 'node:crypto';
import type { Expected } from './append.js';
import { type Failure, streamDeleted, streamNotFound, wrongVersion } from './failure.js';
import { deletedType, type LogRecord, tombstoneRevision } from './log.js';
import { streamNameIn } from './messages.js';
import { type Call, type Streams, type StreamsServer, streams } from './protocol.js';
import { failureAsOrdered, type State } from './state.js';
import { isSoftDeleted, isTombstoned, metadataOf, metastreamOf, writeMetadata } from './stream-metadata.js';

type Options = Streams.DeleteReq.Options | Streams.TombstoneReq.Options;

/** Hides a stream by its metadata; the next append opens it again behind its last revision. */
export const deleteCall =
  (state: State): StreamsServer['delete'] =>
  (call, answer) => {
    const stream = streamNameIn(call.request.getOptions()?.getStreamIdentifier());
    const failure = refusal(state, call, 'delete', call.request.getOptions());
    if (failure !== undefined) return answer(failure);
    writeMetadata(
      state.log,
      stream,
      { ...metadataOf(state.log, stream), $tb: Number(tombstoneRevision) },
      randomUUID(),
    );
    const position = positionOf(state.log.streamOf(metastreamOf(stream)).at(-1), new streams.DeleteResp.Position());
    answer(null, new streams.DeleteResp().setPosition(position));
  };

/** Ends a stream for ever. */
export const tombstoneCall =
  (state: State): StreamsServer['tombstone'] =>
  (call, answer) => {
    const stream = streamNameIn(call.request.getOptions()?.getStreamIdentifier());
    const failure = refusal(state, call, 'tombstone', call.request.getOptions());
    if (failure !== undefined) return answer(failure);
    const nothing = new Uint8Array();
    const event = { id: randomUUID(), type: deletedType, contentType: 'application/octet-stream', data: nothing };
    const [record] = state.log.write(stream, [{ ...event, metadata: nothing }], tombstoneRevision);
    answer(null, new streams.TombstoneResp().setPosition(positionOf(record, new streams.TombstoneResp.Position())));
  };

const positionOf = <P extends { setCommitPosition(value: string): P; setPreparePosition(value: string): P }>(
  record: LogRecord | undefined,
  message: P,
): P => message.setCommitPosition(String(record?.position)).setPreparePosition(String(record?.position));

const refusal = (
  state: State,
  call: Call,
  name: 'delete' | 'tombstone',
  options: Options | undefined,
): Failure | undefined => {
  state.calls.push(name === 'delete' ? 'Delete' : 'Tombstone');
  const stream = streamNameIn(options?.getStreamIdentifier());
  const order = state.orders.take(name);
  const refused = state.guard(call, '$d', stream) ?? (order && failureAsOrdered(order, stream));
  if (refused !== undefined) return refused;
  if (isTombstoned(state.log, stream)) return streamDeleted(stream);
  const current = isSoftDeleted(state.log, stream) ? undefined : state.log.streamOf(stream).at(-1)?.revision;
  if (name === 'delete' && current === undefined) return streamNotFound(stream);
  const expected = expectedIn(options);
  const fits =
    expected === 'any' ||
    (expected === 'no-stream' && current === undefined) ||
    (expected === 'stream-exists' && current !== undefined) ||
    expected === current;
  return fits ? undefined : wrongVersion('Delete', stream, expected, current);
};

const expectedIn = (options: Options | undefined): Expected => {
  if (options?.hasRevision()) return BigInt(options.getRevision());
  if (options?.hasNoStream()) return 'no-stream';
  return options?.hasStreamExists() ? 'stream-exists' : 'any';
};
