import { domain } from '@probono/domain';
import type { GivenCommand } from './given-command.js';
import { type Given, type Past, scenarios } from './scenario.js';

const { given } = scenarios({ handlers: Object.values(domain.handlers), rules: domain.rules });

/**
 * The facts that the domain decides from these commands, one after the other, on an empty log or after `before`.
 *
 * @throws {Error} at the first command that is refused, with the rules that refused it
 */
export const played = (commands: readonly GivenCommand[], before: readonly Past[] = []): readonly Past[] =>
  commands.reduce<Given>(
    (past, { command, data, meta: { actor, ...rest } }) => {
      const outcome = past.when(command, data, { actor, ...rest });
      if (outcome.decision.accepted) return outcome.next();
      const rules = outcome.decision.refusals.map(({ rule }) => rule).join(', ');
      throw new Error(`${command} was refused: ${rules}`);
    },
    given(...before),
  ).history;
