import * as z from 'zod';
import { Clause, FrameworkId } from '../framework/columns.js';
import { EmploymentId, OrganisationId, PersonId } from '../kernel/identifiers.js';
import { WorkQuota } from '../time/quota.js';
import { Site } from '../time/site.js';
import { LocalDate, Minutes } from '../time/types.js';

/** The two that sign; the agent consents and receives the text, and does not sign. */
export const Party = z.enum(['home', 'host']);
export type Party = z.output<typeof Party>;

/** SHA-256 (hex) of the document that is signed. */
export const DocHash = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hexadecimal');

/** An agent whom a convention lends, from one of the employments that the person has. */
export const LentAgent = z.strictObject({ personId: PersonId, employmentId: EmploymentId });
export type LentAgent = z.output<typeof LentAgent>;

/** What the host pays back; `percent` of the agents' cost. */
export const Reimbursement = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('free') }),
  z.strictObject({ kind: z.literal('partial'), percent: z.int().min(1).max(99) }),
  z.strictObject({ kind: z.literal('full') }),
]);
export type Reimbursement = z.output<typeof Reimbursement>;

/** What an amendment may change. */
const amendable = {
  agents: z
    .array(LentAgent)
    .min(1)
    .max(500)
    .refine((agents) => new Set(agents.map(({ personId }) => personId)).size === agents.length, 'each agent once'),
  activities: z.array(z.string().min(1).max(1000)).min(1).max(50),
  site: Site,
  to: LocalDate,
  /** A pool of minutes that all agents share; absent: each assignment has its quota only. */
  poolMinutes: Minutes.min(1).optional(),
  quota: WorkQuota,
  /** The clauses that the text holds. */
  clauses: z.array(Clause).max(20),
  reimbursement: Reimbursement.optional(),
  noticeDays: z.int().min(0).max(366),
};

/** The terms of a convention as someone proposes them. */
export const termsShape = {
  framework: FrameworkId,
  homeId: OrganisationId,
  hostId: OrganisationId,
  from: LocalDate,
  ...amendable,
};

/** The terms with the version of the framework that they were written under. */
export const ConventionTerms = z.strictObject({ ...termsShape, frameworkVersion: z.int().positive() });
export type ConventionTerms = z.output<typeof ConventionTerms>;

/** What an amendment changes; parties, framework and first day need a new convention. */
export const AmendmentDelta = z.strictObject(amendable).partial();
export type AmendmentDelta = z.output<typeof AmendmentDelta>;

/** What the framework asked for when the text was frozen: kept with the text, so that a later table changes nothing. */
export const RequiredSteps = z.strictObject({
  consent: z.boolean(),
  communication: z.boolean(),
  compatibility: z.boolean(),
  assembly: z.boolean(),
  order: z.boolean(),
});
export type RequiredSteps = z.output<typeof RequiredSteps>;

/** The fields that are there: a caller's `undefined` is an absence, which the log has no word for. */
export const present = <T extends object>(fields: T): T =>
  // Only optional fields can be `undefined`, so the type still holds without them.
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
