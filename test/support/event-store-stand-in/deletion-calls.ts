import { randomUUID } from 'node:crypto';
import { check, type Expected } from './append.js';
import { type Failure, streamDeleted, wrongVersion } from './failure.js';
import { deletedType, type LogRecord, tombstoneRevision } from './log.js';
import { streamNameIn } from './messages.js';
import { type Call, type Streams, type StreamsServer, streams } from './protocol.js';
import { failureAsOrdered, type State } from './state.js';
import { deletion, metastreamOf, writeMetadata } from './stream-metadata.js';

type Options = Streams.DeleteReq.Options | Streams.TombstoneReq.Options;

/** Hides a stream by its metadata; the next append opens it again behind its last revision. */
export const deleteCall =
  (state: State): StreamsServer['delete'] =>
  (call, answer) => {
    const stream = streamNameIn(call.request.getOptions()?.getStreamIdentifier());
    const failure = refusal(state, call, 'delete', call.request.getOptions());
    if (failure !== undefined) return answer(failure);
    writeMetadata(state.log, stream, deletion, randomUUID());
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
  const refused = state.admit(call, '$d', stream) ?? (order && failureAsOrdered(order, stream));
  if (refused !== undefined) return refused;
  const expected = expectedIn(options);
  const checked = check(state.log, stream, expected, [randomUUID()]);
  if (checked.kind === 'deleted') return streamDeleted(stream);
  const current = checked.kind === 'wrong-version' ? checked.current : undefined;
  // There is nothing to hide of a stream that has neither events nor metadata; a tombstone needs no stream.
  const missing = name === 'delete' && [stream, metastreamOf(stream)].every((each) => !state.log.streamOf(each).length);
  return checked.kind === 'wrong-version' || missing ? wrongVersion('Delete', stream, expected, current) : undefined;
};

const expectedIn = (options: Options | undefined): Expected => {
  if (options?.hasRevision()) return BigInt(options.getRevision());
  if (options?.hasNoStream()) return 'no-stream';
  return options?.hasStreamExists() ? 'stream-exists' : 'any';
};
