import type * as z from 'zod';
import type { Aggregate } from '../kernel/aggregate.js';
import {
  type CancellationCause,
  type MissionFact,
  type MissionProposal,
  missionEvents,
  type Objectives,
  type RejectionCause,
} from './events.js';

/** Where a mission stands. An unpublished mission is `approved` again. */
export type MissionStatus =
  | 'none'
  | 'proposed'
  | 'rejected'
  | 'approved'
  | 'published'
  | 'started'
  | 'completed'
  | 'cancelled'
  | 'reviewed';

/** A mission, folded. */
export interface MissionState {
  status: MissionStatus;
  /** What was proposed, with the extensions of its scope since. */
  proposed?: MissionProposal;
  /** The officer's attestation. */
  approved?: { skillsUseful: boolean };
  /** The assignments that hold a seat. */
  seats: Record<string, true>;
  seatsTaken: number;
  /** By person: the employment by which a manager suggested the mission. */
  suggestedTo: Record<string, string>;
  /** The persons who facilitate it. */
  facilitators: Record<string, true>;
  outcomes: Record<string, { kind: string; count: number }>;
  deliverables: Record<string, { title: string; docHash?: string | undefined }>;
  rejection?: z.output<typeof RejectionCause>;
  cancellation?: z.output<typeof CancellationCause>;
  objectives?: z.output<typeof Objectives>;
}

const initial = (): MissionState => ({
  status: 'none',
  seats: {},
  seatsTaken: 0,
  suggestedTo: {},
  facilitators: {},
  outcomes: {},
  deliverables: {},
});

const evolve = (draft: MissionState, event: MissionFact): void => {
  switch (event.type) {
    case 'MissionProposed':
      draft.status = 'proposed';
      draft.proposed = { ...event.data };
      return;
    case 'MissionApproved':
      draft.status = 'approved';
      draft.approved = { skillsUseful: event.data.skillsUseful };
      return;
    case 'MissionRejected':
      draft.status = 'rejected';
      draft.rejection = event.data.cause;
      return;
    case 'MissionPublished':
      draft.status = 'published';
      return;
    case 'MissionUnpublished':
      draft.status = 'approved';
      return;
    case 'MissionSuggestedToAgent':
      draft.suggestedTo[event.data.personId] = event.data.employmentId;
      return;
    case 'SeatTaken':
      if (!draft.seats[event.data.assignmentId]) draft.seatsTaken += 1;
      draft.seats[event.data.assignmentId] = true;
      return;
    case 'SeatReleased':
      if (draft.seats[event.data.assignmentId]) draft.seatsTaken -= 1;
      delete draft.seats[event.data.assignmentId];
      return;
    case 'MissionScopeExtended': {
      const { activities, skills, beneficiaries } = event.data;
      if (draft.proposed === undefined) return;
      if (activities !== undefined) draft.proposed.activities = activities;
      if (skills !== undefined) draft.proposed.skills = skills;
      if (beneficiaries !== undefined) draft.proposed.beneficiaries = beneficiaries;
      return;
    }
    case 'FacilitatorAssigned':
      draft.facilitators[event.data.personId] = true;
      return;
    case 'MissionStarted':
      draft.status = 'started';
      return;
    case 'MissionCompleted':
      draft.status = 'completed';
      return;
    case 'MissionCancelled':
      draft.status = 'cancelled';
      draft.cancellation = event.data.cause;
      return;
    case 'BeneficiaryOutcomeRecorded': {
      const { outcomeId, ...outcome } = event.data;
      draft.outcomes[outcomeId] = outcome;
      return;
    }
    case 'DeliverableRecorded': {
      const { deliverableId, ...deliverable } = event.data;
      draft.deliverables[deliverableId] = deliverable;
      return;
    }
    case 'MissionReviewed':
      draft.status = 'reviewed';
      draft.objectives = event.data.objectives;
      return;
    default:
      event satisfies never;
  }
};

/** A mission that a host proposes, with the seats that assignments take. */
export const mission: Aggregate<MissionState, MissionFact> = {
  category: 'mission',
  events: missionEvents,
  initial,
  evolve,
};
