import type { SqlExecutor } from '@probono/sql';
import type { Projection } from '../projection.js';
import { holdAll } from './books.js';
import type { Parts } from './parts.js';
import { createTables, generationNames, generationTable, pointViews, readSchema } from './tables.js';

interface Generation {
  readonly generation: number;
  readonly version: number;
  readonly state: 'booting' | 'live';
  readonly tables: readonly string[];
}

/**
 * When a generation of this code's version will do: one that is `read`, or is being filled; one that is being `filled`,
 * beside the one that is read; or only a `new` one, from the first event on.
 */
export type Wanted = 'read' | 'filled' | 'new';

/**
 * Sees to it that this code's version of a projection has the generation that is wanted: one there is, or a new one.
 * Gives the generation to be filled or read.
 */
export const ensureGeneration = async (parts: Parts, projection: Projection, wanted: Wanted): Promise<number> =>
  parts.sql.transaction(async (tx) => {
    await tx.query('INSERT INTO probono_read.projections (projection) VALUES ($1) ON CONFLICT DO NOTHING', [
      projection.name,
    ]);
    const [book] = await tx.query<{ last_generation: number }>(
      'SELECT last_generation FROM probono_read.projections WHERE projection = $1 FOR UPDATE',
      [projection.name],
    );
    const { live, booting } = await generationsOf(tx, projection.name);
    const serves = (one: Generation | undefined, ifWanted: readonly Wanted[]): one is Generation =>
      // A generation of newer code stays: this process is the one to be replaced.
      one !== undefined &&
      (one.version > projection.version || (one.version === projection.version && ifWanted.includes(wanted)));
    if (serves(booting, ['read', 'filled'])) return booting.generation;
    if (serves(live, ['read'])) return live.generation;
    if (booting !== undefined) await retire(tx, projection.name, booting, parts.now());
    const generation = (book?.last_generation ?? 0) + 1;
    await begin(tx, parts, projection, generation);
    if (live === undefined) {
      if (booting !== undefined) await dropViews(tx, projection.name, booting);
      await pointViews(tx, projection, generation, true);
    }
    parts.logger?.info(
      { projection: projection.name, generation, version: projection.version },
      'a generation of a read model begins',
    );
    return generation;
  });

/**
 * Switches the booting generation in, when it is as far as the live one and no more of its streams wait: one
 * transaction, in which no checkpoint can move. True when it was switched in now.
 */
export const switchIn = async (parts: Parts, projection: Projection): Promise<boolean> => {
  const switched = await parts.sql.transaction(async (tx) => {
    await tx.query('SELECT 1 FROM probono_read.projections WHERE projection = $1 FOR UPDATE', [projection.name]);
    const { live, booting } = await generationsOf(tx, projection.name);
    if (booting === undefined || booting.version !== projection.version) return undefined;
    await holdAll(tx, projection.name);
    if (!(await isReady(tx, projection.name, booting, live))) return undefined;
    if (live !== undefined) await retire(tx, projection.name, live, parts.now());
    await tx.query(
      `UPDATE probono_read.generations SET state = 'live', switched_at = $3 WHERE projection = $1 AND generation = $2`,
      [projection.name, booting.generation, parts.now()],
    );
    if (live !== undefined && live.version !== booting.version) await dropViews(tx, projection.name, live);
    await pointViews(tx, projection, booting.generation, false);
    return booting.generation;
  });
  if (switched === undefined) return false;
  parts.logger?.info({ projection: projection.name, generation: switched }, 'a generation of a read model is live');
  return true;
};

/** Drops the tables of generations that were retired; readers that still hold them are waited for. */
export const dropRetired = async (parts: Parts, projection: string): Promise<void> => {
  const retired = await parts.sql.query<Generation>(
    `SELECT generation, tables FROM probono_read.generations
      WHERE projection = $1 AND state = 'retired' AND NOT dropped`,
    [projection],
  );
  for (const { generation, tables } of retired) {
    await parts.sql.transaction(async (tx) => {
      for (const table of tables) await tx.exec(`DROP TABLE IF EXISTS ${readSchema}.${table}`);
      await tx.query('UPDATE probono_read.generations SET dropped = true WHERE projection = $1 AND generation = $2', [
        projection,
        generation,
      ]);
    });
  }
};

const generationsOf = async (tx: SqlExecutor, projection: string) => {
  const rows = await tx.query<Generation>(
    `SELECT generation, version, state, tables FROM probono_read.generations
      WHERE projection = $1 AND state <> 'retired' ORDER BY generation`,
    [projection],
  );
  return {
    live: rows.find(({ state }) => state === 'live'),
    booting: rows.findLast(({ state }) => state === 'booting'),
  };
};

const begin = async (tx: SqlExecutor, parts: Parts, projection: Projection, generation: number): Promise<void> => {
  const partitions = projection.partitioned && parts.store.capabilities.buckets ? parts.partitions : 1;
  await createTables(tx, projection, generationNames(projection, generation));
  await tx.query('UPDATE probono_read.projections SET last_generation = $2 WHERE projection = $1', [
    projection.name,
    generation,
  ]);
  await tx.query(
    `INSERT INTO probono_read.generations (projection, generation, version, state, tables, begun_at)
      VALUES ($1, $2, $3, 'booting', $4, $5)`,
    [
      projection.name,
      generation,
      projection.version,
      projection.tables.map((table) => generationTable(projection, table, generation)),
      parts.now(),
    ],
  );
  await tx.query(
    `INSERT INTO probono_read.checkpoints (projection, generation, partition, partitions)
      SELECT $1, $2, n, $3::integer FROM generate_series(0, $3::integer - 1) AS n`,
    [projection.name, generation, partitions],
  );
};

const isReady = async (
  tx: SqlExecutor,
  projection: string,
  booting: Generation,
  live: Generation | undefined,
): Promise<boolean> => {
  const [row] = await tx.query<{ ready: boolean }>(
    `SELECT (SELECT min(position) FROM probono_read.checkpoints WHERE projection = $1 AND generation = $2)
          >= coalesce((SELECT max(position) FROM probono_read.checkpoints WHERE projection = $1 AND generation = $3), -1)
        AND NOT EXISTS (SELECT 1 FROM probono_read.checkpoints
          WHERE projection = $1 AND generation = $2 AND failure IS NOT NULL)
        AND ($3::integer IS NULL OR
          (SELECT count(*) FROM probono_read.parked WHERE projection = $1 AND generation = $2)
            <= (SELECT count(*) FROM probono_read.parked WHERE projection = $1 AND generation = $3)) AS ready`,
    [projection, booting.generation, live?.generation],
  );
  return row?.ready === true;
};

/** Without its checkpoints nobody can fill a generation any more. */
const retire = async (tx: SqlExecutor, projection: string, { generation }: Generation, at: Date): Promise<void> => {
  for (const table of ['checkpoints', 'parked']) {
    await tx.query(`DELETE FROM probono_read.${table} WHERE projection = $1 AND generation = $2`, [
      projection,
      generation,
    ]);
  }
  await tx.query(
    `UPDATE probono_read.generations SET state = 'retired', switched_at = $3 WHERE projection = $1 AND generation = $2`,
    [projection, generation, at],
  );
};

const dropViews = async (tx: SqlExecutor, projection: string, { tables }: Generation): Promise<void> => {
  for (const table of tables) {
    const view = table.replace(/_g\d+$/, '');
    // The name alone is not enough to go by: it must be one of this projection's.
    if (view.startsWith(`${projection}_`)) await tx.exec(`DROP VIEW IF EXISTS ${readSchema}.${view}`);
  }
};
