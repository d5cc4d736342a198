import * as z from 'zod';

/** A UUIDv7 (RFC 9562) that stands for one thing of kind `B`: opaque, so that nothing personal hides in it. */
const identifier = <B extends string>() => z.uuidv7().brand<B>();

/** Whoever is known to the programme: agent, manager, tutor, representative, volunteer. */
export const PersonId = identifier<'PersonId'>();
/** One employment of a person; several may run at once. */
export const EmploymentId = identifier<'EmploymentId'>();
/** An administration, an association, any body. */
export const OrganisationId = identifier<'OrganisationId'>();
/** A convention between a home administration and a host. */
export const ConventionId = identifier<'ConventionId'>();
/** What a host asks for. */
export const MissionId = identifier<'MissionId'>();
/** One person on one mission, from the application on. */
export const AssignmentId = identifier<'AssignmentId'>();
/** Sessions that were planned together. */
export const SeriesId = identifier<'SeriesId'>();
/** One session of an assignment; it stays the same when the session moves. */
export const SessionId = identifier<'SessionId'>();
/** One entry of hours of a person. */
export const EntryId = identifier<'EntryId'>();
/** A review of a convention. */
export const ReviewId = identifier<'ReviewId'>();
/** A day of pro bono in a region, for a cause. */
export const CampaignId = identifier<'CampaignId'>();
/** A partnership of organisations. */
export const PartnershipId = identifier<'PartnershipId'>();
/** One gift within a partnership. */
export const ContributionId = identifier<'ContributionId'>();
/** A *mobilité formatrice*: pairs of assignments. */
export const ExchangeId = identifier<'ExchangeId'>();
/** An experiment with its checklist. */
export const ProgrammeId = identifier<'ProgrammeId'>();
/** Help that an administration got once. */
export const SupportId = identifier<'SupportId'>();

export type PersonId = z.output<typeof PersonId>;
export type EmploymentId = z.output<typeof EmploymentId>;
export type OrganisationId = z.output<typeof OrganisationId>;
export type ConventionId = z.output<typeof ConventionId>;
export type MissionId = z.output<typeof MissionId>;
export type AssignmentId = z.output<typeof AssignmentId>;
export type SeriesId = z.output<typeof SeriesId>;
export type SessionId = z.output<typeof SessionId>;
export type EntryId = z.output<typeof EntryId>;
export type ReviewId = z.output<typeof ReviewId>;
export type CampaignId = z.output<typeof CampaignId>;
export type PartnershipId = z.output<typeof PartnershipId>;
export type ContributionId = z.output<typeof ContributionId>;
export type ExchangeId = z.output<typeof ExchangeId>;
export type ProgrammeId = z.output<typeof ProgrammeId>;
export type SupportId = z.output<typeof SupportId>;
