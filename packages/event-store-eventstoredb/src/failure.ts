import { MaxAppendSizeExceededError } from '@eventstore/db-client';
import { AppendTooLarge, Unavailable, UnknownOutcome } from '@probono/event-store';
import { type Asked, meaningOf } from './meaning.js';

/** An answer did not come in time. */
export class TooLate extends Error {
  override readonly name = 'TooLate';
}

/** What a failed append means to the caller. */
export const appendFailure = (error: unknown, stream: string, bytes: number, asked: Asked): Error => {
  if (error instanceof MaxAppendSizeExceededError) return new AppendTooLarge(stream, bytes, error.maxAppendSize);
  if (error instanceof TooLate) return lost(error, `${asked.place} did not answer in time`);
  const { kind, why } = meaningOf(error, asked);
  if (kind === 'unknown') return lost(error, why);
  if (kind === 'not done' || kind === 'not leader') {
    return new Unavailable(`nothing was appended to ${stream}: ${why}; try again`, { cause: error });
  }
  return new Error(`nothing was appended to ${stream}: ${why}`, { cause: error });
};

const lost = (cause: unknown, why: string): UnknownOutcome =>
  new UnknownOutcome(`an append may or may not have been done: ${why}; append the same events again`, { cause });

/** What a failed read means to the caller; what may pass is {@link Unavailable}. */
export const readFailure = (error: unknown, what: string, asked: Asked): Error => {
  if (error instanceof Unavailable || error instanceof Unreadable) return error;
  if (error instanceof TooLate)
    return new Unavailable(`${what} was not read: ${asked.place} does not answer; try again`);
  const { kind, why } = meaningOf(error, asked);
  if (kind === 'refused' || kind === 'mistake') return new Error(`${what} cannot be read: ${why}`, { cause: error });
  return new Unavailable(`${what} was not read: ${why}; try again`, { cause: error });
};

/** What the server holds is not what this adapter wrote: nothing to be tried again. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}
