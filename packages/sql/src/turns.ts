/** First come, first served: who has taken the turn has it alone until they give it back. */
export interface Turns {
  take(): Promise<() => void>;
  run<T>(work: () => Promise<T>): Promise<T>;
}

export function createTurns(): Turns {
  let last: Promise<void> = Promise.resolve();
  const take = async () => {
    const previous = last;
    let giveBack = () => {};
    last = new Promise((resolve) => {
      giveBack = resolve;
    });
    await previous;
    return giveBack;
  };
  return {
    take,
    async run(work) {
      const giveBack = await take();
      try {
        return await work();
      } finally {
        giveBack();
      }
    },
  };
}
