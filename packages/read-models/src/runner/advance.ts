import { bucketCount, bucketOf, type StoredEvent } from '@probono/event-store';
import type { Projection } from '../projection.js';
import { type Book, letOthersFill, readBook, skipTo, type Unit } from './books.js';
import { dropRetired, switchIn } from './generations.js';
import type { Parts } from './parts.js';
import { bucketsOf, readPart } from './reading.js';
import { type Stepped, step, stepTogether, type Troubles } from './step.js';

/**
 * What a run ended with: nothing is left to do; or there is more, and someone else is at it (or the signal aborted);
 * or an event stopped the projection.
 */
export type Advanced = 'idle' | 'busy' | 'failed';

/**
 * Does one projection's work until nothing is left. Any number of workers may do so at once; a generation that is not
 * read yet is filled by one of them at a time.
 */
export const advance = async (parts: Parts, projection: Projection, signal?: AbortSignal): Promise<Advanced> => {
  const troubles = new Map<string, Troubles>();
  let filled = false;
  try {
    for (;;) {
      if (signal?.aborted) return 'busy';
      const book = await bookOf(parts, projection);
      const units = book.units.filter(({ version }) => version === projection.version);
      if (book.paused || units.length === 0) return 'idle';
      const head = await parts.store.lastPosition();
      const behind = units.filter(({ failure, position }) => failure === null && head !== undefined && position < head);
      if (head === undefined || behind.length === 0) {
        if (units.some(({ state }) => state === 'booting') && (await switchIn(parts, projection))) continue;
        await dropRetired(parts, projection.name);
        return units.some(({ failure }) => failure !== null) ? 'failed' : 'idle';
      }
      const open = behind.filter(({ filler }) => filler === null || filler === parts.worker);
      if (open.length === 0) return 'busy';
      const fills = open.some(({ state }) => state === 'booting');
      filled ||= fills;
      const step = () => round(parts, projection, open, head, troubles);
      const { stepped, full } = await (fills ? parts.filling(step) : step());
      // What a wake-up mostly finds: one step, and nothing has come since. The books need not be read again to know it.
      const through = !full && !isTroubled(troubles) && stepped.every((result) => result === 'moved');
      const plain = units.every(({ state, failure }) => state === 'live' && failure === null);
      if (through && plain && (await parts.store.lastPosition()) === head) return 'idle';
      if (stepped.every((result) => result === 'locked')) return 'busy';
      if (stepped.includes('again')) {
        const failures = [...troubles.values()].flatMap(({ tries }) => [...tries.values()]);
        await parts.wait(parts.retry.delayMs(Math.max(1, ...failures)), signal);
      }
    }
  } finally {
    // If that fails, others wait until this one has been silent for a while.
    if (filled) await letOthersFill(parts.sql, projection.name, parts.worker).catch(() => {});
  }
};

const bookOf = async (parts: Parts, projection: Projection): Promise<Book> => {
  const book = await readBook(parts.sql, projection.name);
  if (book === undefined) throw new Error(`the read model ${projection.name} is not set up: call migrate() first`);
  return book;
};

/** One step of every unit that is behind: none of them waits until another is through. */
const round = async (
  parts: Parts,
  projection: Projection,
  units: readonly Unit[],
  head: bigint,
  troubles: Map<string, Troubles>,
): Promise<Round> => {
  const [first] = units;
  const alike = units.every(
    ({ generation, position }) => generation === first?.generation && position === first.position,
  );
  // What a wake-up mostly finds, and a rebuild: all stand at the same place.
  const page = units.length > 1 && alike ? await readUnits(parts, projection, units, head) : none;
  if (first !== undefined && page.events.length > 0 && !isTroubled(troubles)) {
    const of = (event: StoredEvent): Troubles => troublesOf(troubles, units.find((unit) => isOf(unit, event)) ?? first);
    const together = await stepTogether(parts, projection, units, page.events, page.upTo, of);
    if (together !== 'apart') return { stepped: [together], full: page.full };
  }
  const stepped: Stepped[] = [];
  const empty: Unit[] = [];
  let full = page.full;
  for (const unit of units) {
    const own = page === none ? await readUnits(parts, projection, [unit], head) : shareOf(page, unit);
    full ||= own.full;
    if (own.events.length > 0) {
      stepped.push(await step(parts, projection, unit, own.events, own.upTo, troublesOf(troubles, unit)));
    } else if (own.upTo === head) empty.push(unit);
  }
  if (empty.length > 0) stepped.push((await skipTo(parts.sql, empty, head)) === empty.length ? 'moved' : 'locked');
  return { stepped, full };
};

interface Round {
  readonly stepped: readonly Stepped[];
  /** There may be more behind what was read. */
  readonly full: boolean;
}

/** Events of one or more units, and how far they were read. */
interface Page {
  readonly events: readonly StoredEvent[];
  readonly upTo: bigint;
  readonly full: boolean;
}

const none: Page = { events: [], upTo: -1n, full: false };

/** Reads behind units that stand at the same place. */
const readUnits = async (parts: Parts, projection: Projection, units: readonly Unit[], head: bigint): Promise<Page> => {
  const [first] = units;
  if (first === undefined) return none;
  const limit = first.state === 'booting' ? parts.rebuildBatchSize : parts.batchSize;
  const buckets = units.flatMap(({ partition, partitions }) => bucketsOf(partition, partitions) ?? []);
  const events = await readPart(parts.store, {
    after: first.position,
    upTo: head,
    types: projection.types,
    // Without a filter where all buckets are meant, the log is read in its own order.
    buckets: buckets.length === 0 || buckets.length === bucketCount ? undefined : buckets,
    limit,
  });
  const full = events.length >= limit;
  return { events, full, upTo: full ? (events.at(-1)?.position ?? head) : head };
};

const isOf = ({ partition, partitions }: Unit, { stream }: StoredEvent): boolean =>
  Math.floor((bucketOf(stream) * partitions) / bucketCount) === partition;

const shareOf = (page: Page, unit: Unit): Page => ({
  ...page,
  events: page.events.filter((event) => isOf(unit, event)),
});

const isTroubled = (troubles: ReadonlyMap<string, Troubles>): boolean =>
  [...troubles.values()].some(({ tries, refused }) => tries.size + refused.size > 0);

const troublesOf = (all: Map<string, Troubles>, { generation, partition }: Unit): Troubles => {
  const name = `${generation}/${partition}`;
  const known = all.get(name) ?? { tries: new Map(), refused: new Map() };
  all.set(name, known);
  return known;
};
