/** First come, first served: who has taken the turn has it alone until they give it back. */
export interface Turns {
  take(patience?: Patience): Promise<() => void>;
  run<T>(work: () => Promise<T>, patience?: Patience): Promise<T>;
}

/** How long to wait for the turn, and what is thrown when it has not come by then. */
export interface Patience {
  readonly milliseconds: number;
  failure(): Error;
}

export function createTurns(): Turns {
  let last: Promise<void> = Promise.resolve();
  const take = async (patience?: Patience) => {
    const previous = last;
    let giveBack = () => {};
    last = new Promise((resolve) => {
      giveBack = resolve;
    });
    if (patience === undefined) await previous;
    else await inTime(previous, patience, giveBack);
    return giveBack;
  };
  return {
    take,
    async run(work, patience) {
      const giveBack = await take(patience);
      try {
        return await work();
      } finally {
        giveBack();
      }
    },
  };
}

/** Waits for those before; who loses patience hands the turn on when it comes. */
const inTime = (before: Promise<void>, { milliseconds, failure }: Patience, handOn: () => void): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(failure());
      void before.then(handOn);
    }, milliseconds);
    void before.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
