import type { EventSpec, Fact, Recorded } from './event.js';
import type { Category } from './stream.js';

/** A thing with a life of its own: one stream, folded into one state. */
export interface Aggregate<S = unknown, F extends Fact = Fact> {
  readonly category: Category;
  readonly events: Readonly<Record<string, EventSpec>>;
  /** A fresh state, before any event. */
  initial(): S;
  /** Changes `draft`, which it owns, by one event. Total: it knows every event, judges none and never throws. */
  evolve(draft: S, event: Recorded<F>): void;
}

/** Folds events, in their order, into a state; on top of `onto` (which is changed) when given. */
export const fold = <S, F extends Fact>(
  aggregate: Aggregate<S, F>,
  events: Iterable<Recorded<F>>,
  onto: S = aggregate.initial(),
): S => {
  for (const event of events) aggregate.evolve(onto, event);
  return onto;
};
