import type { WorkLoop } from '@probono/queue';

/** A loop whose completed runs can be waited for. */
export interface ObservedLoop {
  readonly loop: WorkLoop;
  /** Resolves when a run that begins after this call has returned; rejects with what it threw. */
  nextRun(): Promise<void>;
}

interface Waiting {
  /** The first run that counts. */
  readonly from: number;
  resolve(): void;
  reject(error: unknown): void;
}

export const observed = (loop: WorkLoop): ObservedLoop => {
  let begun = 0;
  let waiting: Waiting[] = [];
  const settle = (run: number, tell: (waiter: Waiting) => void): void => {
    const ready = waiting.filter(({ from }) => from <= run);
    waiting = waiting.filter(({ from }) => from > run);
    ready.forEach(tell);
  };
  return {
    loop: {
      ...loop,
      async run(signal) {
        begun += 1;
        const run = begun;
        try {
          await loop.run(signal);
          settle(run, (waiter) => waiter.resolve());
        } catch (error) {
          settle(run, (waiter) => waiter.reject(error));
          throw error;
        }
      },
    },
    nextRun: () => new Promise((resolve, reject) => waiting.push({ from: begun + 1, resolve, reject })),
  };
};
