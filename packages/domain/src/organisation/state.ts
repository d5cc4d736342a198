import type * as z from 'zod';
import type { Aggregate } from '../kernel/aggregate.js';
import type { LocalDate } from '../time/types.js';
import {
  type evidence,
  type OrganisationFact,
  type organisationDetails,
  organisationEvents,
  type RepresentativeRole,
} from './events.js';

/** One turn in the life of an accreditation: what it is from the day `on`. */
export interface AccreditationTurn {
  readonly on: LocalDate;
  readonly status: 'accredited' | 'suspended' | 'withdrawn' | 'refused';
  /** Last day of the accreditation; a reinstatement keeps the one that was set. */
  readonly until?: LocalDate | undefined;
  /** The day on which its lapse was recorded; it lapses by its date all the same. */
  lapseRecordedOn?: LocalDate;
}

/** Tutors: every mission of the host under this key, or one under its own id. */
export const everyMission = '*';

/** An organisation as its events left it: who acts for it, and how it stands with each administration. */
export interface OrganisationState {
  registered?: z.output<typeof organisationDetails>;
  /** By person: the capacities in which they stand for the organisation. */
  readonly representatives: Record<string, RepresentativeRole[]>;
  /** By person, then by mission (or {@link everyMission}). */
  readonly tutors: Record<string, Record<string, true>>;
  /** By the hash of the document; evidence can be added to. */
  readonly evidence: Record<string, z.output<typeof evidence>>;
  /** The day from which the republican commitment stands. */
  commitment?: { readonly on: LocalDate; readonly docHash?: string | undefined };
  /** The certificate recorded last; `until` is the last day covered. */
  insurance?: { readonly until: LocalDate; readonly docHash?: string | undefined };
  /** By administration, in the order recorded. */
  readonly accreditations: Record<string, AccreditationTurn[]>;
}

const turn = (
  draft: OrganisationState,
  administrationId: string,
  status: AccreditationTurn['status'],
  on: LocalDate,
  until = draft.accreditations[administrationId]?.at(-1)?.until,
): void => {
  const turns = draft.accreditations[administrationId] ?? [];
  draft.accreditations[administrationId] = turns;
  turns.push({ on, status, ...(until === undefined ? {} : { until }) });
};

const entrust = (draft: OrganisationState, personId: string, missionId: string = everyMission): void => {
  const missions = draft.tutors[personId] ?? {};
  draft.tutors[personId] = missions;
  missions[missionId] = true;
};

/** A public or private body: home, host, or both. */
export const organisation: Aggregate<OrganisationState, OrganisationFact> = {
  category: 'organisation',
  events: organisationEvents,
  initial: () => ({ representatives: {}, tutors: {}, evidence: {}, accreditations: {} }),
  evolve(draft, event) {
    switch (event.type) {
      case 'OrganisationRegistered':
        draft.registered = event.data;
        return;
      case 'RepresentativeDesignated': {
        const roles = draft.representatives[event.data.personId] ?? [];
        draft.representatives[event.data.personId] = roles;
        if (!roles.includes(event.data.role)) roles.push(event.data.role);
        return;
      }
      case 'EligibilityEvidenceFiled':
        draft.evidence[event.data.docHash] = event.data;
        return;
      case 'RepublicanCommitmentRecorded':
        draft.commitment = { on: event.effectiveOn, ...event.data };
        return;
      case 'InsuranceCertificateRecorded':
        draft.insurance = event.data;
        return;
      case 'HostAccredited':
        turn(draft, event.data.administrationId, 'accredited', event.effectiveOn, event.data.until);
        return;
      case 'AccreditationRefused':
        turn(draft, event.data.administrationId, 'refused', event.effectiveOn);
        return;
      case 'AccreditationSuspended':
        turn(draft, event.data.administrationId, 'suspended', event.effectiveOn);
        return;
      case 'AccreditationReinstated':
        turn(draft, event.data.administrationId, 'accredited', event.effectiveOn);
        return;
      case 'AccreditationWithdrawn':
        turn(draft, event.data.administrationId, 'withdrawn', event.effectiveOn);
        return;
      case 'AccreditationLapsed': {
        const last = draft.accreditations[event.data.administrationId]?.at(-1);
        if (last) last.lapseRecordedOn = event.effectiveOn;
        return;
      }
      case 'TutorDesignated':
        entrust(draft, event.data.personId, event.data.missionId);
        return;
      case 'TutorReplaced':
        delete draft.tutors[event.data.personId]?.[event.data.missionId ?? everyMission];
        entrust(draft, event.data.successorId, event.data.missionId);
        return;
      default:
        event satisfies never;
    }
  },
};
