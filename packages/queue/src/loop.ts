/** Work that is done in rounds: everything there is now, then rest until a wake-up or the next tick. */
export interface WorkLoop {
  /** What a ring must name to wake it: lower-case letters, digits, `.`, `_`, `-`, for example `projection.conventions`. */
  readonly topic: string;
  /**
   * Does all the work there is now and returns when there is none left. Never called twice at once in one process, but
   * other processes may run the same topic: whoever needs exclusion takes a lock in the database.
   *
   * A throw is logged and the run is tried again later. `signal` aborts when the host stops: finish the batch in hand
   * and return.
   */
  run(signal: AbortSignal): Promise<void>;
  /** Longest rest between two runs, in milliseconds; each rest is drawn between a fifth of it and all of it. Default 5000. */
  readonly tickMs?: number;
}

/** How one loop of this process is doing. */
export interface LoopHealth {
  readonly running: boolean;
  /** Runs that returned, since the start. */
  readonly runs: number;
  /** Runs that threw, since the start. */
  readonly failures: number;
  /** Runs that threw since the last one that returned; 0 means well. */
  readonly failuresInRow: number;
  /** When the last run that returned did so, by the machine's clock. */
  readonly lastDoneAt?: Date;
}
