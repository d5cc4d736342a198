/** Waits for something to become so; looks again and again rather than sleeping for long. */
export const eventually = async (what: string, isSo: () => boolean, milliseconds = 60_000): Promise<void> => {
  const deadline = Date.now() + milliseconds;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error(`${what} did not happen within ${milliseconds} ms`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

/** Tries again until it is done: what fails once may find another connection the next time. */
export const persistently = async <T>(what: string, work: () => Promise<T>, milliseconds = 60_000): Promise<T> => {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > deadline) throw new Error(`${what} was not done within ${milliseconds} ms`, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
};
