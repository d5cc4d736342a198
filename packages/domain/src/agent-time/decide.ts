import type { CommandHandler } from '../kernel/command.js';
import { changeHandlers } from './decide-changing.js';
import { checkHandlers } from './decide-checking.js';
import { closingHandlers } from './decide-closing.js';
import { declareHours } from './decide-declaring.js';
import { quotaHandlers } from './decide-quota.js';

/** Every command on an agent's time, with how it is decided. */
export const agentTimeHandlers: readonly CommandHandler[] = [
  declareHours,
  ...changeHandlers,
  ...checkHandlers,
  ...closingHandlers,
  ...quotaHandlers,
];
