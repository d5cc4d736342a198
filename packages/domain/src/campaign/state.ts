import type { Aggregate } from '../kernel/aggregate.js';
import type { AssignmentId, MissionId, OrganisationId } from '../kernel/identifiers.js';
import { type CampaignDetails, type CampaignFact, type CampaignTotals, campaignEvents } from './events.js';

/** The mission that a volunteer is on, and the id that a seat is held under. */
export interface Placement {
  readonly missionId: MissionId;
  readonly assignmentId: AssignmentId;
}

/** A campaign, folded. */
export interface CampaignState {
  opened?: CampaignDetails;
  /** By mission: its host. */
  missions: Record<string, OrganisationId>;
  /** By person; `null` for those who have no mission yet. */
  volunteers: Record<string, Placement | null>;
  /** By the id that a seat is held under: the volunteer. */
  seats: Record<string, string>;
  /** Those who withdrew, by person. */
  withdrawn: Record<string, true>;
  closed?: CampaignTotals;
}

const evolve = (draft: CampaignState, event: CampaignFact): void => {
  switch (event.type) {
    case 'CampaignOpened':
      draft.opened = event.data;
      return;
    case 'MissionJoinedCampaign':
      draft.missions[event.data.missionId] = event.data.hostId;
      return;
    case 'VolunteerEnrolled': {
      const { personId, missionId, assignmentId } = event.data;
      const placed = missionId !== undefined && assignmentId !== undefined;
      draft.volunteers[personId] = placed ? { missionId, assignmentId } : null;
      if (placed) draft.seats[assignmentId] = personId;
      delete draft.withdrawn[personId];
      return;
    }
    case 'EnrolmentWithdrawn': {
      const { personId } = event.data;
      const placement = draft.volunteers[personId];
      if (placement) delete draft.seats[placement.assignmentId];
      delete draft.volunteers[personId];
      draft.withdrawn[personId] = true;
      return;
    }
    case 'CampaignClosed':
      draft.closed = event.data.totals;
      return;
    default:
      event satisfies never;
  }
};

/** A *Probono Factory*: in one region, for one cause, on one day, many volunteers on many missions. */
export const campaign: Aggregate<CampaignState, CampaignFact> = {
  category: 'campaign',
  events: campaignEvents,
  initial: () => ({ missions: {}, volunteers: {}, seats: {}, withdrawn: {} }),
  evolve,
};
