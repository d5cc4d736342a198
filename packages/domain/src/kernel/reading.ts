import type { Aggregate } from './aggregate.js';
import type { Fact } from './event.js';

/** A wish to know the state of one stream. */
export interface Read {
  readonly aggregate: Aggregate;
  readonly id: string;
}

/** A wish to know a figure that no single stream holds: some read model keeps it, by its name and parameters. */
export interface Measure {
  readonly measure: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/** A figure as a read model gave it, with how far in the log that read model had come. */
export interface Figure {
  /** A whole number; of what, the measure says. */
  readonly value: number;
  readonly projection: string;
  readonly position: bigint;
}

/**
 * A computation that says which streams and figures it needs as it goes, and does no I/O: whoever drives it answers
 * each {@link Read} with the state and each {@link Measure} with the figure, or with `undefined` where nobody keeps
 * it, and knows by construction what the decision was based on.
 */
export type Reading<T> = Generator<Read | Measure, T, unknown>;

/** Asks for the state of `aggregate` with this id (the initial state when the stream does not exist). */
export function* read<S, F extends Fact>(aggregate: Aggregate<S, F>, id: string): Reading<Readonly<S>> {
  // The driver folds the aggregate it is handed, so it answers with that aggregate's state.
  return (yield { aggregate: aggregate as Aggregate, id }) as S;
}

/** Asks for a figure of a read model; `undefined` where there is none, and what rests on it is then not examined. */
export function* measure(name: string, params: Measure['params']): Reading<Figure | undefined> {
  // The driver answers a measure with a figure or with nothing.
  return (yield { measure: name, params }) as Figure | undefined;
}

/** Drives a reading with states and figures that are at hand; for tests and for embedders that hold them in memory. */
export const answer = <T>(
  reading: Reading<T>,
  stateOf: (read: Read) => unknown,
  figureOf: (measure: Measure) => Figure | undefined = () => undefined,
): T => {
  let step = reading.next();
  while (!step.done) step = reading.next('measure' in step.value ? figureOf(step.value) : stateOf(step.value));
  return step.value;
};
