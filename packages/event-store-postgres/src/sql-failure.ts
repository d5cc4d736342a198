import { Unavailable, UnknownOutcome } from '@probono/event-store';
import { isConnectionLost, SqlUnavailable } from '@probono/sql';

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The server answered that it rolled back for a reason that may pass: deadlock, resources, cancelled, read-only now. */
const isPassing = (error: unknown): boolean => /^(40|53|25006|55P03|57014)/.test(codeOf(error));

/** The server answered that it will not, and that waiting does not help: what to do instead. */
const refusal = (error: unknown): string | undefined => {
  switch (codeOf(error)) {
    case '42501':
      return `the account has no right to (${messageOf(error)}): grant it, or use the account that migrated`;
    case '3F000':
    case '42P01':
    case '42883':
      return `the database has no log, or an older one (${messageOf(error)}): apply the migrations first`;
    default:
      return undefined;
  }
};

/** What to do before trying again. */
const advice = (error: unknown): string =>
  codeOf(error) === '53100' ? 'make room on the disk of the database, then try again' : 'try again';

/** What a failed read means to the caller; a bug stays what it was. */
export const readFailure = (error: unknown): unknown => {
  if (error instanceof SqlUnavailable || isConnectionLost(error) || isPassing(error)) {
    const message = `the event store could not be read (${messageOf(error)}); ${advice(error)}`;
    return new Unavailable(message, { cause: error });
  }
  const why = refusal(error);
  return why === undefined ? error : new Error(`the event store cannot be read: ${why}`, { cause: error });
};

/** What a failed append means to the caller. */
export const appendFailure = (error: unknown): unknown => {
  if (error instanceof SqlUnavailable || isPassing(error)) {
    return new Unavailable(`nothing was appended (${messageOf(error)}); ${advice(error)}`, { cause: error });
  }
  if (isConnectionLost(error)) {
    const message = `the connection was lost during an append (${messageOf(error)}); append the same events again`;
    return new UnknownOutcome(message, { cause: error });
  }
  if (codeOf(error) === '23505') {
    return new Error('an event of the append is in the log already, elsewhere: event ids must not be used twice', {
      cause: error,
    });
  }
  const why = refusal(error);
  return why === undefined ? error : new Error(`nothing was appended: ${why}`, { cause: error });
};

/** Runs a read; what may pass comes out as {@link Unavailable}. */
export const reading = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    throw readFailure(error);
  }
};
