import * as z from 'zod';

/** A UUIDv7 (RFC 9562) that stands for one thing of kind `B`: opaque, so that nothing personal hides in it. */
const identifier = <B extends string>() => z.uuidv7().brand<B>();

export const PersonId = identifier<'PersonId'>();
export const EmploymentId = identifier<'EmploymentId'>();
export const OrganisationId = identifier<'OrganisationId'>();
export const ConventionId = identifier<'ConventionId'>();
export const MissionId = identifier<'MissionId'>();
export const AssignmentId = identifier<'AssignmentId'>();
export const SeriesId = identifier<'SeriesId'>();
export const SessionId = identifier<'SessionId'>();
export const EntryId = identifier<'EntryId'>();
export const ReviewId = identifier<'ReviewId'>();
export const CampaignId = identifier<'CampaignId'>();
export const PartnershipId = identifier<'PartnershipId'>();
export const ContributionId = identifier<'ContributionId'>();
export const ExchangeId = identifier<'ExchangeId'>();
export const ProgrammeId = identifier<'ProgrammeId'>();
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
