import { clearFailure } from 'probono';

/** What a process says with its exit code. */
export const exitCodes = {
  /** Done. */
  done: 0,
  /** The answer is "no": refusals, findings. */
  no: 1,
  /** It could not be done: bad usage, unreachable store. */
  failed: 2,
} as const;

/** One of {@link exitCodes}. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The command was given wrongly; the message is one line that says what to do instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The one line that tells a person what went wrong and what next. */
export const told = (error: unknown): string => {
  if (!(error instanceof Error)) return `something that is no error was thrown: ${String(error)}`;
  if (error instanceof UsageError) return error.message;
  const line = error.message.split('\n')[0] ?? '';
  return clearFailure(error) ?? `${error.name}: ${line} (a bug: run again with --debug and report the stack)`;
};
