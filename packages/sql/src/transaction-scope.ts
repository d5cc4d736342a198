import { AsyncLocalStorage } from 'node:async_hooks';

/** Knows, along the asynchronous call chain, whether code runs inside a transaction of its client. */
export interface TransactionScope {
  /** Runs `work` as the inside of a transaction. */
  inside<T>(work: () => Promise<T>): Promise<T>;
  /** Throws when called from inside a transaction: on PGlite the call would wait for itself. */
  refuseInside(call: string): void;
  /** Runs `work` as if no transaction had led to it; for notifications delivered while one ends. */
  outside<T>(work: () => T): T;
}

export function transactionScope(): TransactionScope {
  const storage = new AsyncLocalStorage<{ open: boolean }>();
  return {
    async inside(work) {
      // Timers and promises started by `work` carry the mark on after its end; it must not refuse them then.
      const mark = { open: true };
      try {
        return await storage.run(mark, work);
      } finally {
        mark.open = false;
      }
    },
    refuseInside(call) {
      if (storage.getStore()?.open) {
        throw new Error(`${call} was called inside transaction(): use the executor the transaction gives instead.`);
      }
    },
    outside: (work) => storage.exit(work),
  };
}
