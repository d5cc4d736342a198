import type { Outcome } from '@probono/application';
import type { Finding } from '@probono/domain';
import type { ProBono } from 'probono';
import { type ExitCode, exitCodes } from '../exit.js';
import type { Session } from '../session.js';
import { json } from '../terminal.js';
import { eachCommand } from './each-command.js';

/** What `execute` prints for one line. */
export const resultOf = (line: number, outcome: Outcome): Record<string, unknown> => {
  switch (outcome.kind) {
    case 'accepted':
      return {
        line,
        accepted: true,
        events: outcome.events.map(({ type, stream, revision, eventId }) => ({ type, stream, revision, eventId })),
        warnings: outcome.warnings,
        ...(outcome.repeated ? { repeated: true } : {}),
      };
    case 'refused':
      return { line, accepted: false, refusals: outcome.refusals };
    case 'conflict':
      return {
        line,
        error: 'conflict',
        message: `others kept writing ${outcome.conflict.stream}; execute the line again`,
      };
    case 'unavailable':
    case 'unknown-outcome':
      return { line, error: outcome.kind, message: outcome.message };
  }
};

const toldRefusal = ({ rule, message, source }: Finding): string =>
  `  ${rule}: ${message.fr} / ${message.en}${source === undefined ? '' : ` [${source}]`}`;

/** The same for a person. */
export const toldResult = (line: number, outcome: Outcome): string => {
  switch (outcome.kind) {
    case 'accepted': {
      const events = outcome.events.map(({ type }) => type).join(', ') || 'already so';
      const again = outcome.repeated ? ' (done before)' : '';
      return [`line ${line}: accepted${again}: ${events}`, ...outcome.warnings.map(toldRefusal)].join('\n');
    }
    case 'refused':
      return [`line ${line}: refused`, ...outcome.refusals.map(toldRefusal)].join('\n');
    case 'conflict':
      return `line ${line}: conflict on ${outcome.conflict.stream}; execute the line again`;
    case 'unavailable':
    case 'unknown-outcome':
      return `line ${line}: ${outcome.kind}: ${outcome.message}`;
  }
};

/** Executes a stream of commands; an unreachable store ends it. */
export const execute = async (
  session: Session,
  proBono: ProBono,
  input: AsyncIterable<Uint8Array>,
  asJson: boolean,
): Promise<ExitCode> => {
  const code = await eachCommand(session, proBono, input, asJson, async (line, command) => {
    const outcome = await proBono.application.execute(command);
    await session.terminal.out(asJson ? json(resultOf(line, outcome)) : toldResult(line, outcome));
    if (outcome.kind === 'unavailable' || outcome.kind === 'unknown-outcome') return exitCodes.failed;
    return outcome.kind === 'accepted' ? exitCodes.done : exitCodes.no;
  });
  if (session.signal.aborted)
    session.terminal.note('probono: stopped by a signal; execute the same lines again: what is done is not done twice');
  return code;
};
