import { bucketCount, bucketOf, type StoredEvent } from '@probono/event-store';
import type { Projection } from '../projection.js';
import { type Book, readBook, skipTo, type Unit } from './books.js';
import { dropRetired, switchIn } from './generations.js';
import type { Parts } from './parts.js';
import { bucketsOf, readPart } from './reading.js';
import { type Stepped, step, type Troubles } from './step.js';

/**
 * What a run ended with: nothing is left to do; or there is more, and someone else is at it (or the signal aborted);
 * or an event stopped the projection.
 */
export type Advanced = 'idle' | 'busy' | 'failed';

/** Does one projection's work until nothing is left. Any number of workers may do so at once. */
export const advance = async (parts: Parts, projection: Projection, signal?: AbortSignal): Promise<Advanced> => {
  const troubles = new Map<string, Troubles>();
  for (;;) {
    if (signal?.aborted) return 'busy';
    const book = await bookOf(parts, projection);
    const units = book.units.filter(({ version }) => version === projection.version);
    if (book.paused || units.length === 0) return 'idle';
    const head = await parts.store.lastPosition();
    const open = units.filter(({ failure, position }) => failure === null && head !== undefined && position < head);
    if (head === undefined || open.length === 0) {
      if (units.some(({ state }) => state === 'booting') && (await switchIn(parts, projection))) continue;
      await dropRetired(parts, projection.name);
      return units.some(({ failure }) => failure !== null) ? 'failed' : 'idle';
    }
    const { stepped, full } = await round(parts, projection, open, head, troubles);
    // What a wake-up mostly finds: one step, and nothing has come since. The books need not be read again to know it.
    const troubled = [...troubles.values()].some(({ tries, refused }) => tries.size + refused.size > 0);
    const through = !full && !troubled && stepped.every((result) => result === 'moved');
    const plain = units.every(({ state, failure }) => state === 'live' && failure === null);
    if (through && plain && (await parts.store.lastPosition()) === head) return 'idle';
    if (stepped.every((result) => result === 'locked')) return 'busy';
    if (stepped.includes('again')) {
      const failures = [...troubles.values()].flatMap(({ tries }) => [...tries.values()]);
      await parts.wait(parts.retry.delayMs(Math.max(1, ...failures)), signal);
    }
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
): Promise<{ readonly stepped: readonly Stepped[]; readonly full: boolean }> => {
  const stepped: Stepped[] = [];
  const empty: Unit[] = [];
  let full = false;
  const known = await readTogether(parts, projection, units, head);
  for (const unit of units) {
    const events = known?.get(unit) ?? (await readUnit(parts, projection, unit, head));
    const last = events.at(-1);
    if (last === undefined) {
      empty.push(unit);
      continue;
    }
    if (events.length >= parts.batchSize) full = true;
    const upTo = events.length < parts.batchSize ? head : last.position;
    stepped.push(await step(parts, projection, unit, events, upTo, troublesOf(troubles, unit)));
  }
  if (empty.length > 0) stepped.push((await skipTo(parts.sql, empty, head)) === empty.length ? 'moved' : 'locked');
  return { stepped, full };
};

const readUnit = (parts: Parts, projection: Projection, { position, partition, partitions }: Unit, head: bigint) =>
  readPart(parts.store, {
    after: position,
    upTo: head,
    types: projection.types,
    buckets: bucketsOf(partition, partitions),
    limit: parts.batchSize,
  });

/** One read for all, where they stand at the same place and little is left: what a wake-up mostly finds. */
const readTogether = async (
  parts: Parts,
  projection: Projection,
  units: readonly Unit[],
  head: bigint,
): Promise<ReadonlyMap<Unit, readonly StoredEvent[]> | undefined> => {
  const [first] = units;
  const alike = units.every(
    ({ generation, position }) => generation === first?.generation && position === first.position,
  );
  if (first === undefined || units.length === 1 || !alike) return undefined;
  const buckets = units.flatMap(({ partition, partitions }) => bucketsOf(partition, partitions) ?? []);
  const limit = parts.batchSize;
  const events = await readPart(parts.store, {
    after: first.position,
    upTo: head,
    types: projection.types,
    buckets,
    limit,
  });
  if (events.length === limit) return undefined;
  const share = ({ partition, partitions }: Unit) =>
    events.filter(({ stream }) => Math.floor((bucketOf(stream) * partitions) / bucketCount) === partition);
  return new Map(units.map((unit) => [unit, share(unit)]));
};

const troublesOf = (all: Map<string, Troubles>, { generation, partition }: Unit): Troubles => {
  const name = `${generation}/${partition}`;
  const known = all.get(name) ?? { tries: new Map(), refused: new Map() };
  all.set(name, known);
  return known;
};
