import * as z from 'zod';
import { defineCommand } from '../kernel/command.js';
import { EmploymentId, PersonId } from '../kernel/identifiers.js';
import { daysInclusive } from '../time/calendar.js';
import { LocalDate } from '../time/types.js';
import {
  accident,
  careerStage,
  centsPerYear,
  contactPreferences,
  employment,
  keyDestruction,
  leave,
  personDetails,
  secondment,
  skills,
  weeklyMinutes,
} from './events.js';

const subject = z.strictObject({ personId: PersonId });
const ofEmployment = subject.extend({ employmentId: EmploymentId });

/** Both ends are days of the period. */
const forwards = ({ from, to }: { from: string; to: string }): boolean => from <= to;

/** Registers someone: agent, manager, tutor, representative or volunteer. */
export const RegisterPerson = defineCommand(
  'RegisterPerson',
  ['programme_officer'],
  subject.extend(personDetails.shape),
);

/** Records that a person is employed by an administration from a day on. */
export const StartEmployment = defineCommand('StartEmployment', ['hr'], subject.extend(employment.shape));

/** Records the last day of an employment. */
export const EndEmployment = defineCommand('EndEmployment', ['hr'], ofEmployment.extend({ on: LocalDate }));

/** Sets the minutes of duty a week from a day on; full time (2,100) until then. */
export const SetServiceDuty = defineCommand(
  'SetServiceDuty',
  ['hr'],
  ofEmployment.extend({ weeklyMinutes, from: LocalDate }),
);

/** Sets what the agent costs in a year, charges included, in euro cents, from a day on. */
export const SetLoadedCost = defineCommand(
  'SetLoadedCost',
  ['hr'],
  ofEmployment.extend({ centsPerYear, from: LocalDate }),
);

/** Names the agent's manager from a day on. */
export const SetManager = defineCommand(
  'SetManager',
  ['hr'],
  ofEmployment.extend({ managerId: PersonId, from: LocalDate }),
);

/** Replaces the agent's skills. */
export const UpdateSkills = defineCommand('UpdateSkills', ['agent'], subject.extend({ skills }));

/** Tells where the agent stands in their career; optional, and theirs to say. */
export const DeclareCareerStage = defineCommand(
  'DeclareCareerStage',
  ['agent'],
  subject.extend({ stage: careerStage }),
);

/** Says how and when the agent wants to be written to. */
export const ChangeContactPreferences = defineCommand(
  'ChangeContactPreferences',
  ['agent'],
  subject.extend(contactPreferences.shape),
);

/** Records the period an agent spends with a host under a convention; sent again when the period moves. */
export const RecordSecondment = defineCommand(
  'RecordSecondment',
  ['system'],
  subject.extend(secondment.shape).refine(forwards, 'from must not lie after to'),
);

/** Grants leave for an office in an association (*congé de citoyenneté*, CGFP art. L641-1). */
export const GrantLeave = defineCommand(
  'GrantLeave',
  ['hr'],
  subject
    .extend(leave.shape)
    .refine(forwards, 'from must not lie after to')
    .refine(
      ({ from, to, workingDays }) => workingDays <= daysInclusive(from, to),
      'workingDays: at most the days from `from` to `to`',
    ),
);

/** Reports that an accident happened on an assignment, and when; nothing of health. */
export const ReportAccident = defineCommand('ReportAccident', ['hr'], subject.extend(accident.shape));

/** Records that a person's key was destroyed, by which visa: what was personal cannot be read again. */
export const DestroySubjectKey = defineCommand('DestroySubjectKey', ['system'], subject.extend(keyDestruction.shape));
