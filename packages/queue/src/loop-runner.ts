import type { Logger } from 'pino';
import { endsWithin } from './deadline.js';
import type { LoopHealth, WorkLoop } from './loop.js';

/** Keeps one loop going: runs it at the start, when woken and at every tick, never twice at once. */
export interface LoopRunner {
  /** Runs the loop now, or once more after the run under way. A loop that is backing off waits for its turn. */
  wake(): void;
  health(): LoopHealth;
  /** Takes no more work, asks the run under way to return, and waits for it; false when it had to be given up. */
  stop(timeoutMs: number): Promise<boolean>;
}

const DEFAULT_TICK_MS = 5_000;
const LONGEST_BACK_OFF_MS = 60_000;

export function startLoop(loop: WorkLoop, options: { logger: Logger; random: () => number }): LoopRunner {
  const { logger, random } = options;
  const tickMs = loop.tickMs ?? DEFAULT_TICK_MS;
  const stopping = new AbortController();

  let timer: NodeJS.Timeout | undefined;
  let current: Promise<void> | undefined;
  let again = false;
  let runs = 0;
  let failures = 0;
  let failuresInRow = 0;
  let lastDoneAt: Date | undefined;

  const start = () => {
    clearTimeout(timer);
    again = false;
    current = oneRun().finally(() => {
      current = undefined;
      if (stopping.signal.aborted) return;
      if (again && failuresInRow === 0) start();
      else timer = setTimeout(start, restMs());
    });
  };

  const oneRun = async () => {
    try {
      await loop.run(stopping.signal);
      runs += 1;
      failuresInRow = 0;
      lastDoneAt = new Date();
    } catch (error) {
      if (stopping.signal.aborted) return;
      failures += 1;
      failuresInRow += 1;
      logger.error({ topic: loop.topic, failuresInRow, error: inWords(error) }, 'a run failed and will be tried again');
    }
  };

  const restMs = () => {
    const rest = tickMs * (0.2 + 0.8 * random());
    return Math.min(rest * 2 ** failuresInRow, Math.max(rest, LONGEST_BACK_OFF_MS));
  };

  start();
  return {
    wake() {
      if (stopping.signal.aborted) return;
      if (current !== undefined) again = true;
      else if (failuresInRow === 0) start();
    },
    health: () => ({
      running: current !== undefined,
      runs,
      failures,
      failuresInRow,
      ...(lastDoneAt === undefined ? {} : { lastDoneAt }),
    }),
    async stop(timeoutMs) {
      stopping.abort();
      clearTimeout(timer);
      const ended = current === undefined || (await endsWithin(timeoutMs, current));
      if (!ended) logger.warn({ topic: loop.topic, timeoutMs }, 'a run did not end in time and was given up');
      return ended;
    },
  };
}

// Name, words and place only: the other fields of a database error can quote rows, hence personal data.
function inWords(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error);
  return { name: error.name, message: error.message, stack: error.stack };
}
