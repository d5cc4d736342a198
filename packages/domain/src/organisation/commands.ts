import * as z from 'zod';
import { defineCommand } from '../kernel/command.js';
import { MissionId, OrganisationId, PersonId } from '../kernel/identifiers.js';
import { LocalDate } from '../time/types.js';
import { DocumentHash, evidence, organisationDetails, RepresentativeRole } from './events.js';

const subject = z.strictObject({ organisationId: OrganisationId });
const byAdministration = subject.extend({ administrationId: OrganisationId });

export const RegisterOrganisation = defineCommand(
  'RegisterOrganisation',
  ['programme_officer'],
  subject.extend(organisationDetails.shape),
);

export const DesignateRepresentative = defineCommand(
  'DesignateRepresentative',
  ['programme_officer'],
  subject.extend({ personId: PersonId, role: RepresentativeRole }),
);

export const FileEligibilityEvidence = defineCommand(
  'FileEligibilityEvidence',
  ['host_representative'],
  subject.extend(evidence.shape),
);

export const RecordRepublicanCommitment = defineCommand(
  'RecordRepublicanCommitment',
  ['host_representative'],
  subject.extend({ docHash: DocumentHash.optional() }),
);

export const RecordInsuranceCertificate = defineCommand(
  'RecordInsuranceCertificate',
  ['host_representative'],
  subject.extend({ until: LocalDate, docHash: DocumentHash.optional() }),
);

export const AccreditHost = defineCommand(
  'AccreditHost',
  ['programme_officer'],
  byAdministration.extend({ until: LocalDate }),
);
export const RefuseAccreditation = defineCommand('RefuseAccreditation', ['programme_officer'], byAdministration);
export const SuspendAccreditation = defineCommand('SuspendAccreditation', ['programme_officer'], byAdministration);
export const ReinstateAccreditation = defineCommand('ReinstateAccreditation', ['programme_officer'], byAdministration);
export const WithdrawAccreditation = defineCommand('WithdrawAccreditation', ['programme_officer'], byAdministration);
export const LapseAccreditation = defineCommand('LapseAccreditation', ['system'], byAdministration);

export const DesignateTutor = defineCommand(
  'DesignateTutor',
  ['host_representative', 'programme_officer'],
  subject.extend({ personId: PersonId, missionId: MissionId.optional() }),
);

export const ReplaceTutor = defineCommand(
  'ReplaceTutor',
  ['host_representative', 'programme_officer'],
  subject.extend({ personId: PersonId, successorId: PersonId, missionId: MissionId.optional() }),
);
