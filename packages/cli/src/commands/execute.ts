import type { Outcome } from '@probono/application';
import type { Finding } from '@probono/domain';
import type { ProBono } from 'probono';
import { type ExitCode, exitCodes } from '../exit.js';
import { heard } from '../heard.js';
import { linesOf } from '../ndjson.js';
import type { Session } from '../session.js';
import { json } from '../terminal.js';
import { type CheckedLine, lineChecker } from './line.js';

/** Lines are cut off here: far beyond any command, far below what would hurt. */
export const maxLineBytes = 1_048_576;

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

/** What is printed for a line that could not be read as a command. */
export const toldInvalid = ({ line, invalid }: Extract<CheckedLine, { invalid: unknown }>): string =>
  [`line ${line}: invalid`, ...invalid.map(({ path, message }) => `  ${path || '(line)'}: ${message}`)].join('\n');

/** Executes a stream of commands, line by line; a bad line never stops the rest, an unreachable store does. */
export const execute = async (
  session: Session,
  proBono: ProBono,
  input: AsyncIterable<Uint8Array>,
  asJson: boolean,
): Promise<ExitCode> => {
  const { out } = session.terminal;
  const check = lineChecker(proBono);
  let code: ExitCode = exitCodes.done;
  for await (const line of linesOf(input, maxLineBytes)) {
    await heard();
    if (session.signal.aborted) break;
    const checked = check(line);
    if ('invalid' in checked) {
      code = exitCodes.no;
      await out(asJson ? json(checked) : toldInvalid(checked));
      continue;
    }
    const outcome = await proBono.application.execute(checked.command);
    await out(asJson ? json(resultOf(checked.line, outcome)) : toldResult(checked.line, outcome));
    if (outcome.kind === 'unavailable' || outcome.kind === 'unknown-outcome') return exitCodes.failed;
    if (outcome.kind !== 'accepted') code = exitCodes.no;
  }
  // A signal ends the input too: what it would still have held is not done.
  if (!session.signal.aborted) return code;
  session.terminal.note('probono: stopped by a signal; execute the same lines again: what is done is not done twice');
  return exitCodes.failed;
};
