import type { SqlExecutor } from '@probono/sql';
import type { Projection, Table } from '../projection.js';
import { fillAside } from './aside.js';
import { type Compared, compareTables } from './compare.js';
import type { Parts } from './parts.js';
import { bucketsOf } from './reading.js';
import type { GenerationState } from './status.js';
import { createTables, generationNames, scratchSchema } from './tables.js';

/** What a read model came to, held against the log. */
export interface Reconciled extends Compared {
  readonly name: string;
  /** The generation that readers see. */
  readonly generation: number;
  readonly state: Exclude<GenerationState, 'retired'>;
  /** All events up to here are in the rows, or parked; undefined before the first. */
  readonly position: bigint | undefined;
  /** Events that wait: those that failed and those behind them in their streams. */
  readonly parked: number;
  /** Streams that could not be rebuilt to their ends, for an event of theirs cannot be folded. */
  readonly unfoldable: number;
  /** True when there is nothing to find fault with: the rows are those of a rebuild, nothing waits, nothing has stopped. */
  readonly sound: boolean;
}

/** What is read belongs to another version of the code, which this one cannot rebuild. */
export class OtherVersion extends Error {
  override readonly name = 'OtherVersion';
}

/**
 * Copies the rows that readers see together with how far they are, then builds the same aside from the log, up to the
 * same place, and compares. Workers go on meanwhile: the copy is one snapshot, and nothing stays locked.
 */
export const reconcile = async (parts: Parts, projection: Projection, signal?: AbortSignal): Promise<Reconciled> => {
  const { schema, drop } = await scratchSchema(parts.sql);
  const place = (prefix: string) => (table: Table) => `${schema}.${prefix}_${projection.tables.indexOf(table)}`;
  const [live, anew] = [place('live'), place('anew')];
  try {
    await parts.sql.transaction(async (tx) => {
      await tx.exec(`CREATE SCHEMA ${schema}`);
      await createTables(tx, projection, anew);
    });
    const { positions, ...copied } = await copyOf(parts, projection, live);
    const waiting = new Set<string>();
    const aside = { realName: anew, waiting, onUnfoldable: () => {} };
    const lowest = least(positions);
    await fillAside(parts, projection, aside, { after: -1n, upTo: lowest }, signal);
    for (const [partition, upTo] of positions.entries()) {
      const buckets = bucketsOf(partition, positions.length);
      await fillAside(parts, projection, aside, { after: lowest, upTo, buckets }, signal);
    }
    const tables: Compared[] = [];
    for (const table of projection.tables) {
      signal?.throwIfAborted();
      tables.push(await compareTables(parts.sql, table, { live: live(table), anew: anew(table) }));
    }
    const compared = sumOf(tables);
    const findings = compared.differences.length + copied.parked + waiting.size;
    return {
      name: projection.name,
      ...copied,
      position: lowest < 0n ? undefined : lowest,
      ...compared,
      unfoldable: waiting.size,
      sound: findings === 0 && (copied.state === 'live' || copied.state === 'booting'),
    };
  } finally {
    await drop();
  }
};

interface Copied extends Pick<Reconciled, 'generation' | 'state' | 'parked'> {
  /** How far each partition is. */
  readonly positions: readonly bigint[];
}

const attempts = 5;

const copyOf = async (parts: Parts, projection: Projection, live: (table: Table) => string): Promise<Copied> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await parts.sql.transaction((tx) => copyInSnapshot(tx, projection, live));
    } catch (error) {
      // Another generation took over, and the tables of this one are gone: its successor is looked at instead.
      if (attempt === attempts || !isGone(error)) throw error;
    }
  }
};

const isGone = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === '42P01';

interface Read {
  readonly generation: number;
  readonly version: number;
  readonly state: 'booting' | 'live';
  readonly paused: boolean;
  readonly failed: boolean;
  readonly positions: readonly bigint[];
  readonly parked: bigint;
}

const copyInSnapshot = async (
  tx: SqlExecutor,
  projection: Projection,
  live: (table: Table) => string,
): Promise<Copied> => {
  await tx.exec('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
  const [read] = await tx.query<Read>(
    `SELECT g.generation, g.version, g.state, p.paused, bool_or(c.failure IS NOT NULL) AS failed,
        array_agg(c.position ORDER BY c.partition) AS positions,
        (SELECT count(*) FROM probono_read.parked k
          WHERE (k.projection, k.generation) = (g.projection, g.generation)) AS parked
      FROM probono_read.projections p JOIN probono_read.generations g USING (projection)
      JOIN probono_read.checkpoints c USING (projection, generation)
      WHERE p.projection = $1 AND g.state <> 'retired'
      GROUP BY g.projection, g.generation, p.paused
      ORDER BY g.state DESC, g.generation LIMIT 1`,
    [projection.name],
  );
  if (read === undefined) throw new Error(`the read model ${projection.name} is not set up: call migrate() first`);
  const { generation, version, state, paused, failed, positions, parked } = read;
  if (version !== projection.version) {
    throw new OtherVersion(
      `${projection.name}: what is read was built by version ${version} of it, this program has version ${projection.version}; reconcile with the program that built it, or once the new version has taken over`,
    );
  }
  const names = generationNames(projection, generation);
  for (const table of projection.tables) {
    await tx.exec(`CREATE UNLOGGED TABLE ${live(table)} AS SELECT ${Object.keys(table.columns)} FROM ${names(table)}`);
  }
  return { generation, state: failed ? 'failed' : paused ? 'paused' : state, parked: Number(parked), positions };
};

const least = (positions: readonly bigint[]): bigint =>
  positions.find((one) => positions.every((other) => one <= other)) ?? -1n;

const sumOf = (tables: readonly Compared[]): Compared => {
  const sum = (count: (compared: Compared) => number): number => tables.reduce((sum, one) => sum + count(one), 0);
  return {
    rows: sum(({ rows }) => rows),
    missing: sum(({ missing }) => missing),
    extra: sum(({ extra }) => extra),
    different: sum(({ different }) => different),
    differences: tables.flatMap(({ differences }) => differences),
  };
};
