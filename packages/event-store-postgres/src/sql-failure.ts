import { Unavailable, UnknownOutcome } from '@probono/event-store';
import { SqlUnavailable } from '@probono/sql';

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The statement reached the server, or may have, and the connection went before its answer came. */
const isLost = (error: unknown): boolean =>
  /^(08|57P0|E(CONNRESET|PIPE|TIMEDOUT|CONNABORTED|HOSTUNREACH|NETUNREACH))/.test(codeOf(error)) ||
  (codeOf(error) === '' && /connection terminated|connection error|connection ended/i.test(messageOf(error)));

/** The server answered that it rolled back for a reason that may pass: deadlock, resources, cancelled, read-only now. */
const isPassing = (error: unknown): boolean => /^(40|53|25006|55P03|57014)/.test(codeOf(error));

/** What a failed read means to the caller; a bug stays what it was. */
export const readFailure = (error: unknown): unknown =>
  error instanceof SqlUnavailable || isLost(error) || isPassing(error)
    ? new Unavailable(`the event store could not be read (${messageOf(error)}); try again`, { cause: error })
    : error;

/** What a failed append means to the caller. */
export const appendFailure = (error: unknown): unknown => {
  if (error instanceof SqlUnavailable || isPassing(error)) {
    return new Unavailable(`nothing was appended (${messageOf(error)}); try again`, { cause: error });
  }
  if (isLost(error)) {
    const message = `the connection was lost during an append (${messageOf(error)}); append the same events again`;
    return new UnknownOutcome(message, { cause: error });
  }
  if (codeOf(error) === '23505') {
    return new Error('an event of the append is in the log already, elsewhere: event ids must not be used twice', {
      cause: error,
    });
  }
  return error;
};

/** Runs a read; what may pass comes out as {@link Unavailable}. */
export const reading = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    throw readFailure(error);
  }
};
