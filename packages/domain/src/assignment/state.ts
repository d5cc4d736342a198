import type * as z from 'zod';
import type { Aggregate } from '../kernel/aggregate.js';
import type { Recorded } from '../kernel/event.js';
import type { EmploymentId, MissionId, PersonId } from '../kernel/identifiers.js';
import type { Personal } from '../kernel/personal.js';
import type { LocalDate } from '../time/types.js';
import {
  type AssignmentFact,
  type AssignmentTerms,
  assignmentEvents,
  type CertifiedPeriod,
  type EndCause,
  type MissionOrder,
  type PulseAnswers,
  type PulsePhase,
  type TestimonialScope,
} from './events.js';

/** Where an assignment stands; it is active from its first day on, which is a date and no event. */
export type AssignmentStatus =
  | 'none'
  | 'applied'
  | 'withdrawn'
  | 'manager_refused'
  | 'manager_approved'
  | 'host_declined'
  | 'host_accepted'
  | 'consented'
  | 'assigned'
  | 'onboarded'
  | 'ended';

/** What was certified, and whether it still stands. */
export interface Certificate {
  periods: readonly CertifiedPeriod[];
  minutes: number;
  superseded: boolean;
}

/** An assignment, folded: from someone's application to what it leaves behind. */
export interface AssignmentState {
  status: AssignmentStatus;
  applied?: { missionId: MissionId; personId: PersonId; employmentId?: EmploymentId | undefined };
  /** The manager who approved. */
  approvedBy?: string;
  assigned?: AssignmentTerms;
  /** Orders by their number. */
  orders: Record<string, MissionOrder>;
  /** `on` is the last day. */
  ended?: { on: LocalDate; cause: z.output<typeof EndCause> };
  /** The testimonial whose consent stands. */
  testimonial?: { scope: z.output<typeof TestimonialScope>; text: Personal<string> };
  /** The answers by phase. */
  pulses: Partial<Record<z.output<typeof PulsePhase>, Personal<z.output<typeof PulseAnswers>>>>;
  skills: Personal<readonly string[]>[];
  /** By hash, in order of issue. */
  certificates: Record<string, Certificate>;
}

const initial = (): AssignmentState => ({ status: 'none', orders: {}, pulses: {}, skills: [], certificates: {} });

const evolve = (draft: AssignmentState, event: Recorded<AssignmentFact>): void => {
  switch (event.type) {
    case 'ApplicationSubmitted':
      draft.status = 'applied';
      draft.applied = event.data;
      return;
    case 'ApplicationWithdrawn':
      draft.status = 'withdrawn';
      return;
    case 'ManagerApprovalGranted':
      draft.status = 'manager_approved';
      draft.approvedBy = event.actor.id;
      return;
    case 'ManagerApprovalRefused':
      draft.status = 'manager_refused';
      return;
    case 'HostAccepted':
      draft.status = 'host_accepted';
      return;
    case 'HostDeclined':
      draft.status = 'host_declined';
      return;
    case 'AgentConsented':
      draft.status = 'consented';
      return;
    case 'AgentAssigned':
      draft.status = 'assigned';
      draft.assigned = event.data;
      return;
    case 'MissionOrderIssued':
      draft.orders[event.data.number] = event.data;
      return;
    case 'OnboardingCompleted':
      draft.status = 'onboarded';
      return;
    case 'AssignmentEnded':
      draft.status = 'ended';
      draft.ended = event.data;
      return;
    case 'TestimonialOffered':
      draft.testimonial = { scope: event.data.scope, text: event.data.text };
      return;
    case 'TestimonialConsentRevoked':
      delete draft.testimonial;
      return;
    case 'PulseAnswered':
      draft.pulses[event.data.phase] = event.data.answers;
      return;
    case 'SkillsAcquired':
      draft.skills.push(event.data.skills);
      return;
    case 'ServiceCertificateIssued': {
      const { periods, minutes, hash } = event.data;
      draft.certificates[hash] = { periods, minutes, superseded: false };
      return;
    }
    case 'ServiceCertificateSuperseded': {
      const certificate = draft.certificates[event.data.hash];
      if (certificate !== undefined) certificate.superseded = true;
      return;
    }
    default:
      event satisfies never;
  }
};

/** Someone on a mission, for a time, under a title. */
export const assignment: Aggregate<AssignmentState, AssignmentFact> = {
  category: 'assignment',
  events: assignmentEvents,
  initial,
  evolve,
};
