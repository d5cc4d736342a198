import type { Aggregate } from './aggregate.js';
import type { Fact } from './event.js';

/** A wish to know the state of one stream. */
export interface Read {
  readonly aggregate: Aggregate;
  readonly id: string;
}

/**
 * A computation that says which streams it needs as it goes, and does no I/O: whoever drives it answers each
 * {@link Read} with the state, and knows by construction what the decision was based on.
 */
export type Reading<T> = Generator<Read, T, unknown>;

/** Asks for the state of `aggregate` with this id (the initial state when the stream does not exist). */
export function* read<S, F extends Fact>(aggregate: Aggregate<S, F>, id: string): Reading<Readonly<S>> {
  // The driver folds the aggregate it is handed, so it answers with that aggregate's state.
  return (yield { aggregate: aggregate as Aggregate, id }) as S;
}

/** Drives a reading with states that are at hand; for tests and for embedders that hold their states in memory. */
export const answer = <T>(reading: Reading<T>, stateOf: (read: Read) => unknown): T => {
  let step = reading.next();
  while (!step.done) step = reading.next(stateOf(step.value));
  return step.value;
};
