import * as z from 'zod';
import { defineCommand } from '../kernel/command.js';
import { AssignmentId, ConventionId, PersonId, ReviewId } from '../kernel/identifiers.js';
import { LocalDate } from '../time/types.js';
import { CompatibilityOutcome, NoticeWaiver, Signatory, SignatureMethod } from './events.js';
import { AmendmentDelta, DocHash, Party, termsShape } from './terms.js';

const conventionId = ConventionId;
const personId = PersonId;
const version = z.int().positive();

/** The terms as they are proposed; the newest version of the framework is written in by the decision. */
export const ProposedTerms = z
  .strictObject(termsShape)
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'the last day is not before the first' });
export type ProposedTerms = z.output<typeof ProposedTerms>;

const signatories = z.array(Signatory).min(1).max(20);

/** The officer writes a first text; it may lack anything that its submission will ask for. */
export const DraftConvention = defineCommand(
  'DraftConvention',
  ['programme_officer'],
  z.strictObject({ conventionId, terms: ProposedTerms }),
);
/**
 * The officer puts other terms in the place of those of a text that is not signed by all; signatures, consents and
 * compatibility of the old one are void.
 */
export const ReviseConvention = defineCommand(
  'ReviseConvention',
  ['programme_officer'],
  z.strictObject({ conventionId, terms: ProposedTerms }),
);
/** The officer freezes the text under its document's hash and names who is to sign it; judged in full here. */
export const SubmitConvention = defineCommand(
  'SubmitConvention',
  ['programme_officer'],
  z.strictObject({ conventionId, docHash: DocHash, signatories }),
);
/** The officer gives the frozen text to an agent whom it lends. */
export const CommunicateConventionToAgent = defineCommand(
  'CommunicateConventionToAgent',
  ['programme_officer'],
  z.strictObject({ conventionId, personId, version }),
);
/** The agent consents, in person, to this version; the agent is no signatory. */
export const GiveAgentConsent = defineCommand(
  'GiveAgentConsent',
  ['agent'],
  z.strictObject({ conventionId, personId, version }),
);
/** The agent goes back on it; after entry into force, this is a notice for that agent alone. */
export const WithdrawAgentConsent = defineCommand(
  'WithdrawAgentConsent',
  ['agent'],
  z.strictObject({ conventionId, personId, version }),
);
/**
 * The authority or the ethics officer says whether the mission goes with the agent's functions of the last three years;
 * `reservations` are personal.
 */
export const AssessCompatibility = defineCommand(
  'AssessCompatibility',
  ['authority', 'ethics_officer'],
  z.strictObject({
    conventionId,
    personId,
    version,
    outcome: CompatibilityOutcome,
    reservations: z.string().min(1).max(4000).optional(),
  }),
);
/** Notes the day on which a territorial body's assembly was told of the convention. */
export const InformAssembly = defineCommand(
  'InformAssembly',
  ['home_representative', 'authority'],
  z.strictObject({ conventionId, on: LocalDate }),
);
/** A party's representative signs this version, in a capacity or by a delegation. */
export const SignConvention = defineCommand(
  'SignConvention',
  ['home_representative', 'host_representative'],
  z.strictObject({
    conventionId,
    party: Party,
    capacity: z.string().min(1).max(120),
    delegation: z.string().min(1).max(120).optional(),
    version,
    docHash: DocHash,
    method: SignatureMethod,
  }),
);
/** A party's representative will not sign this version. */
export const DeclineSignature = defineCommand(
  'DeclineSignature',
  ['home_representative', 'host_representative'],
  z.strictObject({ conventionId, party: Party, version }),
);
/** The authority orders the secondment (*arrêté de mise à disposition*) of one agent, within the text's days. */
export const IssueSecondmentOrder = defineCommand(
  'IssueSecondmentOrder',
  ['authority'],
  z
    .strictObject({ conventionId, personId, number: z.string().min(1).max(60), from: LocalDate, to: LocalDate })
    .refine(({ from, to }) => from <= to, { path: ['to'], message: 'the last day is not before the first' }),
);
/** Notes that the convention has come into force for an agent; it is computed from dates and waits for no note. */
export const EnterConventionIntoForce = defineCommand(
  'EnterConventionIntoForce',
  ['system'],
  z.strictObject({ conventionId, personId, on: LocalDate }),
);
/** The officer proposes a change of the terms from a day on; judged, told, consented to and signed as the text was. */
export const ProposeAmendment = defineCommand(
  'ProposeAmendment',
  ['programme_officer'],
  z.strictObject({ conventionId, delta: AmendmentDelta, effectiveFrom: LocalDate, docHash: DocHash, signatories }),
);
/** Gives back to the pool what an assignment was allotted and has not declared. */
export const ReleaseAllotment = defineCommand(
  'ReleaseAllotment',
  ['programme_officer', 'system'],
  z.strictObject({ conventionId, assignmentId: AssignmentId }),
);
/** A party stops the convention from a day on, to a last day or until it is resumed; its end does not move. */
export const SuspendConvention = defineCommand(
  'SuspendConvention',
  ['home_representative', 'host_representative'],
  z.strictObject({ conventionId, from: LocalDate, to: LocalDate.optional() }),
);
/** By `system`: only to note that a suspension with a last day is over. */
export const ResumeConvention = defineCommand(
  'ResumeConvention',
  ['home_representative', 'host_representative', 'system'],
  z.strictObject({ conventionId, on: LocalDate }),
);
/** Given on the day the command is effective on. */
export const GiveTerminationNotice = defineCommand(
  'GiveTerminationNotice',
  ['home_representative', 'host_representative'],
  z.strictObject({
    conventionId,
    personId: personId.optional(),
    endsOn: LocalDate,
    noticeWaivedBy: NoticeWaiver.optional(),
  }),
);
/** Who gave a notice takes it back, before it has run out. */
export const WithdrawTerminationNotice = defineCommand(
  'WithdrawTerminationNotice',
  ['home_representative', 'host_representative', 'agent'],
  z.strictObject({ conventionId, personId: personId.optional() }),
);
/** Notes that a notice has run out; `on` is the last day in force. */
export const TerminateConvention = defineCommand(
  'TerminateConvention',
  ['system'],
  z.strictObject({ conventionId, personId: personId.optional(), on: LocalDate }),
);
/** Notes that the last day of the convention is over; `on` is that day. */
export const ExpireConvention = defineCommand(
  'ExpireConvention',
  ['system'],
  z.strictObject({ conventionId, on: LocalDate }),
);
/**
 * The officer closes what has ended, once every hour is settled and the final review is there, where one is required.
 */
export const CloseConvention = defineCommand(
  'CloseConvention',
  ['programme_officer'],
  z.strictObject({ conventionId, reviewId: ReviewId.optional() }),
);
