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

/** What an agent tells, in their own words. */
export const TestimonialText = z.string().min(1).max(4000);

/** SHA-256 in hex. */
export const CertificateHash = z.string().regex(/^[0-9a-f]{64}$/, 'SHA-256 in hex');

/** A period that a certificate covers; both ends are days in it. */
export const CertifiedPeriod = z
  .strictObject({ from: LocalDate, to: LocalDate })
  .refine(({ from, to }) => from <= to, 'from ≤ to');
export type CertifiedPeriod = z.output<typeof CertifiedPeriod>;

/** The periods of one certificate. */
export const CertifiedPeriods = z.array(CertifiedPeriod).min(1).max(60);

const OrderNumber = z.string().min(1).max(60);

/** An *ordre de mission* for all or part of an assignment. */
export const MissionOrder = z.strictObject({ number: OrderNumber, from: LocalDate, to: LocalDate });
export type MissionOrder = z.output<typeof MissionOrder>;

/** Someone asks to go on a mission: from an employment, or without one as a volunteer. */
export const ApplicationSubmitted = defineEvent(
  'ApplicationSubmitted',
  z.strictObject({ missionId: MissionId, personId: PersonId, employmentId: EmploymentId.optional() }),
);
/** The applicant took it back. */
export const ApplicationWithdrawn = defineEvent('ApplicationWithdrawn', z.strictObject({}));
/** The manager of the employment agreed. */
export const ManagerApprovalGranted = defineEvent('ManagerApprovalGranted', z.strictObject({}));
/** The manager of the employment did not agree; the application has ended. */
export const ManagerApprovalRefused = defineEvent('ManagerApprovalRefused', z.strictObject({}));
/** The host would have the applicant. */
export const HostAccepted = defineEvent('HostAccepted', z.strictObject({}));
/** The host would not; the application has ended. */
export const HostDeclined = defineEvent('HostDeclined', z.strictObject({}));
/** The agent agreed to go, after manager and host did. */
export const AgentConsented = defineEvent('AgentConsented', z.strictObject({}));
/** The agent goes on the mission, by this title, on these days; a seat, a quota and an allotment are taken with it. */
export const AgentAssigned = defineEvent('AgentAssigned', AssignmentTerms);
/** The authority ordered the agent on mission for these days. */
export const MissionOrderIssued = defineEvent('MissionOrderIssued', MissionOrder);
/** The agent has been welcomed at the host's. */
export const OnboardingCompleted = defineEvent('OnboardingCompleted', z.strictObject({}));
/** `on` is the last day of the assignment. */
export const AssignmentEnded = defineEvent('AssignmentEnded', z.strictObject({ on: LocalDate, cause: EndCause }));
/** The agent told of the mission; the words are under the agent's key. */
export const TestimonialOffered = defineEvent(
  'TestimonialOffered',
  z.strictObject({
    personId: PersonId,
    scope: TestimonialScope,
    text: personal(TestimonialText, 'personId'),
  }),
);
/** The testimonial may be shown no more. */
export const TestimonialConsentRevoked = defineEvent('TestimonialConsentRevoked', z.strictObject({}));
/** How someone feels about their work is theirs: personal, although it is no text. Reported in groups of 5 or more. */
export const PulseAnswered = defineEvent(
  'PulseAnswered',
  z.strictObject({ personId: PersonId, phase: PulsePhase, answers: personal(PulseAnswers, 'personId') }),
);
/** What the agent learnt, in the tutor's words and under the agent's key. */
export const SkillsAcquired = defineEvent(
  'SkillsAcquired',
  z.strictObject({ personId: PersonId, skills: personal(AcquiredSkills, 'personId') }),
);
/** `hash` is the digest of `{ assignmentId, periods, minutes }`. */
export const ServiceCertificateIssued = defineEvent(
  'ServiceCertificateIssued',
  z.strictObject({ assignmentId: AssignmentId, periods: CertifiedPeriods, minutes: Minutes, hash: CertificateHash }),
);
/** This certificate counts no longer: another covers a day of it, or hours in it were adjusted. */
export const ServiceCertificateSuperseded = defineEvent(
  'ServiceCertificateSuperseded',
  z.strictObject({ hash: CertificateHash }),
);

/** Every type of event of an assignment, by its name. */
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
