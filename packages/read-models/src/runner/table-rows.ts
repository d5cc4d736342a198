import type { Row, Table } from '../projection.js';
import { nameOfRow, type RowName, sameCell } from './cells.js';

/** Changes of one table: a row, or `undefined` for a row that is gone. */
export type Changes = ReadonlyMap<RowName, Row | undefined>;

/** What a batch has in memory of one table: rows as they were loaded, and as they are now. */
export interface TableRows {
  readonly table: Table;
  size(): number;
  has(name: RowName): boolean;
  get(name: RowName): Row | undefined;
  /** The names of rows that hold this value; undefined when not all of them were loaded. */
  holding(column: string, value: string): ReadonlySet<RowName> | undefined;
  /** Takes in what the database has; what is known already, and perhaps changed, stays. */
  learn(rows: readonly Row[]): void;
  /** Takes in that there are no rows of these names but those known. */
  learnAbsent(names: Iterable<RowName>): void;
  /** Takes in that all rows that hold this value were loaded. */
  learnSearched(column: string, value: string): void;
  change(name: RowName, row: Row | undefined): void;
  /** What differs from what was loaded. */
  changes(): Changes;
}

/** The memory of one table, empty. */
export const tableRows = (table: Table): TableRows => {
  const columns = Object.entries(table.columns);
  const known = new Map<RowName, Row | undefined>();
  /** Of rows that were changed: as they were before; absent from here when that was never asked for. */
  const before = new Map<RowName, Row | undefined>();
  const blind = new Set<RowName>();
  /** By column that was ever searched, and value: the rows in memory that hold it. */
  const indexes = new Map<string, Map<string, Set<RowName>>>();
  const searched = new Map<string, Set<string>>();

  const enter = (index: Map<string, Set<RowName>>, value: string, name: RowName): void => {
    const names = index.get(value);
    if (names === undefined) index.set(value, new Set([name]));
    else names.add(name);
  };
  const set = (name: RowName, row: Row | undefined): void => {
    for (const [column, index] of indexes) {
      const old = known.get(name);
      if (old !== undefined) index.get(String(old[column]))?.delete(name);
      if (row !== undefined) enter(index, String(row[column]), name);
    }
    known.set(name, row);
  };
  const indexOf = (column: string): Map<string, Set<RowName>> => {
    const there = indexes.get(column);
    if (there !== undefined) return there;
    const index = new Map<string, Set<RowName>>();
    for (const [name, row] of known) if (row !== undefined) enter(index, String(row[column]), name);
    indexes.set(column, index);
    return index;
  };
  const same = (a: Row | undefined, b: Row | undefined): boolean => {
    if (a === undefined || b === undefined || a === b) return a === b;
    return columns.every(([column, type]) => sameCell(type, a[column] ?? null, b[column] ?? null));
  };

  return {
    table,
    size: () => known.size,
    has: (name) => known.has(name),
    get: (name) => known.get(name),
    holding: (column, value) =>
      searched.get(column)?.has(value) ? (indexOf(column).get(value) ?? nothing) : undefined,
    learn(rows) {
      for (const row of rows) {
        const name = nameOfRow(table, row);
        if (!known.has(name)) set(name, row);
        else if (blind.delete(name)) before.set(name, row);
      }
    },
    learnAbsent(names) {
      for (const name of names) if (!known.has(name)) set(name, undefined);
    },
    learnSearched(column, value) {
      const values = searched.get(column);
      if (values === undefined) searched.set(column, new Set([value]));
      else values.add(value);
    },
    change(name, row) {
      if (!before.has(name) && !blind.has(name)) {
        if (known.has(name)) before.set(name, known.get(name));
        else blind.add(name);
      }
      set(name, row);
    },
    changes() {
      const changes = new Map<RowName, Row | undefined>();
      for (const name of blind) changes.set(name, known.get(name));
      for (const [name, row] of before) if (!same(row, known.get(name))) changes.set(name, known.get(name));
      return changes;
    },
  };
};

const nothing: ReadonlySet<RowName> = new Set();
