import type { Logger } from 'pino';

/** Tells of trouble with the backend without flooding the log: a lost Redis reports itself many times a second. */
export interface LossLog {
  trouble(error: unknown): void;
}

const QUIET_MS = 60_000;

export function createLossLog(logger: Logger, backend: string): LossLog {
  let toldAtMs = Number.NEGATIVE_INFINITY;
  let untold = 0;
  return {
    trouble(error) {
      const now = performance.now();
      if (now - toldAtMs < QUIET_MS) {
        untold += 1;
        return;
      }
      logger.warn({ backend, error: messageOf(error), repeated: untold }, 'wake-ups are failing; loops go on by ticks');
      toldAtMs = now;
      untold = 0;
    },
  };
}

/** An error in words. A refused connection to a name with several addresses has its words in `errors` or `code` only. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.message !== '') return error.message;
  const code = 'code' in error ? String(error.code) : undefined;
  return code ?? error.name;
}
