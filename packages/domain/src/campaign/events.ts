import * as z from 'zod';
import { defineEvent, type FactOf } from '../kernel/event.js';
import { AssignmentId, MissionId, OrganisationId, PersonId } from '../kernel/identifiers.js';
import { LocalDate, Zone } from '../time/types.js';

/** An international week that campaigns may be part of. */
export const Occasion = z.enum(['pro_bono_week']);

/** One region, one cause, one day. */
export const CampaignDetails = z.strictObject({
  /** By the official geographic code (COG, INSEE): 11 is Île-de-France; overseas collectivities have three digits. */
  region: z.string().regex(/^(\d{2}|97[578]|98[678])$/, 'the INSEE code of a region: 11'),
  cause: z.string().min(1).max(200),
  on: LocalDate,
  /** The clock of the region. */
  zone: Zone,
  occasion: Occasion.optional(),
});
export type CampaignDetails = z.output<typeof CampaignDetails>;

/** Without cancelled missions. `hosts`: organisations with a mission in the campaign; `placed`: volunteers who have one. */
export const CampaignTotals = z.strictObject({
  missions: z.int().nonnegative(),
  hosts: z.int().nonnegative(),
  volunteers: z.int().nonnegative(),
  placed: z.int().nonnegative(),
});
export type CampaignTotals = z.output<typeof CampaignTotals>;

/** A campaign is announced: from now on missions join it and volunteers enrol. */
export const CampaignOpened = defineEvent('CampaignOpened', CampaignDetails);
/** A mission takes place in the campaign; its host is named for the totals. */
export const MissionJoinedCampaign = defineEvent(
  'MissionJoinedCampaign',
  z.strictObject({ missionId: MissionId, hostId: OrganisationId }),
);
/**
 * Someone takes part, on their own time. With a mission comes `assignmentId`: under this id a seat of the mission is
 * held for them, and they may be assigned under it later.
 */
export const VolunteerEnrolled = defineEvent(
  'VolunteerEnrolled',
  z.strictObject({ personId: PersonId, missionId: MissionId.optional(), assignmentId: AssignmentId.optional() }),
);
/** Someone does not take part after all; no reason is asked for. */
export const EnrolmentWithdrawn = defineEvent('EnrolmentWithdrawn', z.strictObject({ personId: PersonId }));
/** The campaign is over, or called off; its totals stand. */
export const CampaignClosed = defineEvent('CampaignClosed', z.strictObject({ totals: CampaignTotals }));

/** Every type of event of a campaign, by its name. */
export const campaignEvents = {
  CampaignOpened,
  MissionJoinedCampaign,
  VolunteerEnrolled,
  EnrolmentWithdrawn,
  CampaignClosed,
} as const;

/** Any fact of a campaign. */
export type CampaignFact = FactOf<typeof campaignEvents>;
