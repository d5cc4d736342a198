import { randomUUID } from 'node:crypto';
import { type AppendResult, appendTo, type Expected, sizeOf } from './append.js';
import {
  batchStatus,
  cancelled,
  type Failure,
  missingMetadata,
  streamDeleted,
  timeout,
  tooLarge,
  wrongVersion,
} from './failure.js';
import type { LogRecord, Proposed } from './log.js';
import { streamIdentifier, streamNameIn } from './messages.js';
import { type Call, GoogleEmpty, type Streams, type StreamsServer, shared, streams } from './protocol.js';
import { failureAsOrdered, type State } from './state.js';

interface AppendRequest {
  readonly stream: string;
  readonly expected: Expected;
  readonly events: readonly Proposed[];
}

/** What is said to an append; nothing where it is to wait in vain. */
type Answer = { readonly result: AppendResult } | { readonly failure: Failure } | undefined;

const answerTo = (state: State, call: Call, { stream, expected, events }: AppendRequest): Answer => {
  const refused = state.admit(call, '$w', stream);
  if (refused !== undefined) return { failure: refused };
  if (events.some(({ type }) => type === '')) return { failure: missingMetadata('type') };
  if (sizeOf(events) > state.maxAppendSize) return { failure: tooLarge(state.maxAppendSize) };
  const order = state.orders.take('append');
  const spared = order === undefined || (typeof order === 'string' && order.endsWith('-after-commit'));
  const result = spared ? commit(state, stream, expected, events) : undefined;
  if (order !== undefined) {
    const failure = failureAsOrdered(order, stream);
    if (failure !== undefined) return { failure };
    if (order === 'cut' || order === 'cut-after-commit') state.cut();
    return undefined;
  }
  return result && { result };
};

const commit = (state: State, stream: string, expected: Expected, events: readonly Proposed[]): AppendResult => {
  const before = state.log.all.length;
  const result = appendTo(state.log, stream, expected, events);
  if (state.projections) for (const record of state.log.all.slice(before)) link(state, record);
  return result;
};

/** As the standard projection by category does. */
const link = ({ log }: State, { id, stream, revision }: LogRecord): void => {
  if (stream.startsWith('$') || !stream.includes('-')) return;
  const data = Buffer.from(`${revision}@${stream}`);
  const event = {
    id: randomUUID(),
    type: '$>',
    contentType: 'application/octet-stream',
    data,
    metadata: Buffer.from(JSON.stringify({ $o: stream, $causedBy: id })),
  };
  log.write(`$ce-${stream.slice(0, stream.indexOf('-'))}`, [event]);
};

const proposed = (message: Streams.AppendReq.ProposedMessage | Streams.BatchAppendReq.ProposedMessage): Proposed => ({
  id: message.getId()?.getString() ?? '',
  type: message.getMetadataMap().get('type') ?? '',
  contentType: message.getMetadataMap().get('content-type') ?? 'application/octet-stream',
  data: new Uint8Array(message.getData_asU8()),
  metadata: new Uint8Array(message.getCustomMetadata_asU8()),
});

/** One append, one call: options, then the events one by one. */
export const appendCall =
  (state: State): StreamsServer['append'] =>
  (call, answer) => {
    state.calls.push('Append');
    let options: Streams.AppendReq.Options | undefined;
    let size = 0;
    const events: Proposed[] = [];
    call.on('data', (request: Streams.AppendReq) => {
      options = request.getOptions() ?? options;
      const message = request.getProposedMessage();
      if (message === undefined || size > state.maxAppendSize) return;
      const event = proposed(message);
      size += sizeOf([event]);
      // An append that is too large is not listened to until its end.
      if (size > state.maxAppendSize) answer(tooLarge(state.maxAppendSize));
      else events.push(event);
    });
    const commitAll = () => {
      // A connection that breaks ends the call too, with a part of its events.
      if (call.cancelled || size > state.maxAppendSize) return;
      const stream = streamNameIn(options?.getStreamIdentifier());
      const expected = expectedIn(options);
      const said = answerTo(state, call, { stream, expected, events });
      if (said === undefined) return;
      if ('failure' in said) return answer(said.failure);
      const { result } = said;
      if (result.kind === 'written') answer(null, new streams.AppendResp().setSuccess(success(result.last)));
      else if (result.kind === 'wrong-version') answer(null, conflict(expected, result.current));
      else answer(failureOf(result, stream, expected));
    };
    call.on('end', () => setImmediate(commitAll));
  };

