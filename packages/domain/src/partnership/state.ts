import type { Aggregate } from '../kernel/aggregate.js';
import type { OrganisationId } from '../kernel/identifiers.js';
import type { LocalDate } from '../time/types.js';
import {
  type Contribution,
  type ContributionKind,
  type PartnershipFact,
  type PartnershipStage,
  partnershipEvents,
} from './events.js';

/** A partnership, folded. */
export interface PartnershipState {
  /** Absent before it is opened. */
  stage?: PartnershipStage;
  organisations: readonly OrganisationId[];
  contributions: Record<string, Contribution>;
  /** The earliest day of a contribution, by its kind. */
  firstOn: { [K in ContributionKind]?: LocalDate };
}

const evolve = (draft: PartnershipState, event: PartnershipFact): void => {
  switch (event.type) {
    case 'PartnershipOpened':
      draft.stage = 'opened';
      draft.organisations = event.data.organisations;
      return;
    case 'ContributionRecorded': {
      const { contributionId, kind, on } = event.data;
      draft.contributions[contributionId] = event.data;
      const first = draft.firstOn[kind];
      if (first === undefined || on < first) draft.firstOn[kind] = on;
      return;
    }
    case 'PartnershipStageAdvanced':
      draft.stage = event.data.to;
      return;
    default:
      event satisfies never;
  }
};

/** Organisations that give one another money, things and skills over the years. */
export const partnership: Aggregate<PartnershipState, PartnershipFact> = {
  category: 'partnership',
  events: partnershipEvents,
  initial: () => ({ organisations: [], contributions: {}, firstOn: {} }),
  evolve,
};
