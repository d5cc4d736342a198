import type { Command } from '@probono/domain';
import type { ProBono } from 'probono';
import { type ExitCode, exitCodes } from '../exit.js';
import { heard } from '../heard.js';
import { linesOf } from '../ndjson.js';
import type { Session } from '../session.js';
import { json } from '../terminal.js';
import { type CheckedLine, lineChecker } from './line.js';

/** Lines are cut off here: far beyond any command, far below what would hurt. */
const maxLineBytes = 1_048_576;

/** What is printed for a line that could not be read as a command. */
export const toldInvalid = ({ line, invalid }: Extract<CheckedLine, { invalid: unknown }>): string =>
  [`line ${line}: invalid`, ...invalid.map(({ path, message }) => `  ${path || '(line)'}: ${message}`)].join('\n');

/**
 * Does something with every command of an input, line by line, and gives the gravest exit code. A bad line is told and
 * never stops the rest; `failed` does, and so does a signal.
 */
export const eachCommand = async (
  session: Session,
  proBono: ProBono,
  input: AsyncIterable<Uint8Array>,
  asJson: boolean,
  act: (line: number, command: Command) => Promise<ExitCode>,
): Promise<ExitCode> => {
  const check = lineChecker(proBono);
  let gravest: ExitCode = exitCodes.done;
  for await (const line of linesOf(input, maxLineBytes)) {
    await heard();
    if (session.signal.aborted) break;
    const checked = check(line);
    if ('invalid' in checked) {
      gravest = exitCodes.no;
      await session.terminal.out(asJson ? json(checked) : toldInvalid(checked));
      continue;
    }
    const code = await act(checked.line, checked.command);
    if (code === exitCodes.failed) return code;
    if (code === exitCodes.no) gravest = code;
  }
  // A signal ends the input too: what it would still have held is not done.
  return session.signal.aborted ? exitCodes.failed : gravest;
};
