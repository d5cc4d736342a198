import type { CommandHandler } from '../kernel/command.js';
import { lifeHandlers } from './decide.js';

export { EnrolCohort, PairExchange } from './commands.js';
export { CohortEnrolled, type ExchangeFact, ExchangePaired, exchangeEvents } from './events.js';
export { type ExchangeRuleId, exchangeRules } from './rules.js';
export { type ExchangeState, exchange } from './state.js';

/** Every command of an exchange, with how it is decided. */
export const exchangeHandlers: readonly CommandHandler[] = lifeHandlers;
