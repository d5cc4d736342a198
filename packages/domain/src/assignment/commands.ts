import * as z from 'zod';
import { defineCommand } from '../kernel/command.js';
import { AssignmentId, EmploymentId, MissionId, PersonId } from '../kernel/identifiers.js';
import { WorkQuota } from '../time/quota.js';
import { LocalDate, Minutes } from '../time/types.js';
import {
  AcquiredSkills,
  AssignmentTitle,
  CertificateHash,
  CertifiedPeriods,
  EndCause,
  MissionOrder,
  PulseAnswers,
  PulsePhase,
  TestimonialScope,
  TestimonialText,
} from './events.js';

const subject = z.strictObject({ assignmentId: AssignmentId });

/** Who applies without an employment applies as a volunteer, and needs no manager. */
export const SubmitApplication = defineCommand(
  'SubmitApplication',
  ['agent'],
  subject.extend({ missionId: MissionId, personId: PersonId, employmentId: EmploymentId.optional() }),
);
/** The agent takes an application back, before being assigned. */
export const WithdrawApplication = defineCommand('WithdrawApplication', ['agent'], subject);
/** The manager of the employment that the application names agrees. */
export const GrantManagerApproval = defineCommand('GrantManagerApproval', ['manager'], subject);
/** The manager of that employment does not agree, which ends the application; no reason is asked for. */
export const RefuseManagerApproval = defineCommand('RefuseManagerApproval', ['manager'], subject);
/** `HostAccepted`. */
export const AcceptApplication = defineCommand('AcceptApplication', ['host_representative'], subject);
/** `HostDeclined`. */
export const DeclineApplication = defineCommand('DeclineApplication', ['host_representative'], subject);
/** `AgentConsented`. */
export const ConsentToAssignment = defineCommand('ConsentToAssignment', ['agent'], subject);

/** The mission, the person and the employment are those of the application. */
export const AssignAgent = defineCommand(
  'AssignAgent',
  ['programme_officer'],
  subject
    .extend({
      title: AssignmentTitle,
      from: LocalDate,
      to: LocalDate,
      quota: WorkQuota.optional(),
      allottedMinutes: Minutes.min(1).optional(),
    })
    .refine(({ from, to }) => from <= to, { path: ['to'], error: 'the last day is not before the first' })
    .refine(({ title, quota }) => 'convention' in title === (quota !== undefined), {
      path: ['quota'],
      error: 'a quota is given under a convention, and only there',
    })
    .refine(({ title, allottedMinutes }) => 'convention' in title || allottedMinutes === undefined, {
      path: ['allottedMinutes'],
      error: 'minutes are allotted under a convention only',
    }),
);
/**
 * The home administration's authority orders the agent on mission (*ordre de mission*); a number is used once.
 */
export const IssueMissionOrder = defineCommand(
  'IssueMissionOrder',
  ['authority'],
  subject
    .extend(MissionOrder.shape)
    .refine(({ from, to }) => from <= to, { path: ['to'], error: 'the last day is not before the first' }),
);
/** The officer notes that the agent has been welcomed and knows the place. */
export const CompleteOnboarding = defineCommand('CompleteOnboarding', ['programme_officer'], subject);
/** `on` is the last day of the assignment; today or earlier. */
export const EndAssignment = defineCommand(
  'EndAssignment',
  ['programme_officer', 'system'],
  subject.extend({ on: LocalDate, cause: EndCause }),
);
/** The agent tells of the mission, in their own words, for readers as far as `scope` goes. */
export const OfferTestimonial = defineCommand(
  'OfferTestimonial',
  ['agent'],
  subject.extend({ scope: TestimonialScope, text: TestimonialText }),
);
/** The agent takes the testimonial back: it may be shown no more. */
export const RevokeTestimonialConsent = defineCommand('RevokeTestimonialConsent', ['agent'], subject);
/** The agent answers how it goes, if they like (*baromètre*); the answers are under their own key. */
export const AnswerPulse = defineCommand(
  'AnswerPulse',
  ['agent'],
  subject.extend({ phase: PulsePhase, answers: PulseAnswers }),
);
/** `SkillsAcquired`, as the tutor saw it. */
export const AcquireSkills = defineCommand('AcquireSkills', ['tutor'], subject.extend({ skills: AcquiredSkills }));
/** Certifies the validated minutes of the periods; supersedes certificates that cover any day of them. */
export const IssueServiceCertificate = defineCommand(
  'IssueServiceCertificate',
  ['programme_officer'],
  subject.extend({ periods: CertifiedPeriods }),
);
/** Notes that a certificate counts no longer, because hours that it certified were adjusted. */
export const SupersedeServiceCertificate = defineCommand(
  'SupersedeServiceCertificate',
  ['programme_officer', 'system'],
  subject.extend({ hash: CertificateHash }),
);
