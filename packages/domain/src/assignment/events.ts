import * as z from 'zod';
import { defineEvent, type FactOf } from '../kernel/event.js';
import { AssignmentId, ConventionId, EmploymentId, MissionId, PersonId } from '../kernel/identifiers.js';
import { personal } from '../kernel/personal.js';
import { SkillName } from '../mission/events.js';
import { WorkQuota } from '../time/quota.js';
import { LocalDate, Minutes } from '../time/types.js';

/**
 * By what right someone is on a mission: a convention (on working time); a leave from an employment (*congé de
 * citoyenneté*, unpaid); or volunteering (on one's own time, open to all, no hours).
 */
export const AssignmentTitle = z.union([
  z.strictObject({ convention: ConventionId }),
  z.strictObject({ leave: EmploymentId }),
  z.strictObject({ volunteering: z.literal(true) }),
]);
export type AssignmentTitle = z.output<typeof AssignmentTitle>;

/** What an assignment is. `employmentId` and `quota` are there under a convention; `employmentId` on leave. */
export const AssignmentTerms = z.strictObject({
  title: AssignmentTitle,
  missionId: MissionId,
  personId: PersonId,
  employmentId: EmploymentId.optional(),
  from: LocalDate,
  to: LocalDate,
  quota: WorkQuota.optional(),
  allottedMinutes: Minutes.optional(),
});
export type AssignmentTerms = z.output<typeof AssignmentTerms>;

/** Why an assignment ended; never an illness, a kind of leave or a sanction. */
export const EndCause = z.enum([
  'completed',
  'convention_ended',
  'consent_withdrawn',
  'employment_ended',
  'mission_cancelled',
  'agent_request',
  'host_request',
  'home_request',
  'other',
]);

/** How far a testimonial may go: within the administration, among the programme's parties, or in public. */
export const TestimonialScope = z.enum(['administration', 'programme', 'public']);

/** When in an assignment the agent is asked how it goes. */
export const PulsePhase = z.enum(['start', 'mid', 'end']);

/** Answers from 1 (not at all) to 5 (entirely), by the code of the question. */
export const PulseAnswers = z
  .array(
    z.strictObject({
      question: z
        .string()
        .regex(/^[a-z][a-z0-9-]*$/)
        .max(40),
      score: z.int().min(1).max(5),
    }),
  )
  .min(1)
  .max(20);

/** What someone learnt on a mission, in the tutor's words. */
export const AcquiredSkills = z.array(SkillName).min(1).max(30);

export const TestimonialText = z.string().min(1).max(4000);

/** SHA-256 in hex. */
export const CertificateHash = z.string().regex(/^[0-9a-f]{64}$/, 'SHA-256 in hex');

/** A period that a certificate covers; both ends are days in it. */
export const CertifiedPeriod = z
  .strictObject({ from: LocalDate, to: LocalDate })
  .refine(({ from, to }) => from <= to, 'from ≤ to');
export type CertifiedPeriod = z.output<typeof CertifiedPeriod>;

export const CertifiedPeriods = z.array(CertifiedPeriod).min(1).max(60);

const OrderNumber = z.string().min(1).max(60);

/** An *ordre de mission* for all or part of an assignment. */
export const MissionOrder = z.strictObject({ number: OrderNumber, from: LocalDate, to: LocalDate });
export type MissionOrder = z.output<typeof MissionOrder>;

export const ApplicationSubmitted = defineEvent(
  'ApplicationSubmitted',
  z.strictObject({ missionId: MissionId, personId: PersonId, employmentId: EmploymentId.optional() }),
);
export const ApplicationWithdrawn = defineEvent('ApplicationWithdrawn', z.strictObject({}));
export const ManagerApprovalGranted = defineEvent('ManagerApprovalGranted', z.strictObject({}));
export const ManagerApprovalRefused = defineEvent('ManagerApprovalRefused', z.strictObject({}));
export const HostAccepted = defineEvent('HostAccepted', z.strictObject({}));
export const HostDeclined = defineEvent('HostDeclined', z.strictObject({}));
export const AgentConsented = defineEvent('AgentConsented', z.strictObject({}));
export const AgentAssigned = defineEvent('AgentAssigned', AssignmentTerms);
export const MissionOrderIssued = defineEvent('MissionOrderIssued', MissionOrder);
export const OnboardingCompleted = defineEvent('OnboardingCompleted', z.strictObject({}));
/** `on` is the last day of the assignment. */
export const AssignmentEnded = defineEvent('AssignmentEnded', z.strictObject({ on: LocalDate, cause: EndCause }));
export const TestimonialOffered = defineEvent(
  'TestimonialOffered',
  z.strictObject({
    personId: PersonId,
    scope: TestimonialScope,
    text: personal(TestimonialText, 'personId'),
  }),
);
export const TestimonialConsentRevoked = defineEvent('TestimonialConsentRevoked', z.strictObject({}));
/** How someone feels about their work is theirs: personal, although it is no text. Reported in groups of 5 or more. */
export const PulseAnswered = defineEvent(
  'PulseAnswered',
  z.strictObject({ personId: PersonId, phase: PulsePhase, answers: personal(PulseAnswers, 'personId') }),
);
export const SkillsAcquired = defineEvent(
  'SkillsAcquired',
  z.strictObject({ personId: PersonId, skills: personal(AcquiredSkills, 'personId') }),
);
/** `hash` is the digest of `{ assignmentId, periods, minutes }`. */
export const ServiceCertificateIssued = defineEvent(
  'ServiceCertificateIssued',
  z.strictObject({ assignmentId: AssignmentId, periods: CertifiedPeriods, minutes: Minutes, hash: CertificateHash }),
);
export const ServiceCertificateSuperseded = defineEvent(
  'ServiceCertificateSuperseded',
  z.strictObject({ hash: CertificateHash }),
);

export const assignmentEvents = {
  ApplicationSubmitted,
  ApplicationWithdrawn,
  ManagerApprovalGranted,
  ManagerApprovalRefused,
  HostAccepted,
  HostDeclined,
  AgentConsented,
  AgentAssigned,
  MissionOrderIssued,
  OnboardingCompleted,
  AssignmentEnded,
  TestimonialOffered,
  TestimonialConsentRevoked,
  PulseAnswered,
  SkillsAcquired,
  ServiceCertificateIssued,
  ServiceCertificateSuperseded,
} as const;

/** Any fact of an assignment. */
export type AssignmentFact = FactOf<typeof assignmentEvents>;
