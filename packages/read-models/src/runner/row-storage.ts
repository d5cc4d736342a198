import type { SqlExecutor } from '@probono/sql';
import type { Row, Table } from '../projection.js';
import { keyOf, type RowName, rowOf, sentCell } from './cells.js';
import type { BatchRows, Changes, Missing } from './rows.js';

/** The real, schema-qualified name of a table, for one generation. */
export type RealName = (table: Table) => string;

/** Loads the rows of these names into memory, in one go. */
export const loadRows = async (
  tx: SqlExecutor,
  realName: RealName,
  table: Table,
  names: readonly RowName[],
  rows: BatchRows,
): Promise<void> => {
  if (names.length === 0) return;
  const keys = names.map(keyOf);
  const found = await tx.query(
    `SELECT ${columnsOf(table).map((column) => `t.${column}`)} FROM ${realName(table)} t JOIN ${wantedKeys(table)} USING (${table.key})`,
    table.key.map((_, index) => keys.map((key) => key[index])),
  );
  rows.learnRows(table, names, readRows(table, found));
};

/** Loads what a fold could not go on without. */
export const loadMissing = async (
  tx: SqlExecutor,
  realName: RealName,
  missing: Missing,
  rows: BatchRows,
): Promise<void> => {
  const { table } = missing;
  if ('row' in missing) return loadRows(tx, realName, table, [missing.row], rows);
  const { column, value } = missing;
  const found = await tx.query(
    `SELECT ${columnsOf(table)} FROM ${realName(table)} WHERE ${column} = $1::${table.columns[column]}`,
    [value],
  );
  rows.learnWhere(table, column, value, readRows(table, found));
};

/** Writes what a batch changed: one statement for the rows that are there, one for those that are gone. */
export const writeChanges = async (
  tx: SqlExecutor,
  realName: RealName,
  table: Table,
  changes: Changes,
): Promise<void> => {
  const present = [...changes.values()].flatMap((row) => (row === undefined ? [] : [row]));
  const gone = [...changes].flatMap(([name, row]) => (row === undefined ? [keyOf(name)] : []));
  if (present.length > 0) {
    const columns = Object.entries(table.columns);
    const others = columns.flatMap(([column]) => (table.key.includes(column) ? [] : [column]));
    await tx.query(
      `INSERT INTO ${realName(table)} (${columnsOf(table)})
        SELECT * FROM unnest(${columns.map(([, type], index) => `$${index + 1}::${type}[]`)})
        ON CONFLICT (${table.key}) ${
          others.length === 0 ? 'DO NOTHING' : `DO UPDATE SET ${others.map((c) => `${c} = excluded.${c}`)}`
        }`,
      columns.map(([column, type]) => present.map((row) => sentCell(type, row[column] ?? null))),
    );
  }
  if (gone.length > 0) {
    await tx.query(
      `DELETE FROM ${realName(table)} t USING ${wantedKeys(table)}
        WHERE ${table.key.map((column) => `t.${column} = wanted.${column}`).join(' AND ')}`,
      table.key.map((_, index) => gone.map((key) => key[index])),
    );
  }
};

const columnsOf = (table: Table): readonly string[] => Object.keys(table.columns);

const wantedKeys = (table: Table): string =>
  `unnest(${table.key.map((column, index) => `$${index + 1}::${table.columns[column]}[]`)}) AS wanted (${table.key})`;

const readRows = (table: Table, found: readonly Record<string, unknown>[]): readonly Row[] =>
  found.map((row) => rowOf(table, row));
