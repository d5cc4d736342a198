import { bucketCount } from '@probono/event-store';
import { migrate } from '@probono/sql';
import type { Projection } from './projection.js';
import { type Advanced, advance } from './runner/advance.js';
import { type AsOf, buildAsOf } from './runner/as-of.js';
import { clearFailures, readBook, setPaused } from './runner/books.js';
import { ensureGeneration } from './runner/generations.js';
import { migrations, migrationsOwner } from './runner/migrations.js';
import { partsOf, type ReadModelsOptions } from './runner/parts.js';
import { type Reconciled, reconcile } from './runner/reconcile.js';
import { type Replayed, replayParked } from './runner/replay.js';
import { type GenerationStatus, readStatus } from './runner/status.js';
import { assertNames } from './runner/tables.js';
import { type Waited, type WaitForOptions, waitFor } from './runner/wait-for.js';

/** Read models: what fills them, and what keeps watch over that. Every method that takes a name throws for an unknown one. */
export interface ReadModels {
  /** The names of the projections, in the order given. */
  readonly names: readonly string[];
  /**
   * Makes the runner's books, and a generation for every projection that has none of this code's version. To be called
   * at start, in every process; it changes nothing when all is there.
   */
  migrate(): Promise<void>;
  /**
   * Does one projection's work until nothing is left: fills its generations, switches a rebuilt one in, drops what it
   * replaced. Rows and checkpoint move in one transaction, so it may be run by any number of workers in any number of
   * processes, and die at any moment. Throws when a database or the store is out of reach: call it again later.
   *
   * @returns `idle`: nothing is left, or it is paused, or newer code has taken over; `busy`: another worker is at it, or
   *   the signal aborted; `failed`: an event stopped it, see `status()`.
   */
  advance(name: string, options?: { readonly signal?: AbortSignal }): Promise<Advanced>;
  /** How every generation is doing, in the order of names and generations. */
  status(): Promise<readonly GenerationStatus[]>;
  /** No worker moves the projection any more once this has resolved; the mark is kept in the database. */
  pause(name: string): Promise<void>;
  /** Takes the mark away. */
  resume(name: string): Promise<void>;
  /**
   * Replays parked events, stream by stream, in order, and lets a stopped projection go on with the next `advance`. Where
   * rows relate several streams, these events came too late among those of others: a generation is then begun that
   * `advance` fills in the order of the log and switches in.
   */
  retry(name: string): Promise<Replayed>;
  /**
   * Begins a new generation beside the one that is read; `advance` fills it and switches it in. Gives its number; while
   * one is being filled already, that one's.
   */
  rebuild(name: string): Promise<number>;
  /**
   * Waits until the read models hold everything up to `position`, such as that of an own append. It does no work itself:
   * a worker has to be running. An aborted wait throws the signal's reason.
   */
  waitFor(position: bigint, options: WaitForOptions): Promise<Waited>;
  /**
   * Builds a projection as it was at a past position, in a schema of its own; `drop()` it when done.
   * Throws when an event cannot be folded.
   */
  buildAsOf(name: string, position: bigint, options?: { readonly signal?: AbortSignal }): Promise<AsOf>;
  /**
   * Holds what readers see against the log: rebuilds it aside, up to where it is, and compares row by row. Workers may
   * go on meanwhile. What is compared is copied first, so it needs room for the rows twice.
   *
   * @throws {OtherVersion} when the rows are those of another version of the code.
   */
  reconcile(name: string, options?: { readonly signal?: AbortSignal }): Promise<Reconciled>;
}

/**
 * Opens read models over a store and a database, which may be one and the same PGlite: the store is never called inside
 * a transaction of the rows.
 *
 * @throws {TypeError} for projections whose names cannot be names in SQL, or that share one, and for `partitions` that do
 *   not divide 64.
 *
 * @example
 * ```ts
 * const readModels = openReadModels({ sql, store, codec, projections, now: () => new Date() });
 * await readModels.migrate();
 * await readModels.advance('hours');
 * ```
 */
export const openReadModels = (options: ReadModelsOptions): ReadModels => {
  const parts = partsOf(options);
  const projections = new Map(parts.projections.map((projection) => [projection.name, projection]));
  if (projections.size < parts.projections.length) throw new TypeError('two projections share one name');
  parts.projections.forEach(assertNames);
  if (!(parts.partitions >= 1 && Number.isInteger(parts.partitions) && bucketCount % parts.partitions === 0))
    throw new TypeError(`partitions: expected a divisor of ${bucketCount}, got ${parts.partitions}`);

  const named = (name: string): Projection => {
    const projection = projections.get(name);
    if (projection === undefined)
      throw new TypeError(`there is no read model ${name}: ${[...projections.keys()].join(', ')}`);
    return projection;
  };
  const setMark = async (name: string, paused: boolean): Promise<void> => {
    if (!(await setPaused(parts.sql, named(name).name, paused))) throw notSetUp(name);
  };

  return {
    names: [...projections.keys()],
    async migrate() {
      await migrate(parts.sql, migrationsOwner, migrations);
      for (const projection of parts.projections) await ensureGeneration(parts, projection, 'read');
    },
    advance: async (name, { signal } = {}) => advance(parts, named(name), signal),
    status: () => readStatus(parts, parts.projections),
    pause: (name) => setMark(name, true),
    resume: (name) => setMark(name, false),
    async retry(name) {
      const projection = named(name);
      const book = await readBook(parts.sql, name);
      if (book === undefined) throw notSetUp(name);
      let [replayed, stillParked] = [0, 0];
      for (const unit of book.units.filter(({ version }) => version === projection.version)) {
        const done = await replayParked(parts, projection, unit);
        replayed += done.replayed;
        stillParked += done.stillParked;
      }
      await clearFailures(parts.sql, name);
      // Replayed, they came after events of other streams that were behind them in the log.
      if (replayed === 0 || projection.partitioned) return { replayed, stillParked };
      return { replayed, stillParked, rebuiltAs: await ensureGeneration(parts, projection, 'new') };
    },
    rebuild: async (name) => ensureGeneration(parts, named(name), 'filled'),
    async waitFor(position, { projections: names = [...projections.keys()], ...limits }) {
      return waitFor(parts, names.map(named), position, limits);
    },
    buildAsOf: async (name, position, { signal } = {}) => buildAsOf(parts, named(name), position, signal),
    reconcile: async (name, { signal } = {}) => reconcile(parts, named(name), signal),
  };
};

const notSetUp = (name: string): Error => new Error(`the read model ${name} is not set up: call migrate() first`);
