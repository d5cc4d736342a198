import type { Aggregate } from '../kernel/aggregate.js';
import type { AssignmentId, OrganisationId } from '../kernel/identifiers.js';
import { type ExchangeFact, exchangeEvents } from './events.js';

/** An exchange, folded: its pairs, and who takes part from a school. */
export interface ExchangeState {
  /** By assignment: the one it is paired with; both ways. */
  paired: Record<string, AssignmentId>;
  /** By person: the school. */
  cohort: Record<string, OrganisationId>;
}

const evolve = (draft: ExchangeState, event: ExchangeFact): void => {
  switch (event.type) {
    case 'ExchangePaired': {
      const [there, back] = event.data.legs;
      draft.paired[there] = back;
      draft.paired[back] = there;
      return;
    }
    case 'CohortEnrolled':
      for (const personId of event.data.personIds) draft.cohort[personId] = event.data.schoolId;
      return;
    default:
      event satisfies never;
  }
};

/** A *mobilité formatrice*: public officials and people of the field who learn at one another's place. */
export const exchange: Aggregate<ExchangeState, ExchangeFact> = {
  category: 'exchange',
  events: exchangeEvents,
  initial: () => ({ paired: {}, cohort: {} }),
  evolve,
};
