import * as z from 'zod';
import { defineCommand } from '../kernel/command.js';
import { ProgrammeId } from '../kernel/identifiers.js';
import { Checklist, ChecklistItem, Conclusion, EvaluationText, ProposedScope, Support } from './events.js';

const subject = z.strictObject({ programmeId: ProgrammeId });

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
export const ProvideSupport = defineCommand('ProvideSupport', ['programme_officer'], subject.extend(Support.shape));
export const EvaluateExperiment = defineCommand(
  'EvaluateExperiment',
  ['programme_officer'],
  subject.extend({ conclusion: Conclusion, text: EvaluationText.optional() }),
);
