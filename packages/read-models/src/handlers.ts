import type { Fact } from '@probono/domain';
import type { DecodedEvent } from '@probono/event-store';
import type { Projection, Rows } from './projection.js';

/** What to do with each type of fact that a projection wants. */
export type Handlers<F extends Fact> = {
  readonly [T in F['type']]?: (event: DecodedEvent<Extract<F, { readonly type: T }>>, rows: Rows) => void;
};

/** The types and the fold of a projection, from one small handler for each type. */
export const handling = <F extends Fact>(handlers: Handlers<F>): Pick<Projection, 'types' | 'fold'> => {
  const byType = new Map(Object.entries(handlers));
  return {
    types: [...byType.keys()],
    fold(event, rows) {
      // The codec says that data fit their type; the table above says which type each handler takes.
      const handler = byType.get(event.type) as ((event: DecodedEvent, rows: Rows) => void) | undefined;
      handler?.(event, rows);
    },
  };
};
