import type { SqlExecutor } from '@probono/sql';
import type { Row, Table } from '../projection.js';
import { keyOf, type RowName, rowOf, sentCell } from './cells.js';
import type { BatchRows, Missing } from './rows.js';
import type { Changes } from './table-rows.js';

/** The real, schema-qualified name of a table, for one generation. */
export type RealName = (table: Table) => string;

/** Loads the rows of these names into memory, in one go. */
const loadRows = async (
  tx: SqlExecutor,
  realName: RealName,
  table: Table,
  names: readonly RowName[],
  rows: BatchRows,
): Promise<void> => {
  if (names.length === 0) return;
  const keys = names.map((name) => keyOf(table, name));
  const found = await tx.query(
    `SELECT ${columnsOf(table).map((column) => `t.${column}`)} FROM ${realName(table)} t JOIN ${wantedKeys(table)} USING (${table.key})`,
    table.key.map((_, index) => keys.map((key) => key[index])),
  );
  rows.learnRows(table, names, readRows(table, found));
};

/** Loads what folds could not go on without: one statement for each table, and each column that is searched. */
export const loadMissing = async (
  tx: SqlExecutor,
  realName: RealName,
  missing: readonly Missing[],
  rows: BatchRows,
): Promise<void> => {
  const names = new Map<Table, Set<RowName>>();
  const searches = new Map<Table, Map<string, Map<string, string | number>>>();
  for (const what of missing) {
    const { table } = what;
    if ('row' in what) {
      const wanted = names.get(table);
      if (wanted === undefined) names.set(table, new Set([what.row]));
      else wanted.add(what.row);
    } else {
      const columns = searches.get(table) ?? new Map<string, Map<string, string | number>>();
      const values = columns.get(what.column) ?? new Map<string, string | number>();
      searches.set(table, columns.set(what.column, values.set(String(what.value), what.value)));
    }
  }
  for (const [table, wanted] of names) await loadRows(tx, realName, table, [...wanted], rows);
  for (const [table, columns] of searches) {
    for (const [column, wanted] of columns) {
      const values = [...wanted.values()];
      const found = await tx.query(
        `SELECT ${columnsOf(table)} FROM ${realName(table)} WHERE ${column} = ANY ($1::${table.columns[column]}[])`,
        [values],
      );
      rows.learnWhere(table, column, values, readRows(table, found));
    }
  }
};

/** Writes what a batch changed: one statement for the rows that are there, one for those that are gone. */
export const writeChanges = async (
  tx: SqlExecutor,
  realName: RealName,
  table: Table,
  changes: Changes,
): Promise<void> => {
  const present = [...changes.values()].flatMap((row) => (row === undefined ? [] : [row]));
  const gone = [...changes].flatMap(([name, row]) => (row === undefined ? [keyOf(table, name)] : []));
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
