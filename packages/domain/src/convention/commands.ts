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

export const DraftConvention = defineCommand(
  'DraftConvention',
  ['programme_officer'],
  z.strictObject({ conventionId, terms: ProposedTerms }),
);
export const ReviseConvention = defineCommand(
  'ReviseConvention',
  ['programme_officer'],
  z.strictObject({ conventionId, terms: ProposedTerms }),
);
export const SubmitConvention = defineCommand(
  'SubmitConvention',
  ['programme_officer'],
  z.strictObject({ conventionId, docHash: DocHash, signatories }),
);
export const CommunicateConventionToAgent = defineCommand(
  'CommunicateConventionToAgent',
  ['programme_officer'],
  z.strictObject({ conventionId, personId, version }),
);
export const GiveAgentConsent = defineCommand(
  'GiveAgentConsent',
  ['agent'],
  z.strictObject({ conventionId, personId, version }),
);
export const WithdrawAgentConsent = defineCommand(
  'WithdrawAgentConsent',
  ['agent'],
  z.strictObject({ conventionId, personId, version }),
);
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
export const InformAssembly = defineCommand(
  'InformAssembly',
  ['home_representative', 'authority'],
  z.strictObject({ conventionId, on: LocalDate }),
);
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
export const DeclineSignature = defineCommand(
  'DeclineSignature',
  ['home_representative', 'host_representative'],
  z.strictObject({ conventionId, party: Party, version }),
);
export const IssueSecondmentOrder = defineCommand(
  'IssueSecondmentOrder',
  ['authority'],
  z
    .strictObject({ conventionId, personId, number: z.string().min(1).max(60), from: LocalDate, to: LocalDate })
    .refine(({ from, to }) => from <= to, { path: ['to'], message: 'the last day is not before the first' }),
);
export const EnterConventionIntoForce = defineCommand(
  'EnterConventionIntoForce',
  ['system'],
  z.strictObject({ conventionId, personId, on: LocalDate }),
);
export const ProposeAmendment = defineCommand(
  'ProposeAmendment',
  ['programme_officer'],
  z.strictObject({ conventionId, delta: AmendmentDelta, effectiveFrom: LocalDate, docHash: DocHash, signatories }),
);
export const ReleaseAllotment = defineCommand(
  'ReleaseAllotment',
  ['programme_officer', 'system'],
  z.strictObject({ conventionId, assignmentId: AssignmentId }),
);
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
export const WithdrawTerminationNotice = defineCommand(
  'WithdrawTerminationNotice',
  ['home_representative', 'host_representative', 'agent'],
  z.strictObject({ conventionId, personId: personId.optional() }),
);
export const TerminateConvention = defineCommand(
  'TerminateConvention',
  ['system'],
  z.strictObject({ conventionId, personId: personId.optional(), on: LocalDate }),
);
export const ExpireConvention = defineCommand(
  'ExpireConvention',
  ['system'],
  z.strictObject({ conventionId, on: LocalDate }),
);
export const CloseConvention = defineCommand(
  'CloseConvention',
  ['programme_officer'],
  z.strictObject({ conventionId, reviewId: ReviewId.optional() }),
);
