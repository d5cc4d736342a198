import {
  AccessDeniedError,
  CancelledError,
  convertToCommandError,
  DeadlineExceededError,
  NotLeaderError,
  StreamDeletedError,
  TimeoutError,
  UnavailableError,
  UnknownError,
} from '@eventstore/db-client';

/** What an error of the client says about the call that failed. */
export interface Meaning {
  readonly kind: /** The server did nothing, and may be asked again. */
    | 'not done'
    /** It may have been done. */
    | 'unknown'
    /** The server will never do it. */
    | 'refused'
    /** Another node must be asked; the client now knows which. */
    | 'not leader'
    /** A mistake of the caller or of this adapter. */
    | 'mistake';
  readonly why: string;
}

/** Who was asked, for messages. */
export interface Asked {
  readonly place: string;
  readonly user: string | undefined;
}

const unauthenticated = 16;
/** gRPC: INVALID_ARGUMENT, ALREADY_EXISTS, FAILED_PRECONDITION, OUT_OF_RANGE, UNIMPLEMENTED. */
const mistakes: readonly (number | undefined)[] = [3, 6, 9, 11, 12];

// The server's words where it turned a call away at its door, and those of gRPC where nothing ever left this process.
const turnedAway =
  /Server Is (Too )?Busy|Server Is Not Ready|No leader info available|No connection established|Name resolution failed|Channel closed before call started|Waiting for LB pick|waiting for name resolution|Failed to discover|Stream refused by server/i;

const untrusted = /certificate|self.signed|UNABLE_TO_|ERR_TLS|hostname\/IP|altnames/i;

/** The client's errors come in many forms, some of them raw gRPC: brings them to a few meanings. */
export const meaningOf = (thrown: unknown, { place, user }: Asked): Meaning => {
  const error = thrown instanceof Error ? convertToCommandError(thrown) : new Error(String(thrown));
  const { message } = error;
  if (error instanceof AccessDeniedError) {
    const why =
      error.code === unauthenticated
        ? `${place} does not know the user ${user ?? '(none)'}, or not with this password: check the connection string`
        : `${place} does not let the user ${user ?? '(none)'} do this: give the account the right, or use another`;
    return { kind: 'refused', why };
  }
  if (error instanceof NotLeaderError) return { kind: 'not leader', why: `${place} is not the leader` };
  if (error instanceof StreamDeletedError) {
    return { kind: 'mistake', why: 'the stream was deleted for ever: the log is not whole, find out who did it' };
  }
  if (turnedAway.test(message)) {
    const why = untrusted.test(message)
      ? `the certificate of ${place} is not trusted (${message}): give its authority with tlsCAFile`
      : `${place} cannot be asked now (${message})`;
    return { kind: 'not done', why };
  }
  if (error instanceof UnknownError && mistakes.includes(error.code)) return { kind: 'mistake', why: message };
  if (isTransport(error)) return { kind: 'unknown', why: `${place} did not answer (${message})` };
  return { kind: 'mistake', why: message };
};

const isTransport = (error: Error): boolean =>
  [UnavailableError, TimeoutError, DeadlineExceededError, CancelledError, UnknownError].some(
    (kind) => error instanceof kind,
  );
