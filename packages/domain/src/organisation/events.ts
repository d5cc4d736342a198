import * as z from 'zod';
import { defineEvent, type FactOf } from '../kernel/event.js';
import { MissionId, OrganisationId, PersonId } from '../kernel/identifiers.js';
import { HolidayCalendar } from '../time/site.js';
import { LocalDate, Zone } from '../time/types.js';

/** What an organisation is in law; frameworks say which kinds may lend and which may host. */
export const OrganisationKind = z.enum([
  'state',
  'region',
  'departement',
  'epci',
  'commune',
  'hospital',
  'public_body',
  'association',
  'foundation',
  'company_foundation',
]);
export type OrganisationKind = z.output<typeof OrganisationKind>;

/** In what capacity a person stands for an organisation. */
export const RepresentativeRole = z.enum([
  'host_representative',
  'home_representative',
  'hr',
  'authority',
  'ethics_officer',
]);
export type RepresentativeRole = z.output<typeof RepresentativeRole>;

/** SHA-256, in hex, of a document that is kept elsewhere. */
export const DocumentHash = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hex');

/** What is registered of an organisation; the identifiers' form is judged by a rule, so that a refusal says which. */
export const organisationDetails = z.strictObject({
  /** Public name; of a legal person, so not personal. */
  name: z.string().min(1).max(200).optional(),
  kind: OrganisationKind,
  /** Whether an EPCI levies taxes of its own. */
  ownTaxation: z.boolean().optional(),
  /** Whether an association or a foundation is recognised as of public utility. */
  publicUtility: z.boolean().optional(),
  siren: z.string().min(1).max(20).optional(),
  rna: z.string().min(1).max(20).optional(),
  inhabitants: z.int().nonnegative().max(100_000_000).optional(),
  /** The day an association was declared. */
  declaredOn: LocalDate.optional(),
  /** Its purpose by its statutes. */
  purpose: z.string().min(1).max(2000),
  parentId: OrganisationId.optional(),
  zone: Zone,
  holidayCalendar: HolidayCalendar,
});

/** A public or private body is known to the programme. */
export const OrganisationRegistered = defineEvent('OrganisationRegistered', organisationDetails);

/** A person stands for the organisation in this capacity. */
export const RepresentativeDesignated = defineEvent(
  'RepresentativeDesignated',
  z.strictObject({ personId: PersonId, role: RepresentativeRole }),
);

/** What is filed to show that a host may be accredited. */
export const evidence = z.strictObject({
  /** The category of article 238 bis of the tax code that the host claims. */
  category238bis: z.string().min(1).max(120).optional(),
  docHash: DocumentHash,
});

/**
 * A document shows that the host may be accredited; it opens its review. Version 1 was the whole file, in which the
 * republican commitment could lie as well: a fact of its own today.
 */
export const EligibilityEvidenceFiled = defineEvent('EligibilityEvidenceFiled', evidence, [
  {
    schema: evidence.extend({ commitmentDocHash: DocumentHash.optional() }),
    upcast: ({ commitmentDocHash: docHash, ...filed }) => [
      { type: 'EligibilityEvidenceFiled', version: 2, data: filed },
      ...(docHash === undefined ? [] : [{ type: 'RepublicanCommitmentRecorded', version: 1, data: { docHash } }]),
    ],
  },
]);

/** The host subscribed to the republican commitment, from the day it is effective on. */
export const RepublicanCommitmentRecorded = defineEvent(
  'RepublicanCommitmentRecorded',
  z.strictObject({ docHash: DocumentHash.optional() }),
);

/** The host is insured; `until` is the last day covered. */
export const InsuranceCertificateRecorded = defineEvent(
  'InsuranceCertificateRecorded',
  z.strictObject({ until: LocalDate, docHash: DocumentHash.optional() }),
);

const byAdministration = z.strictObject({ administrationId: OrganisationId });

/** `until` is the last day of the accreditation. */
export const HostAccredited = defineEvent('HostAccredited', byAdministration.extend({ until: LocalDate }));
/** This administration does not accredit the host. */
export const AccreditationRefused = defineEvent('AccreditationRefused', byAdministration);
/** The accreditation does not hold from the day it is effective on. */
export const AccreditationSuspended = defineEvent('AccreditationSuspended', byAdministration);
/** The suspended accreditation holds again; its last day is what it was. */
export const AccreditationReinstated = defineEvent('AccreditationReinstated', byAdministration);
/** The accreditation is over from the day it is effective on. */
export const AccreditationWithdrawn = defineEvent('AccreditationWithdrawn', byAdministration);
/** The accreditation has passed its last day: a record, since it lapses by its date. */
export const AccreditationLapsed = defineEvent('AccreditationLapsed', byAdministration);

/** A tutor of one mission, or of every mission of the host when none is named. */
export const TutorDesignated = defineEvent(
  'TutorDesignated',
  z.strictObject({ personId: PersonId, missionId: MissionId.optional() }),
);

/** `successorId` is tutor in the place of `personId`, in the same scope. */
export const TutorReplaced = defineEvent(
  'TutorReplaced',
  z.strictObject({ personId: PersonId, successorId: PersonId, missionId: MissionId.optional() }),
);

/** Every type of event of an organisation, by its name. */
export const organisationEvents = {
  OrganisationRegistered,
  RepresentativeDesignated,
  EligibilityEvidenceFiled,
  RepublicanCommitmentRecorded,
  InsuranceCertificateRecorded,
  HostAccredited,
  AccreditationRefused,
  AccreditationSuspended,
  AccreditationReinstated,
  AccreditationWithdrawn,
  AccreditationLapsed,
  TutorDesignated,
  TutorReplaced,
} as const;
/** Any fact of an organisation. */
export type OrganisationFact = FactOf<typeof organisationEvents>;
