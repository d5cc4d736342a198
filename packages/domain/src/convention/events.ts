import * as z from 'zod';
import { defineEvent, type FactOf } from '../kernel/event.js';
import { AssignmentId, PersonId, ReviewId } from '../kernel/identifiers.js';
import { personal } from '../kernel/personal.js';
import { LocalDate, Minutes } from '../time/types.js';
import { AmendmentDelta, ConventionTerms, DocHash, Party, RequiredSteps } from './terms.js';

const version = z.int().positive();

/** Who is asked to sign for which party. */
export const Signatory = z.strictObject({ party: Party, personId: PersonId });
export type Signatory = z.output<typeof Signatory>;

const frozen = { docHash: DocHash, signatories: z.array(Signatory).min(1).max(20), required: RequiredSteps };

/** A joint waiver of the notice: one representative of each party, and the document that both signed. */
export const NoticeWaiver = z.strictObject({ home: PersonId, host: PersonId, docHash: DocHash });
export type NoticeWaiver = z.output<typeof NoticeWaiver>;

export const ConventionDrafted = defineEvent('ConventionDrafted', z.strictObject({ version, terms: ConventionTerms }));
export const ConventionRevised = defineEvent('ConventionRevised', z.strictObject({ version, terms: ConventionTerms }));
/** Freezes the text. */
export const ConventionSubmitted = defineEvent('ConventionSubmitted', z.strictObject({ version, ...frozen }));
export const ConventionCommunicatedToAgent = defineEvent(
  'ConventionCommunicatedToAgent',
  z.strictObject({ personId: PersonId, version }),
);
export const AgentConsentGiven = defineEvent('AgentConsentGiven', z.strictObject({ personId: PersonId, version }));
/** `inForce`: the convention was in force for the agent, so that it ends by the notice that comes with this fact. */
export const AgentConsentWithdrawn = defineEvent(
  'AgentConsentWithdrawn',
  z.strictObject({ personId: PersonId, version, inForce: z.boolean() }),
);
export const CompatibilityOutcome = z.enum(['favourable', 'favourable_with_reservations', 'unfavourable']);
export type CompatibilityOutcome = z.output<typeof CompatibilityOutcome>;
export const CompatibilityAssessed = defineEvent(
  'CompatibilityAssessed',
  z.strictObject({
    personId: PersonId,
    version,
    outcome: CompatibilityOutcome,
    reservations: personal(z.string().min(1).max(4000), 'personId').optional(),
  }),
);
export const AssemblyInformed = defineEvent('AssemblyInformed', z.strictObject({ on: LocalDate }));
export const SignatureMethod = z.enum(['paper', 'electronic']);
export const ConventionSignedByParty = defineEvent(
  'ConventionSignedByParty',
  z.strictObject({
    party: Party,
    /** The office held, such as `directeur régional`; never a name. */
    capacity: z.string().min(1).max(120),
    /** Reference of the delegation of signature. */
    delegation: z.string().min(1).max(120).optional(),
    version,
    docHash: DocHash,
    method: SignatureMethod,
  }),
);
/** The reason, if any, is in the envelope. A first text goes back to draft; an amendment is dropped. */
export const SignatureDeclined = defineEvent('SignatureDeclined', z.strictObject({ party: Party, version }));
export const ConventionSigned = defineEvent('ConventionSigned', z.strictObject({ version }));
export const SecondmentOrderIssued = defineEvent(
  'SecondmentOrderIssued',
  z.strictObject({ personId: PersonId, number: z.string().min(1).max(60), from: LocalDate, to: LocalDate }),
);
/** The clerk's note of what the dates already say. */
export const ConventionEnteredIntoForce = defineEvent(
  'ConventionEnteredIntoForce',
  z.strictObject({ personId: PersonId, on: LocalDate }),
);
/** Freezes the amended text, as submission does the first one. */
export const AmendmentProposed = defineEvent(
  'AmendmentProposed',
  z.strictObject({ version, delta: AmendmentDelta, effectiveFrom: LocalDate, ...frozen }),
);
export const ConventionAmended = defineEvent(
  'ConventionAmended',
  z.strictObject({ version, effectiveFrom: LocalDate }),
);
/** With `ConventionAmended` when it moves the end; months of agent × host in all, the longest among the agents. */
export const ConventionRenewed = defineEvent(
  'ConventionRenewed',
  z.strictObject({ to: LocalDate, cumulativeMonths: z.int().positive() }),
);
const allotment = z.strictObject({ assignmentId: AssignmentId, personId: PersonId, minutes: Minutes.min(1) });
/** Gives back minutes of an allotment that were not declared. */
export const AllotmentReleased = defineEvent('AllotmentReleased', allotment);
/** Takes minutes from the pool for an assignment; written by the decision that assigns. */
export const HoursAllotted = defineEvent('HoursAllotted', allotment, [], AllotmentReleased.of);
/** Both ends are suspended days; without `to`, until resumed. The end of the convention does not move. */
export const ConventionSuspended = defineEvent(
  'ConventionSuspended',
  z.strictObject({ from: LocalDate, to: LocalDate.optional() }),
);
/** `on` is the first day in force again. */
export const ConventionResumed = defineEvent('ConventionResumed', z.strictObject({ on: LocalDate }));
/** For one agent, or for all without `personId`; `endsOn` is the last day in force. */
export const TerminationNoticeGiven = defineEvent(
  'TerminationNoticeGiven',
  z.strictObject({
    by: z.enum(['home', 'host', 'agent']),
    personId: PersonId.optional(),
    givenOn: LocalDate,
    endsOn: LocalDate,
    noticeWaivedBy: NoticeWaiver.optional(),
  }),
);
export const TerminationNoticeWithdrawn = defineEvent(
  'TerminationNoticeWithdrawn',
  z.strictObject({ personId: PersonId.optional() }),
);
/** The clerk's note that a notice has run out; `on` is the last day in force. */
export const ConventionTerminated = defineEvent(
  'ConventionTerminated',
  z.strictObject({ personId: PersonId.optional(), on: LocalDate }),
);
/** The clerk's note that the last day has passed. */
export const ConventionExpired = defineEvent('ConventionExpired', z.strictObject({ on: LocalDate }));
export const ConventionClosed = defineEvent(
  'ConventionClosed',
  z.strictObject({
    reviewId: ReviewId.optional(),
    /** Validated hours, per agent. */
    totals: z
      .array(z.strictObject({ personId: PersonId, entries: z.int().nonnegative(), minutes: z.int().nonnegative() }))
      .max(2000),
  }),
);

/** Every type of event of a convention, by its name. */
export const conventionEvents = {
  ConventionDrafted,
  ConventionRevised,
  ConventionSubmitted,
  ConventionCommunicatedToAgent,
  AgentConsentGiven,
  AgentConsentWithdrawn,
  CompatibilityAssessed,
  AssemblyInformed,
  ConventionSignedByParty,
  SignatureDeclined,
  ConventionSigned,
  SecondmentOrderIssued,
  ConventionEnteredIntoForce,
  AmendmentProposed,
  ConventionAmended,
  ConventionRenewed,
  HoursAllotted,
  AllotmentReleased,
  ConventionSuspended,
  ConventionResumed,
  TerminationNoticeGiven,
  TerminationNoticeWithdrawn,
  ConventionTerminated,
  ConventionExpired,
  ConventionClosed,
} as const;

/** Any fact of a convention. */
export type ConventionFact = FactOf<typeof conventionEvents>;
