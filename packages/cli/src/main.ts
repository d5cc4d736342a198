import { CommanderError } from 'commander';
import { type ExitCode, exitCodes, told } from './exit.js';
import { programOf } from './program.js';
import type { Session } from './session.js';
import { processTerminal } from './terminal.js';

/**
 * Runs one `probono` command and gives its exit code: 0 done, 1 the answer is "no", 2 it could not be done. The first
 * Ctrl-C or SIGTERM lets the command end in order, the second ends the process.
 */
export const main = async (argv: readonly string[]): Promise<ExitCode> => {
  const terminal = processTerminal();
  const stop = new AbortController();
  const onSignal = (signal: NodeJS.Signals): void => {
    if (stop.signal.aborted) process.exit(signal === 'SIGINT' ? 130 : 143);
    stop.abort(signal);
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  const session: Session = { terminal, environment: process.env, signal: stop.signal };
  let code: ExitCode = exitCodes.done;
  try {
    const program = programOf(session, (ended) => {
      code = ended;
    });
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    // commander has printed its own line; help and version are no failures
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.failed;
    terminal.note(`probono: ${told(error)}`);
    if (argv.includes('--debug') && error instanceof Error) terminal.note(error.stack ?? '');
    return exitCodes.failed;
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
};
