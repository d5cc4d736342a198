import { type CommandHandler, handle, nothing } from '../kernel/command.js';
import { digestOf } from '../kernel/digest.js';
import type { Judgement } from '../kernel/judgement.js';
import type { KernelRuleId } from '../kernel/rules.js';
import {
  DesignateRepresentative,
  DesignateTutor,
  FileEligibilityEvidence,
  RecordInsuranceCertificate,
  RecordRepublicanCommitment,
  RegisterOrganisation,
  ReplaceTutor,
} from './commands.js';
import { accreditationHandlers } from './decide-accreditation.js';
import { requireRegistered, requireRepresentative } from './designation.js';
import {
  EligibilityEvidenceFiled,
  InsuranceCertificateRecorded,
  OrganisationRegistered,
  RepresentativeDesignated,
  RepublicanCommitmentRecorded,
  TutorDesignated,
  TutorReplaced,
} from './events.js';
import { isRna, isSiren } from './identifiers.js';
import { isRepresentative } from './queries.js';
import type { OrganisationRuleId } from './rules.js';
import { everyMission, type OrganisationState, organisation } from './state.js';

type Ruling = Judgement<OrganisationRuleId | KernelRuleId>;

const own = {
  id: ({ organisationId }: { organisationId: string }) => organisationId,
  context: nothing,
  zone: ({ registered }: Readonly<OrganisationState>) => registered?.zone,
};

/** Every command on an organisation. */
export const organisationHandlers: readonly CommandHandler[] = [
  handle(RegisterOrganisation, organisation, {
    ...own,
    zone: (_state, _context, data) => data.zone,
    decide(state, { data }, _context, judgement: Ruling) {
      const { organisationId, ...details } = data;
      const { siren, rna } = details;
      if (siren !== undefined) {
        judgement.require('organisation.identifier-invalid', isSiren(siren), { identifier: 'SIREN', value: siren });
      }
      if (rna !== undefined) {
        judgement.require('organisation.identifier-invalid', isRna(rna), { identifier: 'RNA', value: rna });
      }
      const already = state.registered !== undefined && digestOf(state.registered) === digestOf(details);
      judgement.require('organisation.wrong-state', state.registered === undefined || already, {
        organisationId,
        status: state.registered === undefined ? 'none' : 'registered',
        expected: 'none',
      });
      return judgement.accept(() => (already ? [] : [OrganisationRegistered.of(details)]));
    },
  }),

  handle(DesignateRepresentative, organisation, {
    ...own,
    decide(state, { data: { organisationId, personId, role } }, _context, judgement: Ruling) {
      requireRegistered(judgement, state, organisationId);
      return judgement.accept(() =>
        isRepresentative(state, personId, role) ? [] : [RepresentativeDesignated.of({ personId, role })],
      );
    },
  }),

  handle(FileEligibilityEvidence, organisation, {
    ...own,
    decide(state, { data: { organisationId, ...filed }, meta }, _context, judgement: Ruling) {
      if (requireRegistered(judgement, state, organisationId)) {
        requireRepresentative(judgement, state, organisationId, meta.actor, 'host_representative');
      }
      const known = state.evidence[filed.docHash];
      const already = known !== undefined && digestOf(known) === digestOf(filed);
      return judgement.accept(() => (already ? [] : [EligibilityEvidenceFiled.of(filed)]));
    },
  }),

  handle(RecordRepublicanCommitment, organisation, {
    ...own,
    decide(state, { data: { organisationId, ...recorded }, meta }, _context, judgement: Ruling) {
      if (requireRegistered(judgement, state, organisationId)) {
        requireRepresentative(judgement, state, organisationId, meta.actor, 'host_representative');
      }
      const already = state.commitment !== undefined && state.commitment.docHash === recorded.docHash;
      return judgement.accept(() => (already ? [] : [RepublicanCommitmentRecorded.of(recorded)]));
    },
  }),

  handle(RecordInsuranceCertificate, organisation, {
    ...own,
    decide(state, { data: { organisationId, ...recorded }, meta }, _context, judgement: Ruling) {
      if (requireRegistered(judgement, state, organisationId)) {
        requireRepresentative(judgement, state, organisationId, meta.actor, 'host_representative');
      }
      const already = state.insurance !== undefined && digestOf(state.insurance) === digestOf(recorded);
      return judgement.accept(() => (already ? [] : [InsuranceCertificateRecorded.of(recorded)]));
    },
  }),

  handle(DesignateTutor, organisation, {
    ...own,
    decide(state, { data: { organisationId, ...tutor }, meta }, _context, judgement: Ruling) {
      if (requireRegistered(judgement, state, organisationId)) {
        requireRepresentative(judgement, state, organisationId, meta.actor, 'host_representative');
      }
      const already = entrusted(state, tutor.personId, tutor.missionId);
      return judgement.accept(() => (already ? [] : [TutorDesignated.of(tutor)]));
    },
  }),

  handle(ReplaceTutor, organisation, {
    ...own,
    decide(state, { data: { organisationId, ...change }, meta }, _context, judgement: Ruling) {
      const { personId, successorId, missionId } = change;
      if (!requireRegistered(judgement, state, organisationId)) return [];
      requireRepresentative(judgement, state, organisationId, meta.actor, 'host_representative');
      const tutor = entrusted(state, personId, missionId);
      const already = entrusted(state, successorId, missionId) && (personId === successorId || !tutor);
      judgement.require('organisation.wrong-state', tutor || already, {
        organisationId,
        personId,
        missionId: missionId ?? null,
        status: 'not their tutor',
        expected: 'their tutor',
      });
      return judgement.accept(() => (already ? [] : [TutorReplaced.of(change)]));
    },
  }),

  ...accreditationHandlers,
];

/** Designated in just this scope: a tutor of every mission may still be named for one. */
const entrusted = (state: Readonly<OrganisationState>, personId: string, missionId: string = everyMission): boolean =>
  state.tutors[personId]?.[missionId] === true;
