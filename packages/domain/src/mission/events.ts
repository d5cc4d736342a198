import * as z from 'zod';
import { defineEvent, type FactOf } from '../kernel/event.js';
import { AssignmentId, CampaignId, EmploymentId, OrganisationId, PersonId } from '../kernel/identifiers.js';
import { Rhythm } from '../time/rhythm.js';
import { Site } from '../time/site.js';

/** A skill by its name in the programme's vocabulary: what is asked for, and what is acquired. */
export const SkillName = z.string().min(1).max(80);

const Skills = z.array(SkillName).max(30);
const Activities = z.string().min(1).max(4000);
const Beneficiaries = z.string().min(1).max(400);

/** What a host asks for. `skilled` draws on professional skills; `general_support` is *main-d'œuvre*. */
export const MissionProposal = z.strictObject({
  hostId: OrganisationId,
  kind: z.enum(['skilled', 'general_support']),
  title: z.string().min(1).max(200),
  activities: Activities,
  skills: Skills,
  beneficiaries: Beneficiaries,
  rhythm: Rhythm,
  site: Site,
  seats: z.int().positive().max(10_000),
  campaignId: CampaignId.optional(),
});
export type MissionProposal = z.output<typeof MissionProposal>;

/** What an extension of a mission's scope sets anew; what it leaves out stays as it is. */
export const ScopeExtension = z.strictObject({
  activities: Activities.optional(),
  skills: Skills.optional(),
  beneficiaries: Beneficiaries.optional(),
  /** The agent whose own idea it was. */
  initiatedBy: PersonId.optional(),
});
export type ScopeExtension = z.output<typeof ScopeExtension>;

/** What became of the people a mission is for, as a count: they are never named. `kind`: `job-found`, … */
export const BeneficiaryOutcome = z.strictObject({
  outcomeId: z.uuidv7(),
  kind: z
    .string()
    .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'a code in lower case: job-found')
    .max(60),
  count: z.int().positive().max(1_000_000),
});

/** Something the mission leaves behind. */
export const Deliverable = z.strictObject({
  deliverableId: z.uuidv7(),
  title: z.string().min(1).max(200),
  docHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'SHA-256 in hex')
    .optional(),
});

/** Why a proposal was turned down. */
export const RejectionCause = z.enum(['outside_purpose', 'skills_not_useful', 'incomplete', 'other']);
/** Why a mission was called off. */
export const CancellationCause = z.enum(['host_request', 'no_candidate', 'accreditation_lost', 'other']);
/** How far objectives were met. */
export const Objectives = z.enum(['met', 'partly_met', 'not_met']);

/** A host asks for people. */
export const MissionProposed = defineEvent('MissionProposed', MissionProposal);
/** The officer attests that it is within the host's purpose, and whether it draws on an agent's skills. */
export const MissionApproved = defineEvent(
  'MissionApproved',
  z.strictObject({ withinPurpose: z.literal(true), skillsUseful: z.boolean() }),
);
/** The proposal was turned down. */
export const MissionRejected = defineEvent('MissionRejected', z.strictObject({ cause: RejectionCause }));
/** Agents can see it and apply. */
export const MissionPublished = defineEvent('MissionPublished', z.strictObject({}));
/** It is out of view again. */
export const MissionUnpublished = defineEvent('MissionUnpublished', z.strictObject({}));
/** A manager proposed it to one of their agents. */
export const MissionSuggestedToAgent = defineEvent(
  'MissionSuggestedToAgent',
  z.strictObject({ personId: PersonId, employmentId: EmploymentId }),
);
const held = z.strictObject({ assignmentId: AssignmentId });
/** A seat is free again. */
export const SeatReleased = defineEvent('SeatReleased', held);
/** One of the mission's seats is held for this assignment. */
export const SeatTaken = defineEvent('SeatTaken', held, [], SeatReleased.of);
/** The mission is about more than was proposed; what is left out stays as it was. */
export const MissionScopeExtended = defineEvent('MissionScopeExtended', ScopeExtension);
/** This person leads the work on the day. */
export const FacilitatorAssigned = defineEvent('FacilitatorAssigned', z.strictObject({ personId: PersonId }));
/** The work has begun. */
export const MissionStarted = defineEvent('MissionStarted', z.strictObject({}));
/** The work is done. */
export const MissionCompleted = defineEvent('MissionCompleted', z.strictObject({}));
/** The mission was called off. */
export const MissionCancelled = defineEvent('MissionCancelled', z.strictObject({ cause: CancellationCause }));
/** So many people were helped in such a way: a count, without names. */
export const BeneficiaryOutcomeRecorded = defineEvent('BeneficiaryOutcomeRecorded', BeneficiaryOutcome);
/** The mission left this behind. */
export const DeliverableRecorded = defineEvent('DeliverableRecorded', Deliverable);
/** The officer said whether the objectives were met. */
export const MissionReviewed = defineEvent('MissionReviewed', z.strictObject({ objectives: Objectives }));

/** Every type of event of a mission, by its name. */
export const missionEvents = {
  MissionProposed,
  MissionApproved,
  MissionRejected,
  MissionPublished,
  MissionUnpublished,
  MissionSuggestedToAgent,
  SeatTaken,
  SeatReleased,
  MissionScopeExtended,
  FacilitatorAssigned,
  MissionStarted,
  MissionCompleted,
  MissionCancelled,
  BeneficiaryOutcomeRecorded,
  DeliverableRecorded,
  MissionReviewed,
} as const;

/** Any fact of a mission. */
export type MissionFact = FactOf<typeof missionEvents>;
