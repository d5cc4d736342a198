import * as z from 'zod';
import { FrameworkId } from '../framework/columns.js';
import { defineEvent, type FactOf } from '../kernel/event.js';
import { OrganisationId, SupportId } from '../kernel/identifiers.js';
import { personal } from '../kernel/personal.js';
import { LocalDate } from '../time/types.js';

/** A step of the experiment kit, by its code: `model-convention-adopted`. */
export const ChecklistItem = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'a code in lower case: model-convention-adopted')
  .max(60);

/** What is to be done before an experiment is evaluated, each step once. */
export const Checklist = z
  .array(ChecklistItem)
  .max(100)
  .refine((items) => new Set(items).size === items.length, 'each item once');

const scope = {
  /** The administrations that try it out. */
  administrationIds: z
    .array(OrganisationId)
    .min(1)
    .max(100)
    .refine((ids) => new Set(ids).size === ids.length, 'each administration once'),
  framework: FrameworkId,
  from: LocalDate,
  /** The last day. */
  to: LocalDate,
};

/** What an experiment is to cover; the newest version of the framework is written in by the decision. */
export const ProposedScope = z
  .strictObject(scope)
  .refine(({ from, to }) => from <= to, { path: ['to'], error: 'the last day is not before the first' });

/** What an experiment covers: which administrations, under which framework, when. */
export const ExperimentScope = z.strictObject({ ...scope, frameworkVersion: z.int().positive() });
export type ExperimentScope = z.output<typeof ExperimentScope>;

/** Help that an administration got; `minutes` of those who gave it, `participants` who were there. */
export const Support = z.strictObject({
  supportId: SupportId,
  kind: z.enum(['advice', 'training']),
  administrationId: OrganisationId,
  on: LocalDate,
  minutes: z.int().positive().max(100_000).optional(),
  participants: z.int().positive().max(10_000).optional(),
});
export type Support = z.output<typeof Support>;

/** What is concluded: take it further, go on as it is, change it first, or stop. */
export const Conclusion = z.enum(['generalise', 'continue', 'adapt', 'stop']);
export const EvaluationText = z.string().min(1).max(4000);

/** Administrations try it out; `checklist` is what is to be done before the evaluation. */
export const ExperimentStarted = defineEvent(
  'ExperimentStarted',
  z.strictObject({ scope: ExperimentScope, checklist: Checklist }),
);
/** A step of the kit is done. */
export const ChecklistItemDone = defineEvent('ChecklistItemDone', z.strictObject({ item: ChecklistItem }));
/** An administration got advice or training. */
export const SupportProvided = defineEvent('SupportProvided', Support);
/** The words are under the key of the one who wrote them. */
export const ExperimentEvaluated = defineEvent(
  'ExperimentEvaluated',
  z.strictObject({ conclusion: Conclusion, text: personal(EvaluationText, '@actor').optional() }),
);

/** Every type of event of a programme, by its name. */
export const programmeEvents = { ExperimentStarted, ChecklistItemDone, SupportProvided, ExperimentEvaluated } as const;

/** Any fact of a programme. */
export type ProgrammeFact = FactOf<typeof programmeEvents>;
