import type * as z from 'zod';
import type { Party } from '../convention/terms.js';
import type { Aggregate } from '../kernel/aggregate.js';
import type { Recorded } from '../kernel/event.js';
import { type ReviewFact, type ReviewRequested, type ReviewSubmitted, reviewEvents } from './events.js';

/** Who has taken note, and of whose submissions. */
export interface Countersignature {
  readonly by: string;
  readonly covers: readonly Party[];
}

/** A review, folded: who was asked about what, what the parties said, and who has taken note. */
export interface ReviewState {
  requested?: z.output<(typeof ReviewRequested)['schema']>;
  submissions: { [P in Party]?: z.output<(typeof ReviewSubmitted)['schema']>['outcomes'] };
  countersignatures: { [P in Party]?: Countersignature };
  /** The agents' countersignatures, by person. */
  agents: Record<string, Countersignature>;
}

const evolve = (draft: ReviewState, event: Recorded<ReviewFact>): void => {
  switch (event.type) {
    case 'ReviewRequested':
      draft.requested = event.data;
      return;
    case 'ReviewSubmitted':
      draft.submissions[event.data.party] = event.data.outcomes;
      return;
    case 'ReviewCountersigned': {
      const { party, covers } = event.data;
      const signature = { by: event.actor.id, covers };
      if (party === 'agent') draft.agents[event.actor.id] = signature;
      else draft.countersignatures[party] = signature;
      return;
    }
    default:
      event satisfies never;
  }
};

/** What the parties to a convention say of it, half-way or at its end. */
export const review: Aggregate<ReviewState, ReviewFact> = {
  category: 'review',
  events: reviewEvents,
  initial: () => ({ submissions: {}, countersignatures: {}, agents: {} }),
  evolve,
};
