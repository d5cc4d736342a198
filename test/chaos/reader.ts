import { type EventStore, Unavailable } from '@probono/event-store';

/** One who follows the log while all this goes on. */
export interface Reader {
  /** Reads on to the end of the log, and gives all that was read, in order. */
  finish(): Promise<readonly Seen[]>;
}

/** An event as the reader saw it. */
export interface Seen {
  readonly stream: string;
  readonly revision: bigint;
  readonly eventId: string;
}

const pollMs = 50;

/** Follows the log from its beginning; goes on where it was when the store was away. */
export const startReader = (store: EventStore): Reader => {
  const seen: Seen[] = [];
  let after: bigint | undefined;
  let finishing = false;
  const readOn = async (): Promise<boolean> => {
    const before = after;
    for await (const { stream, revision, eventId, position } of store.readAll(after === undefined ? {} : { after })) {
      seen.push({ stream, revision, eventId });
      after = position;
    }
    return after !== before;
  };
  const follow = async (): Promise<void> => {
    for (;;) {
      const last = finishing;
      try {
        if (!(await readOn()) && last) return;
      } catch (error) {
        if (!(error instanceof Unavailable)) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  };
  const following = follow();
  // Told by finish().
  following.catch(() => {});
  return {
    async finish() {
      finishing = true;
      await following;
      return seen;
    },
  };
};
