import * as z from 'zod';
import { FrameworkId } from '../framework/columns.js';
import { defineEvent, type FactOf } from '../kernel/event.js';
import { AssignmentId, ConventionId, EmploymentId, OrganisationId, PersonId } from '../kernel/identifiers.js';
import { personal } from '../kernel/personal.js';
import { LocalDate, LocalTime, Zone } from '../time/types.js';

/** The three branches of the French civil service. */
export const CivilServiceBranch = z.enum(['state', 'territorial', 'hospital']);
export type CivilServiceBranch = z.output<typeof CivilServiceBranch>;

/** Civil servant, or agent under a contract. */
export const EmploymentStatus = z.enum(['tenured', 'contract']);
export type EmploymentStatus = z.output<typeof EmploymentStatus>;

/** The person's own words and coordinates: all under the person's key. */
export const personDetails = z.strictObject({
  /** Language and, if it matters, country: `fr`, `fr-FR`. */
  locale: z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/, 'a locale, such as fr or fr-FR'),
  zone: Zone,
  name: personal(z.string().min(1).max(200), '@stream'),
  email: personal(z.email().max(254), '@stream'),
  phone: personal(z.string().min(3).max(40), '@stream').optional(),
});
/** Someone is known to the programme; name and coordinates are under their own key. */
export const PersonRegistered = defineEvent('PersonRegistered', personDetails);

export const employment = z.strictObject({
  employmentId: EmploymentId,
  employerId: OrganisationId,
  branch: CivilServiceBranch,
  status: EmploymentStatus,
  from: LocalDate,
});
/** The person is employed from `from` on. */
export const EmploymentStarted = defineEvent('EmploymentStarted', employment);

/** `on` is the last day employed. */
export const EmploymentEnded = defineEvent(
  'EmploymentEnded',
  z.strictObject({ employmentId: EmploymentId, on: LocalDate }),
);

const fromDay = z.strictObject({ employmentId: EmploymentId, from: LocalDate });

/** At most a week of 168 hours; what is too much in law is judged by a rule. */
export const weeklyMinutes = z.int().positive().max(10_080);
/** Minutes of duty a week from `from` on. Version 1 said it in hours, of which 7/12 make no exact decimal. */
export const ServiceDutySet = defineEvent('ServiceDutySet', fromDay.extend({ weeklyMinutes }), [
  {
    schema: fromDay.extend({ weeklyHours: z.number().positive().max(168) }),
    // A duty of a few seconds was a duty: it is not to be read as none.
    upcast: ({ weeklyHours, ...kept }) => ({
      ...kept,
      weeklyMinutes: Math.max(1, Math.round(Number(weeklyHours) * 60)),
    }),
  },
]);

/** What the agent costs the employer in a year, charges included, in euro cents. */
export const centsPerYear = z.int().nonnegative().max(100_000_000);
/** Cost in euro cents a year from `from` on. */
export const LoadedCostSet = defineEvent('LoadedCostSet', fromDay.extend({ centsPerYear }));

/** `personId` is the manager's. */
export const ManagerSet = defineEvent('ManagerSet', fromDay.extend({ personId: PersonId }));

/** The agent's skills in the agent's words. */
export const skills = personal(z.array(z.string().min(1).max(120)).max(100), '@stream');
/** The agent's skills; those known before are replaced. */
export const SkillsUpdated = defineEvent('SkillsUpdated', z.strictObject({ skills }));

export const careerStage = personal(z.string().min(1).max(200), '@stream');
/** Where the agent says they stand in their career. Version 1 named the field as the event is named. */
export const CareerStageDeclared = defineEvent('CareerStageDeclared', z.strictObject({ stage: careerStage }), [
  { schema: z.strictObject({ careerStage }), upcast: ({ careerStage: stage }) => ({ stage }) },
]);

/** How and when a person wants to be written to. */
export const contactPreferences = z.strictObject({
  channels: z.array(z.enum(['email', 'sms'])).max(2),
  /** Local times of the person's zone between which nothing is sent; may span midnight. */
  quietHours: z.strictObject({ from: LocalTime, to: LocalTime }).optional(),
  /** Calendar days (`J-1`) or hours (`H-2`) before a session. */
  remindersBefore: z.array(z.string().regex(/^[JH]-[1-9]\d?$/, 'days or hours before, such as J-1 or H-2')).max(10),
});
/** How and when the agent wants to be written to. */
export const ContactPreferencesChanged = defineEvent('ContactPreferencesChanged', contactPreferences);

/** A period with one host under one convention; recorded again when the convention moves it. */
export const secondment = z.strictObject({
  conventionId: ConventionId,
  hostId: OrganisationId,
  framework: FrameworkId,
  from: LocalDate,
  to: LocalDate,
});
/** The agent is with this host under this convention; the record made last counts. */
export const SecondmentRecorded = defineEvent('SecondmentRecorded', secondment);

export const leave = z.strictObject({
  employmentId: EmploymentId,
  hostId: OrganisationId,
  from: LocalDate,
  to: LocalDate,
  workingDays: z.int().positive().max(366),
  /** Whether the agent holds a leading or supervisory office there. */
  officeHeld: z.boolean(),
});
/** Leave for an office in an association; `workingDays` are *jours ouvrables*. */
export const LeaveGranted = defineEvent('LeaveGranted', leave);

/** That an accident happened, and when; nothing of health. */
export const accident = z.strictObject({ assignmentId: AssignmentId, on: LocalDate });
/** An accident happened on this assignment. */
export const AccidentReported = defineEvent('AccidentReported', accident);

/** Elimination from a public archive rests on a visa; both are references, never words about the person. */
export const keyDestruction = z.strictObject({
  keyId: z.string().min(1).max(120).optional(),
  visa: z.string().min(1).max(200),
  legalBasis: z.string().min(1).max(200),
});
/** The person's key is gone: personal fields read as erased. */
export const SubjectKeyDestroyed = defineEvent('SubjectKeyDestroyed', keyDestruction);

/** Every type of event of a person, by its name. */
export const personEvents = {
  PersonRegistered,
  EmploymentStarted,
  EmploymentEnded,
  ServiceDutySet,
  LoadedCostSet,
  ManagerSet,
  SkillsUpdated,
  CareerStageDeclared,
  ContactPreferencesChanged,
  SecondmentRecorded,
  LeaveGranted,
  AccidentReported,
  SubjectKeyDestroyed,
} as const;
/** Any fact of a person. */
export type PersonFact = FactOf<typeof personEvents>;
