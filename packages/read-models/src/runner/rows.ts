import type { Row, Rows, Table } from '../projection.js';
import { nameOf, nameOfRow, type RowName, rowOf } from './cells.js';
import { type Changes, type TableRows, tableRows } from './table-rows.js';

/** What a fold asked for and memory does not have. */
export type Missing =
  | { readonly table: Table; readonly row: RowName }
  | { readonly table: Table; readonly column: string; readonly value: string | number };

/** Rows as one event sees and changes them; kept only when its fold went through. */
export interface EventRows {
  readonly rows: Rows;
  /** What the fold could not go on without; empty when it had all that it asked for. */
  missing(): readonly Missing[];
  keep(): void;
}

/** The rows of a batch: what was loaded, with what the batch's events have changed since. */
export interface BatchRows {
  /** For the next event: the one before is over, kept or not. */
  forEvent(): EventRows;
  /**
   * For a fold whose outcome is thrown away: what is not in memory counts as not there, so that all that it asks for
   * comes to light at once.
   */
  forLookingAhead(): Omit<EventRows, 'keep'>;
  /** Takes in what the database has; what is known already, and perhaps changed, stays. */
  learnRows(table: Table, names: Iterable<RowName>, loaded: readonly Row[]): void;
  learnWhere(table: Table, column: string, values: readonly (string | number)[], loaded: readonly Row[]): void;
  changes(table: Table): Changes;
  /** How many rows are in memory, those known to be absent with them. */
  held(): number;
}

/** Unwinds a fold that asked for a row not in memory. */
class NotInMemory extends Error {}

// One for all: the stack of each would cost more than the fold.
const notInMemory = new NotInMemory('a row is not in memory yet');

type Written = Map<RowName, Row | undefined>;

/** Rows in memory for the tables of one projection. */
export const batchRows = (tables: readonly Table[]): BatchRows => {
  const memories = new Map(tables.map((table) => [table.name, tableRows(table)]));

  const memoryOf = (name: string): TableRows => {
    const memory = memories.get(name);
    if (memory === undefined) throw new TypeError(`the projection has no table ${name}`);
    return memory;
  };

  const open = (lookingAhead: boolean): EventRows & { begin(): void } => {
    const written = new Map<TableRows, Written>();
    let missing: Missing[] = [];

    const lack = (what: Missing): void => {
      // Remembered besides being thrown: a fold that swallowed it must not pass for one that went through.
      missing.push(what);
      if (!lookingAhead) throw notInMemory;
    };
    const write = (memory: TableRows, name: RowName, row: Row | undefined): void => {
      const own = written.get(memory);
      if (own === undefined) written.set(memory, new Map([[name, row]]));
      else own.set(name, row);
    };

    const rows: Rows = {
      get(tableName, ...key) {
        const memory = memoryOf(tableName);
        const name = nameOf(key);
        const own = written.get(memory);
        if (own?.has(name)) return own.get(name);
        if (!memory.has(name)) lack({ table: memory.table, row: name });
        return memory.get(name);
      },
      where(tableName, column, value) {
        const memory = memoryOf(tableName);
        const { table } = memory;
        if (!searchable(table).has(column)) throw new TypeError(`${tableName} has no index that begins with ${column}`);
        const holding = memory.holding(column, String(value));
        if (holding === undefined) lack({ table, column, value });
        const found: [RowName, Row][] = [];
        const own = written.get(memory);
        for (const name of holding ?? []) {
          const row = memory.get(name);
          if (row !== undefined && !own?.has(name)) found.push([name, row]);
        }
        for (const [name, row] of own ?? []) {
          if (row !== undefined && String(row[column]) === String(value)) found.push([name, row]);
        }
        // By key: the order must not depend on what happened to be in memory.
        return found.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
      },
      put(tableName, given) {
        const memory = memoryOf(tableName);
        const row = rowOf(memory.table, given);
        write(memory, nameOfRow(memory.table, row), row);
      },
      delete(tableName, ...key) {
        write(memoryOf(tableName), nameOf(key), undefined);
      },
    };

    return {
      begin() {
        written.clear();
        missing = [];
      },
      rows,
      missing: () => missing,
      keep() {
        for (const [memory, own] of written) for (const [name, row] of own) memory.change(name, row);
      },
    };
  };

  const [folding, lookingAhead] = [open(false), open(true)];
  return {
    forEvent() {
      folding.begin();
      return folding;
    },
    forLookingAhead() {
      lookingAhead.begin();
      return lookingAhead;
    },
    learnRows(table, names, loaded) {
      const memory = memoryOf(table.name);
      memory.learn(loaded);
      memory.learnAbsent(names);
    },
    learnWhere(table, column, values, loaded) {
      const memory = memoryOf(table.name);
      memory.learn(loaded);
      for (const value of values) memory.learnSearched(column, String(value));
    },
    changes: (table) => memoryOf(table.name).changes(),
    held: () => [...memories.values()].reduce((sum, memory) => sum + memory.size(), 0),
  };
};

/** The columns that rows can be searched by: the first of the key and of every index. */
const searchable = (table: Table): ReadonlySet<string> => {
  const known = searchableColumns.get(table);
  if (known !== undefined) return known;
  const columns = new Set(
    [table.key, ...(table.indexes ?? [])].flatMap(([first]) => (first === undefined ? [] : [first])),
  );
  searchableColumns.set(table, columns);
  return columns;
};

const searchableColumns = new WeakMap<Table, ReadonlySet<string>>();
