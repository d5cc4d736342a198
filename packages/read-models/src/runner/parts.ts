import { randomUUID } from 'node:crypto';
import type { Codec, EventStore } from '@probono/event-store';
import type { SqlClient } from '@probono/sql';
import type { Projection } from '../projection.js';

/** Where the runner says what it does; pino fits. Only ids, types and positions are written. */
export interface RunnerLogger {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** What read models are made from. */
export interface ReadModelsOptions {
  /** Where the rows lie. */
  readonly sql: SqlClient;
  readonly store: EventStore;
  readonly codec: Codec;
  readonly projections: readonly Projection[];
  /** The clock that lag and the books' times are taken from. */
  readonly now: () => Date;
  readonly logger?: RunnerLogger;
  /** Events in one transaction of a generation that is read; 500 unless told. */
  readonly batchSize?: number;
  /** Events in one transaction of a generation that is being filled; 1000 unless told, or what `batchSize` says. */
  readonly rebuildBatchSize?: number;
  /**
   * Checkpoints of a new generation whose rows each belong to one stream, hence workers that can be at it at once: a
   * divisor of 64, 8 unless told. It costs next to nothing: docs/benchmarks.md.
   */
  readonly partitions?: number;
  /** How often an event is tried before the projection's policy decides, and how long to wait before each new try. */
  readonly retry?: { readonly attempts: number; readonly delayMs: (failures: number) => number };
  /** A name of this worker's own among those that fill the same generations; a random one unless told. */
  readonly worker?: string;
  /** Resolves after so many milliseconds, or as soon as the signal aborts. */
  readonly wait?: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** The options with their defaults in place. */
export type Parts = Omit<Required<ReadModelsOptions>, 'logger'> & {
  readonly logger: RunnerLogger | undefined;
  /** Runs a step of a generation that is being filled, so many at a time: each holds a batch in memory. */
  readonly filling: <T>(step: () => Promise<T>) => Promise<T>;
};

/** Puts the defaults in place. */
export const partsOf = ({ logger, ...options }: ReadModelsOptions): Parts => ({
  batchSize: 500,
  rebuildBatchSize: options.batchSize ?? 1000,
  partitions: 8,
  retry: { attempts: 3, delayMs: (failures) => 100 * 2 ** (failures - 1) },
  worker: randomUUID(),
  wait: waitOnTimer,
  ...options,
  logger,
  filling: atOnce(filledAtOnce),
});

/** Enough to have one at work while others wait for the database. */
const filledAtOnce = 3;

const atOnce = (most: number): Parts['filling'] => {
  let free = most;
  const waiting: (() => void)[] = [];
  return async (step) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await step();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
};

const waitOnTimer = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end);
    if (signal?.aborted) end();
  });
