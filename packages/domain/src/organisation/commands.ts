import * as z from 'zod';
import { defineCommand } from '../kernel/command.js';
import { MissionId, OrganisationId, PersonId } from '../kernel/identifiers.js';
import { LocalDate } from '../time/types.js';
import { DocumentHash, evidence, organisationDetails, RepresentativeRole } from './events.js';

const subject = z.strictObject({ organisationId: OrganisationId });
const byAdministration = subject.extend({ administrationId: OrganisationId });

/** Registers a public or private body. */
export const RegisterOrganisation = defineCommand(
  'RegisterOrganisation',
  ['programme_officer'],
  subject.extend(organisationDetails.shape),
);

/** Says in what capacity a person stands for an organisation. */
export const DesignateRepresentative = defineCommand(
  'DesignateRepresentative',
  ['programme_officer'],
  subject.extend({ personId: PersonId, role: RepresentativeRole }),
);

/** Files a document that shows the host may be accredited; the document itself is kept elsewhere. */
export const FileEligibilityEvidence = defineCommand(
  'FileEligibilityEvidence',
  ['host_representative'],
  subject.extend(evidence.shape),
);

/** Records that the host subscribed to the republican commitment (*contrat d'engagement républicain*). */
export const RecordRepublicanCommitment = defineCommand(
  'RecordRepublicanCommitment',
  ['host_representative'],
  subject.extend({ docHash: DocumentHash.optional() }),
);

/** Records until when the host is insured; the certificate recorded last counts. */
export const RecordInsuranceCertificate = defineCommand(
  'RecordInsuranceCertificate',
  ['host_representative'],
  subject.extend({ until: LocalDate, docHash: DocumentHash.optional() }),
);

/** Accredits a host for one administration, until a last day. To renew ahead: effective on the day after that one. */
export const AccreditHost = defineCommand(
  'AccreditHost',
  ['programme_officer'],
  byAdministration.extend({ until: LocalDate }),
);
/** Refuses to accredit a host for one administration. */
export const RefuseAccreditation = defineCommand('RefuseAccreditation', ['programme_officer'], byAdministration);
/** Suspends an accreditation, and with it a renewal that was decided ahead. */
export const SuspendAccreditation = defineCommand('SuspendAccreditation', ['programme_officer'], byAdministration);
/** Ends a suspension; the last day stays what it was. */
export const ReinstateAccreditation = defineCommand('ReinstateAccreditation', ['programme_officer'], byAdministration);
/** Withdraws an accreditation for good; the host may be accredited anew. */
export const WithdrawAccreditation = defineCommand('WithdrawAccreditation', ['programme_officer'], byAdministration);
/** Records that an accreditation has lapsed; it lapses by its date all the same. */
export const LapseAccreditation = defineCommand('LapseAccreditation', ['system'], byAdministration);

/** Designates a tutor of one mission, or of every mission of the host. */
export const DesignateTutor = defineCommand(
  'DesignateTutor',
  ['host_representative', 'programme_officer'],
  subject.extend({ personId: PersonId, missionId: MissionId.optional() }),
);

/** Puts another tutor in the place of one, in the same scope. */
export const ReplaceTutor = defineCommand(
  'ReplaceTutor',
  ['host_representative', 'programme_officer'],
  subject.extend({ personId: PersonId, successorId: PersonId, missionId: MissionId.optional() }),
);
