import type { StreamName } from '@probono/domain';
import type { ExpectedRevision } from '@probono/event-store';

/** A stream as it was read some time ago. Never changed: a later reading is another one of these. */
export interface Remembered {
  readonly stream: StreamName;
  readonly revision: ExpectedRevision;
  readonly state: unknown;
  /** The ids of the commands that wrote its events: one that is here has been carried out. */
  readonly commandIds: ReadonlySet<string>;
}

/**
 * States of streams that decisions read and do not write: the newest so many, the least recently used dropped first.
 * What it says may be out of date; whoever decides on it must have it checked, or read again.
 */
export interface StateCache {
  recall(stream: string): Remembered | undefined;
  remember(read: Remembered): void;
  forget(streams: Iterable<string>): void;
  readonly size: number;
}

/** Longer streams are read each time: one of them would weigh as much as hundreds of others. */
const mostCommands = 1000;

/** A cache for so many streams; for none of them when `entries` is 0. */
export const stateCache = (entries: number): StateCache => {
  // A Map keeps the order of insertion: the first key is the one not used for longest.
  const held = new Map<string, Remembered>();
  return {
    recall(stream) {
      const known = held.get(stream);
      if (known === undefined) return undefined;
      held.delete(stream);
      held.set(stream, known);
      return known;
    },
    remember(read) {
      held.delete(read.stream);
      if (entries <= 0 || read.commandIds.size > mostCommands) return;
      held.set(read.stream, read);
      const [oldest] = held.keys();
      if (held.size > entries && oldest !== undefined) held.delete(oldest);
    },
    forget(streams) {
      for (const stream of streams) held.delete(stream);
    },
    get size() {
      return held.size;
    },
  };
};
