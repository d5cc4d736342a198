import type { SqlClient, SqlExecutor } from '@probono/sql';
import type { Projection, Table } from '../projection.js';
import type { RealName } from './row-storage.js';

/** The schema of all read models. */
export const readSchema = 'probono_read';

const identifier = /^[a-z][a-z0-9_]{0,29}$/;

/** Names go into SQL as they are, so they are looked at before anything else. Throws a `TypeError`. */
export const assertNames = (projection: Projection): void => {
  const tables = projection.tables.flatMap((table) => [table.name, ...Object.keys(table.columns)]);
  for (const name of [projection.name, ...tables]) {
    if (!identifier.test(name)) throw new TypeError(`${projection.name}: ${name} must be ${identifier}`);
  }
  for (const table of projection.tables) {
    for (const column of [...table.key, ...(table.indexes ?? []).flat()]) {
      if (!Object.hasOwn(table.columns, column))
        throw new TypeError(`${projection.name}: ${table.name} has no column ${column}`);
    }
  }
};

/** The name that queries use for a table, without its schema. */
export const viewName = (projection: Projection, table: Table): string => `${projection.name}_${table.name}`;

/** The name of a table in one generation, without its schema. */
export const generationTable = (projection: Projection, table: Table, generation: number): string =>
  `${viewName(projection, table)}_g${generation}`;

/** Where the rows of one generation lie. */
export const generationNames =
  (projection: Projection, generation: number): RealName =>
  (table) =>
    `${readSchema}.${generationTable(projection, table, generation)}`;

/** The name of a schema that nobody else uses, still to be made, and what drops it again. */
export const scratchSchema = async (
  sql: SqlClient,
): Promise<{ readonly schema: string; readonly drop: () => Promise<void> }> => {
  const [next] = await sql.query<{ n: bigint }>(`SELECT nextval('probono_read.as_of') AS n`);
  const schema = `probono_as_of_${next?.n}`;
  return { schema, drop: () => sql.exec(`DROP SCHEMA IF EXISTS ${schema} CASCADE`) };
};

/** Makes the tables of a projection, with their indexes, under these names. */
export const createTables = async (tx: SqlExecutor, projection: Projection, realName: RealName): Promise<void> => {
  for (const table of projection.tables) {
    const columns = Object.entries(table.columns).map(([column, type]) => `${column} ${type}`);
    const name = realName(table);
    await tx.exec(
      [
        `CREATE TABLE ${name} (${[...columns, `PRIMARY KEY (${table.key})`].join(', ')})`,
        ...(table.indexes ?? []).map((index) => `CREATE INDEX ON ${name} (${index})`),
      ].join(';\n'),
    );
  }
};

/** Points the views that queries read at one generation. With `anew` their columns may differ from before. */
export const pointViews = async (
  tx: SqlExecutor,
  projection: Projection,
  generation: number,
  anew: boolean,
): Promise<void> => {
  for (const table of projection.tables) {
    const view = `${readSchema}.${viewName(projection, table)}`;
    if (anew) await tx.exec(`DROP VIEW IF EXISTS ${view}`);
    // Replaced rather than made again where it can be: grants and views of others stay.
    await tx.exec(
      `CREATE OR REPLACE VIEW ${view} AS SELECT ${Object.keys(table.columns)} FROM ${generationNames(projection, generation)(table)}`,
    );
  }
};
