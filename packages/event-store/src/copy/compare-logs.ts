import type { StoredEvent } from '../port.js';

/** The first place where a log is not the copy of another. */
export interface LogDifference {
  /** The copy ended too early, holds something that the source has not there, or holds the same event otherwise. */
  readonly kind: 'missing' | 'foreign' | 'changed';
  /** Which event of the log, counted from 1. */
  readonly at: number;
  /** One line that names the event and what differs; never a body, which may hold anything. */
  readonly message: string;
}

/** How far two logs are the same. */
export interface Comparison {
  /** How many events were the same. */
  readonly same: number;
  /** Where the last of them stands in each log. */
  readonly sourceAt: bigint | undefined;
  readonly targetAt: bigint | undefined;
  readonly difference: LogDifference | undefined;
}

/** What {@link compareLogs} is asked. */
export interface CompareOptions {
  /** The target has to hold all of the source; otherwise it may stop at any event. */
  readonly whole: boolean;
  /** How many events before these are known to be the same. */
  readonly before?: number;
  onEvent?(same: number): void | Promise<void>;
}

/** Goes through two logs side by side up to the first difference, in constant memory. */
export const compareLogs = async (
  source: AsyncIterable<StoredEvent>,
  target: AsyncIterable<StoredEvent>,
  { whole, before = 0, onEvent }: CompareOptions,
): Promise<Comparison> => {
  const [wanted, found] = [source[Symbol.asyncIterator](), target[Symbol.asyncIterator]()];
  let same = before;
  let [sourceAt, targetAt]: [bigint?, bigint?] = [];
  const ended = (difference?: LogDifference): Comparison => ({ same, sourceAt, targetAt, difference });
  try {
    for (;;) {
      const [one, other] = await Promise.all([wanted.next(), found.next()]);
      if (other.done === true) return ended(whole && one.done !== true ? missing(same + 1, one.value) : undefined);
      const difference =
        one.done === true ? unknown(same + 1, other.value) : differenceOf(same + 1, one.value, other.value);
      if (difference !== undefined || one.done === true) return ended(difference);
      same++;
      sourceAt = one.value.position;
      targetAt = other.value.position;
      await onEvent?.(same);
    }
  } finally {
    await Promise.allSettled([wanted.return?.(), found.return?.()]);
  }
};

const placeOf = ({ stream, revision, eventId }: StoredEvent): string => `${stream}/${revision} (${eventId})`;

const missing = (at: number, event: StoredEvent): LogDifference => ({
  kind: 'missing',
  at,
  message: `event ${at}, ${placeOf(event)}, is not in the target`,
});

const unknown = (at: number, event: StoredEvent): LogDifference => ({
  kind: 'foreign',
  at,
  message: `event ${at} of the target, ${placeOf(event)}, is not in the source`,
});

const differenceOf = (at: number, wanted: StoredEvent, found: StoredEvent): LogDifference | undefined => {
  const [expected, actual] = [placeOf(wanted), placeOf(found)];
  if (expected !== actual)
    return { kind: 'foreign', at, message: `event ${at} is ${expected} in the source, and ${actual} in the target` };
  const fields = (['type', 'schemaVersion', 'recordedAt'] as const).filter((name) => wanted[name] !== found[name]);
  const changed = [...fields, ...(Buffer.compare(wanted.body, found.body) === 0 ? [] : ['body'])];
  if (changed.length === 0) return undefined;
  return { kind: 'changed', at, message: `event ${at}, ${expected}, has another ${changed.join(', ')} in the target` };
};
