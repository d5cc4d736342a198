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
export const WithdrawApplication = defineCommand('WithdrawApplication', ['agent'], subject);
export const GrantManagerApproval = defineCommand('GrantManagerApproval', ['manager'], subject);
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
export const IssueMissionOrder = defineCommand(
  'IssueMissionOrder',
  ['authority'],
  subject
    .extend(MissionOrder.shape)
    .refine(({ from, to }) => from <= to, { path: ['to'], error: 'the last day is not before the first' }),
);
export const CompleteOnboarding = defineCommand('CompleteOnboarding', ['programme_officer'], subject);
/** `on` is the last day of the assignment; today or earlier. */
export const EndAssignment = defineCommand(
  'EndAssignment',
  ['programme_officer', 'system'],
  subject.extend({ on: LocalDate, cause: EndCause }),
);
export const OfferTestimonial = defineCommand(
  'OfferTestimonial',
  ['agent'],
  subject.extend({ scope: TestimonialScope, text: TestimonialText }),
);
export const RevokeTestimonialConsent = defineCommand('RevokeTestimonialConsent', ['agent'], subject);
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
export const SupersedeServiceCertificate = defineCommand(
  'SupersedeServiceCertificate',
  ['programme_officer', 'system'],
  subject.extend({ hash: CertificateHash }),
);
