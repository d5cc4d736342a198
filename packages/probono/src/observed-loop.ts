import type { WorkLoop } from '@probono/queue';

/** A loop whose runs are counted, so that one can wait for what was asked of it. */
export interface ObservedLoop {
  readonly loop: WorkLoop;
  /** The number of runs that have begun. */
  begun(): number;
  /** Resolves when the run of this number, or a later one, has returned; rejects with what it threw. */
  completed(run: number): Promise<void>;
}

interface Waiting {
  readonly run: number;
  resolve(): void;
  reject(error: unknown): void;
}

export const observed = (loop: WorkLoop): ObservedLoop => {
  let begun = 0;
  let done = 0;
  let waiting: Waiting[] = [];
  const settle = (run: number, tell: (waiter: Waiting) => void): void => {
    done = run;
    const ready = waiting.filter((waiter) => waiter.run <= run);
    waiting = waiting.filter((waiter) => waiter.run > run);
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
    begun: () => begun,
    completed: (run) =>
      run <= done ? Promise.resolve() : new Promise((resolve, reject) => waiting.push({ run, resolve, reject })),
  };
};
