/** Lets what waits for news be woken without a wake-up ever being lost between looking and waiting. */
export interface Wake {
  /** Wakes everyone who waits. */
  ring(): void;
  /** Counts the rings so far; to be read before looking. */
  rings(): number;
  /** Resolves once there were more rings than `seen`, or the signal is aborted. */
  after(seen: number, signal: AbortSignal): Promise<void>;
}

/** Makes a {@link Wake}. */
export const createWake = (): Wake => {
  let count = 0;
  const waiting = new Set<() => void>();
  return {
    ring() {
      count += 1;
      for (const go of waiting) go();
      waiting.clear();
    },
    rings: () => count,
    after: (seen, signal) =>
      new Promise((resolve) => {
        if (count > seen || signal.aborted) return resolve();
        const go = () => {
          waiting.delete(go);
          signal.removeEventListener('abort', go);
          resolve();
        };
        waiting.add(go);
        signal.addEventListener('abort', go);
      }),
  };
};
