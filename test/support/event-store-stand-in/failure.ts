import type { Expected } from './append.js';
import {
  Any,
  GoogleEmpty,
  grpc,
  type Metadata,
  type Shared,
  type Status,
  type StatusName,
  shared,
  status,
} from './protocol.js';

/** A failure as the server words it: gRPC status, message, and the trailers that clients read. */
export interface Failure {
  readonly code: number;
  readonly details: string;
  readonly metadata: Metadata;
  /** Its form inside a batch of appends; a failure without one ends the batch's stream. */
  readonly batch?: readonly [name: string, message: { serializeBinary(): Uint8Array }];
}

const failure = (
  name: StatusName,
  details: string,
  trailers: Readonly<Record<string, string>> = {},
  batch?: Failure['batch'],
): Failure => {
  const metadata = new grpc.Metadata();
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value);
  return { code: grpc.status[name], details, metadata, ...(batch && { batch }) };
};

const unknown = (): Failure['batch'] => ['Unknown', new shared.Unknown()];

export const timeout = (): Failure =>
  failure('ABORTED', 'Operation timed out: Commit phase timeout.', {}, ['Timeout', new shared.Timeout()]);
export const busy = (): Failure => failure('UNAVAILABLE', 'Server Is Too Busy', {}, unknown());
export const notReady = (): Failure => failure('UNAVAILABLE', 'Server Is Not Ready', {}, unknown());
export const unknownError = (): Failure => failure('UNKNOWN', 'Unexpected OperationResult: 9', {}, unknown());
export const internal = (): Failure => failure('INTERNAL', 'Exception was thrown by handler.');
export const unimplemented = (): Failure => failure('UNIMPLEMENTED', 'Service is unimplemented.');
export const invalidArgument = (details: string): Failure => failure('INVALID_ARGUMENT', details);
export const invalidPosition = (): Failure => invalidArgument('Trying to read from an invalid position.');
export const unauthenticated = (): Failure => failure('UNAUTHENTICATED', 'Authentication failed');
export const cancelled = (): Failure => failure('CANCELLED', 'Call canceled by the server.');
export const noLeader = (): Failure => failure('UNKNOWN', 'No leader info available in response');

export const notLeader = (host: string, port: number): Failure =>
  failure('NOT_FOUND', 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': host,
    'leader-endpoint-port': String(port),
  });

export const accessDenied = (): Failure =>
  failure('PERMISSION_DENIED', 'Access Denied', { exception: 'access-denied' }, [
    'AccessDenied',
    new shared.AccessDenied(),
  ]);

export const streamDeleted = (stream: string): Failure =>
  failure(
    'FAILED_PRECONDITION',
    `Event stream '${stream}' is deleted.`,
    { exception: 'stream-deleted', 'stream-name': stream },
    ['StreamDeleted', new shared.StreamDeleted()],
  );

export const tooLarge = (limit: number): Failure =>
  failure(
    'INVALID_ARGUMENT',
    `Maximum Append Size of ${limit} Exceeded.`,
    { exception: 'maximum-append-size-exceeded', 'maximum-append-size': String(limit) },
    ['MaximumAppendSizeExceeded', new shared.MaximumAppendSizeExceeded().setMaxappendsize(limit)],
  );

/** What 25.1 and later say of one event that is too large; clients before it know no such error. */
export const eventTooLarge = (eventId: string, size: number, limit: number): Failure =>
  failure(
    'INVALID_ARGUMENT',
    `Event with Id: ${eventId}, Size: ${size}, exceeds Maximum Append Event Size of ${limit}.`,
    { exception: 'maximum-append-event-size-exceeded', 'maximum-append-event-size': String(limit) },
  );

export const missingMetadata = (property: string): Failure =>
  failure(
    'INVALID_ARGUMENT',
    `Required Metadata Property '${property}' is missing`,
    { exception: 'missing-required-metadata-property', 'required-metadata-properties': 'type,content-type' },
    ['BadRequest', new shared.BadRequest().setMessage(`Required Metadata Property '${property}' is missing`)],
  );

const wellKnown: Readonly<Record<string, bigint>> = { any: -2n, 'no-stream': -1n, 'stream-exists': -4n };

export const wrongVersion = (
  operation: string,
  stream: string,
  expected: Expected,
  current: bigint | undefined,
): Failure => {
  const wanted = typeof expected === 'bigint' ? expected : (wellKnown[expected] ?? -2n);
  return failure(
    'FAILED_PRECONDITION',
    `${operation} failed due to WrongExpectedVersion. Stream: ${stream}, Expected version: ${wanted}`,
    {
      exception: 'wrong-expected-version',
      'stream-name': stream,
      'expected-version': String(wanted),
      'actual-version': current === undefined ? '' : String(current),
    },
    ['WrongExpectedVersion', wrongVersionMessage(expected, current)],
  );
};

const wrongVersionMessage = (expected: Expected, current: bigint | undefined): Shared.WrongExpectedVersion => {
  const message = new shared.WrongExpectedVersion();
  if (current === undefined) message.setCurrentNoStream(new GoogleEmpty());
  else message.setCurrentStreamRevision(String(current));
  if (expected === 'any') return message.setExpectedAny(new GoogleEmpty());
  if (expected === 'stream-exists') return message.setExpectedStreamExists(new GoogleEmpty());
  if (expected === 'no-stream') return message.setExpectedNoStream(new GoogleEmpty());
  return message.setExpectedStreamPosition(String(expected));
};

/** A failure as one answer among others of a batch. */
export const batchStatus = (failed: Failure): Status.Status | undefined => {
  if (failed.batch === undefined) return undefined;
  const [name, message] = failed.batch;
  const details = new Any();
  details.pack(message.serializeBinary(), `event_store.client.${name}`);
  return new status.Status().setCode(failed.code).setMessage(failed.details).setDetails(details);
};
