import type { StoredEvent } from '@probono/event-store';

type Turn = IteratorResult<StoredEvent, undefined>;

/**
 * Gives the events of pages one by one, and throws the signal's reason between any two of them. By hand: a generator
 * makes several promises for each event, this one only what `for await` asks for.
 */
export const oneByOne = (
  pages: AsyncGenerator<readonly StoredEvent[], void, undefined>,
  signal: AbortSignal | undefined,
): AsyncIterableIterator<StoredEvent> => {
  let page: readonly StoredEvent[] = [];
  let given = 0;
  let turning: Promise<void> | undefined;
  let over = false;

  const end = async (): Promise<void> => {
    over = true;
    page = [];
    await pages.return();
  };
  const turn = async (): Promise<void> => {
    try {
      const { done, value } = await pages.next();
      [page, given] = [value ?? [], 0];
      if (done) over = true;
    } catch (error) {
      over = true;
      throw error;
    } finally {
      turning = undefined;
    }
  };
  const nextOrTurn = async (): Promise<Turn> => {
    while (!over) {
      if (signal?.aborted) {
        await end();
        throw signal.reason;
      }
      const event = page[given];
      if (event !== undefined) {
        given += 1;
        return { done: false, value: event };
      }
      turning ??= turn();
      await turning;
    }
    return { done: true, value: undefined };
  };

  return {
    next() {
      const event = page[given];
      if (event === undefined || signal?.aborted) return nextOrTurn();
      given += 1;
      return Promise.resolve({ done: false, value: event });
    },
    async return() {
      await end();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
};
