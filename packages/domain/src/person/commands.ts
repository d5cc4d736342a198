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

export const RegisterPerson = defineCommand(
  'RegisterPerson',
  ['programme_officer'],
  subject.extend(personDetails.shape),
);

export const StartEmployment = defineCommand('StartEmployment', ['hr'], subject.extend(employment.shape));

export const EndEmployment = defineCommand('EndEmployment', ['hr'], ofEmployment.extend({ on: LocalDate }));

export const SetServiceDuty = defineCommand(
  'SetServiceDuty',
  ['hr'],
  ofEmployment.extend({ weeklyMinutes, from: LocalDate }),
);

export const SetLoadedCost = defineCommand(
  'SetLoadedCost',
  ['hr'],
  ofEmployment.extend({ centsPerYear, from: LocalDate }),
);

export const SetManager = defineCommand(
  'SetManager',
  ['hr'],
  ofEmployment.extend({ managerId: PersonId, from: LocalDate }),
);

export const UpdateSkills = defineCommand('UpdateSkills', ['agent'], subject.extend({ skills }));

export const DeclareCareerStage = defineCommand(
  'DeclareCareerStage',
  ['agent'],
  subject.extend({ stage: careerStage }),
);

export const ChangeContactPreferences = defineCommand(
  'ChangeContactPreferences',
  ['agent'],
  subject.extend(contactPreferences.shape),
);

export const RecordSecondment = defineCommand(
  'RecordSecondment',
  ['system'],
  subject.extend(secondment.shape).refine(forwards, 'from must not lie after to'),
);

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

export const ReportAccident = defineCommand('ReportAccident', ['hr'], subject.extend(accident.shape));

export const DestroySubjectKey = defineCommand('DestroySubjectKey', ['system'], subject.extend(keyDestruction.shape));