const expectedIn = (options: Streams.AppendReq.Options | undefined): Expected => {
  if (options?.hasRevision()) return BigInt(options.getRevision());
  if (options?.hasNoStream()) return 'no-stream';
  return options?.hasStreamExists() ? 'stream-exists' : 'any';
};

const success = (last: LogRecord | undefined): Streams.AppendResp.Success => {
  const message = new streams.AppendResp.Success();
  if (last === undefined) return message.setNoStream(new shared.Empty()).setNoPosition(new shared.Empty());
  const position = new streams.AppendResp.Position();
  position.setCommitPosition(String(last.position)).setPreparePosition(String(last.position));
  return message.setCurrentRevision(String(last.revision)).setPosition(position);
};

const conflict = (expected: Expected, current: bigint | undefined): Streams.AppendResp => {
  const message = new streams.AppendResp.WrongExpectedVersion();
  if (current === undefined) message.setCurrentNoStream(new shared.Empty());
  else message.setCurrentRevision(String(current));
  if (expected === 'any') message.setExpectedAny(new shared.Empty());
  else if (expected === 'no-stream') message.setExpectedNoStream(new shared.Empty());
  else if (expected === 'stream-exists') message.setExpectedStreamExists(new shared.Empty());
  else message.setExpectedRevision(String(expected));
  return new streams.AppendResp().setWrongExpectedVersion(message);
};

const failureOf = (result: AppendResult, stream: string, expected: Expected): Failure => {
  if (result.kind === 'deleted') return streamDeleted(stream);
  return wrongVersion('Append', stream, expected, result.kind === 'wrong-version' ? result.current : undefined);
};

/** Many appends over one long call, each told apart by its correlation id. */
export const batchAppendCall =
  (state: State): StreamsServer['batchAppend'] =>
  (call) => {
    state.calls.push('BatchAppend');
    const open = new Map<string, { options: Streams.BatchAppendReq.Options | undefined; events: Proposed[] }>();
    call.on('data', (request: Streams.BatchAppendReq) => {
      const id = request.getCorrelationId()?.getString() ?? '';
      const batch = open.get(id) ?? { options: request.getOptions(), events: [] };
      open.set(id, batch);
      batch.events.push(...request.getProposedMessagesList().map(proposed));
      if (!request.getIsFinal()) return;
      open.delete(id);
      const stream = streamNameIn(batch.options?.getStreamIdentifier());
      const expected = batchExpectedIn(batch.options);
      const late = (batch.options?.getDeadline()?.toDate() ?? state.now()) < state.now();
      const said = late ? { failure: timeout() } : answerTo(state, call, { stream, expected, events: batch.events });
      if (said === undefined) return;
      const response = new streams.BatchAppendResp()
        .setCorrelationId(new shared.UUID().setString(id))
        .setStreamIdentifier(streamIdentifier(stream));
      if ('result' in said && said.result.kind === 'written') {
        call.write(response.setSuccess(batchSuccess(said.result.last)));
        return;
      }
      const failure = 'failure' in said ? said.failure : failureOf(said.result, stream, expected);
      const status = batchStatus(failure);
      if (status === undefined) call.emit('error', failure);
      else call.write(response.setError(status));
    });
    const end = () => call.emit('error', cancelled());
    state.streaming.add(end);
    call.on('close', () => state.streaming.delete(end));
    call.on('end', () => call.end());
  };

const batchExpectedIn = (options: Streams.BatchAppendReq.Options | undefined): Expected => {
  if (options?.hasStreamPosition()) return BigInt(options.getStreamPosition());
  if (options?.hasNoStream()) return 'no-stream';
  return options?.hasStreamExists() ? 'stream-exists' : 'any';
};

const batchSuccess = (last: LogRecord | undefined): Streams.BatchAppendResp.Success => {
  const message = new streams.BatchAppendResp.Success();
  if (last === undefined) return message.setNoStream(new GoogleEmpty()).setNoPosition(new GoogleEmpty());
  const position = new shared.AllStreamPosition();
  position.setCommitPosition(String(last.position)).setPreparePosition(String(last.position));
  return message.setCurrentRevision(String(last.revision)).setPosition(position);
};
