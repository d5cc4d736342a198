import * as z from 'zod';
import { defineCommand } from '../kernel/command.js';
import { ProgrammeId } from '../kernel/identifiers.js';
import { Checklist, ChecklistItem, Conclusion, EvaluationText, ProposedScope, Support } from './events.js';

const subject = z.strictObject({ programmeId: ProgrammeId });

/** Begins an experiment under a framework in force on its first day; the checklist comes from its kit. */
export const StartExperiment = defineCommand(
  'StartExperiment',
  ['programme_officer'],
  subject.extend({ scope: ProposedScope, checklist: Checklist }),
);
/** `ChecklistItemDone`. */
export const CompleteChecklistItem = defineCommand(
  'CompleteChecklistItem',
  ['programme_officer'],
  subject.extend({ item: ChecklistItem }),
);
/** Records help to an administration in scope, up to today by the clock of the first of them. */
export const ProvideSupport = defineCommand('ProvideSupport', ['programme_officer'], subject.extend(Support.shape));
/** Concludes an experiment, with its checklist done or a justification. */
export const EvaluateExperiment = defineCommand(
  'EvaluateExperiment',
  ['programme_officer'],
  subject.extend({ conclusion: Conclusion, text: EvaluationText.optional() }),
);
