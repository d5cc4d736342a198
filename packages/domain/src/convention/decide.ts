import { type Frameworks, frameworks } from '../framework/frameworks.js';
import type { CommandHandler } from '../kernel/command.js';
import { agreeingHandlers } from './decide-agreeing.js';
import { amendingHandlers } from './decide-amending.js';
import { closingHandlers } from './decide-closing.js';
import { draftingHandlers } from './decide-drafting.js';
import { endingHandlers } from './decide-ending.js';
import { orderingHandlers } from './decide-ordering.js';
import { signingHandlers } from './decide-signing.js';
import { suspendingHandlers } from './decide-suspending.js';

/**
 * The convention's commands under a table of legal frameworks: this release's own, or one with rows of your own.
 *
 * @example conventionHandlersFor([...frameworks, ourTrial])
 */
export const conventionHandlersFor = (table: Frameworks): readonly CommandHandler[] => [
  ...draftingHandlers(table),
  ...agreeingHandlers,
  ...signingHandlers,
  ...orderingHandlers,
  ...amendingHandlers(table),
  ...suspendingHandlers,
  ...endingHandlers,
  ...closingHandlers(table),
];

/** The convention's commands under the frameworks that this release knows. */
export const conventionHandlers: readonly CommandHandler[] = conventionHandlersFor(frameworks);
