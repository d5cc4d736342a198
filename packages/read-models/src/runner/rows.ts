import type { Row, Rows, Table } from '../projection.js';
import { nameOf, nameOfRow, type RowName, rowOf } from './cells.js';

/** What a fold asked for and memory does not have. */
export type Missing =
  | { readonly table: Table; readonly row: RowName }
  | { readonly table: Table; readonly column: string; readonly value: string | number };

/** Rows as one event sees and changes them; kept only when its fold went through. */
export interface EventRows {
  readonly rows: Rows;
  /** What the fold could not go on without. */
  missing(): Missing | undefined;
  keep(): void;
}

/** Changes of one table: a row, or `undefined` for a row that is gone. */
export type Changes = ReadonlyMap<RowName, Row | undefined>;

/** The rows of a batch: what was loaded, with what the batch's events have changed since. */
export interface BatchRows {
  forEvent(): EventRows;
  /** Takes in what the database has; what is known already, and perhaps changed, stays. */
  learnRows(table: Table, names: Iterable<RowName>, loaded: readonly Row[]): void;
  learnWhere(table: Table, column: string, value: string | number, loaded: readonly Row[]): void;
  knows(table: Table, name: RowName): boolean;
  changes(table: Table): Changes;
}

/** Unwinds a fold that asked for a row not in memory. */
class NotInMemory extends Error {}

/** Rows in memory for the tables of one projection. */
export const batchRows = (tables: readonly Table[]): BatchRows => {
  const byName = new Map(tables.map((table) => [table.name, table]));
  const known = new Map(tables.map((table) => [table.name, new Map<RowName, Row | undefined>()]));
  const changed = new Map(tables.map((table) => [table.name, new Set<RowName>()]));
  const searched = new Set<string>();
  /** By table, column and value: the rows in memory that hold it. */
  const holding = new Map<string, Set<RowName>>();

  const tableOf = (name: string): Table => {
    const table = byName.get(name);
    if (table === undefined) throw new TypeError(`the projection has no table ${name}`);
    return table;
  };
  const knownOf = (table: Table): Map<RowName, Row | undefined> => known.get(table.name) ?? new Map();
  const learn = (table: Table, name: RowName, row: Row | undefined): void => {
    const rows = knownOf(table);
    const before = rows.get(name);
    for (const column of searchable(table)) {
      if (before !== undefined) holding.get(searchName(table, column, String(before[column])))?.delete(name);
      if (row === undefined) continue;
      const place = searchName(table, column, String(row[column]));
      holding.set(place, (holding.get(place) ?? new Set()).add(name));
    }
    rows.set(name, row);
  };

  const forEvent = (): EventRows => {
    const written = new Map<string, Map<RowName, Row | undefined>>();
    let missing: Missing | undefined;

    const lack = (what: Missing): never => {
      // Remembered besides being thrown: a fold that swallowed it must not pass for one that went through.
      missing ??= what;
      throw new NotInMemory();
    };
    const write = (table: Table, name: RowName, row: Row | undefined): void => {
      const own = written.get(table.name) ?? new Map<RowName, Row | undefined>();
      written.set(table.name, own.set(name, row));
    };

    const rows: Rows = {
      get(tableName, ...key) {
        const table = tableOf(tableName);
        const name = nameOf(key);
        const own = written.get(tableName);
        if (own?.has(name)) return own.get(name);
        const rows = knownOf(table);
        return rows.has(name) ? rows.get(name) : lack({ table, row: name });
      },
      where(tableName, column, value) {
        const table = tableOf(tableName);
        if (!searchable(table).has(column)) throw new TypeError(`${tableName} has no index that begins with ${column}`);
        const place = searchName(table, column, value);
        if (!searched.has(place)) lack({ table, column, value });
        const own = written.get(tableName) ?? new Map<RowName, Row | undefined>();
        const names = new Set([...(holding.get(place) ?? []), ...own.keys()]);
        const found = [...names]
          .map((name) => [name, own.has(name) ? own.get(name) : knownOf(table).get(name)] as const)
          .filter(([, row]) => row !== undefined && String(row[column]) === String(value));
        // By key: the order must not depend on what happened to be in memory.
        return found.sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, row]) => (row === undefined ? [] : [row]));
      },
      put(tableName, given) {
        const table = tableOf(tableName);
        const row = rowOf(table, given);
        write(table, nameOfRow(table, row), row);
      },
      delete(tableName, ...key) {
        write(tableOf(tableName), nameOf(key), undefined);
      },
    };

    return {
      rows,
      missing: () => missing,
      keep() {
        for (const [table, own] of written) {
          for (const [name, row] of own) {
            learn(tableOf(table), name, row);
            changed.get(table)?.add(name);
          }
        }
      },
    };
  };

  return {
    forEvent,
    learnRows(table, names, loaded) {
      const rows = knownOf(table);
      for (const row of loaded) if (!rows.has(nameOfRow(table, row))) learn(table, nameOfRow(table, row), row);
      for (const name of names) if (!rows.has(name)) learn(table, name, undefined);
    },
    learnWhere(table, column, value, loaded) {
      const rows = knownOf(table);
      for (const row of loaded) if (!rows.has(nameOfRow(table, row))) learn(table, nameOfRow(table, row), row);
      searched.add(searchName(table, column, value));
    },
    knows: (table, name) => knownOf(table).has(name),
    changes: (table) => new Map([...(changed.get(table.name) ?? [])].map((name) => [name, knownOf(table).get(name)])),
  };
};

/** The columns that rows can be searched by: the first of the key and of every index. */
export const searchable = (table: Table): ReadonlySet<string> => {
  const known = searchableColumns.get(table);
  if (known !== undefined) return known;
  const columns = new Set(
    [table.key, ...(table.indexes ?? [])].flatMap(([first]) => (first === undefined ? [] : [first])),
  );
  searchableColumns.set(table, columns);
  return columns;
};

const searchableColumns = new WeakMap<Table, ReadonlySet<string>>();

const searchName = (table: Table, column: string, value: string | number): string =>
  `${table.name} ${column} ${String(value)}`;
