import { type Frameworks, frameworks } from '../framework/frameworks.js';
import type { CommandHandler } from '../kernel/command.js';
import { lifeHandlers } from './decide.js';

export { CompleteChecklistItem, EvaluateExperiment, ProvideSupport, StartExperiment } from './commands.js';
export {
  ChecklistItem,
  ChecklistItemDone,
  Conclusion,
  ExperimentEvaluated,
  ExperimentScope,
  ExperimentStarted,
  type ProgrammeFact,
  programmeEvents,
  Support,
  SupportProvided,
} from './events.js';
export { openItems, type ProgrammeStatus, programmeStatus } from './queries.js';
export { type ProgrammeRuleId, programmeRules } from './rules.js';
export { type ProgrammeState, programme } from './state.js';

/** Every command of a programme, with how it is decided, under a table of legal frameworks. */
export const programmeHandlersFor = (table: Frameworks): readonly CommandHandler[] => lifeHandlers(table);

/** Every command of a programme under the frameworks that this release knows. */
export const programmeHandlers: readonly CommandHandler[] = programmeHandlersFor(frameworks);
