import type { Cell, ColumnType, Row, Table } from '../projection.js';

/**
 * A row in the one form that it has in memory, whether a fold put it or the database gave it: every column present,
 * instants as ISO 8601 text, JSON with its keys in `jsonb`'s order; frozen, so that no fold can bend a kept row.
 *
 * @throws {TypeError} that names the column and its type, never the value.
 */
export const rowOf = (table: Table, given: Readonly<Record<string, unknown>>): Row => {
  for (const column of Object.keys(given)) {
    if (!Object.hasOwn(table.columns, column)) throw new TypeError(`${table.name} has no column ${column}`);
  }
  const row: Record<string, Cell> = {};
  for (const [column, type] of Object.entries(table.columns)) {
    const value = given[column] ?? null;
    if (value === null && table.key.includes(column)) throw new TypeError(`${table.name}.${column} is part of the key`);
    const cell = value === null ? null : cellOf(type, value);
    if (cell === undefined) throw new TypeError(`${table.name}.${column} takes a value of type ${type}`);
    row[column] = cell;
  }
  return Object.freeze(row);
};

/** What names a row among its table's: its key's values as text. */
export type RowName = string;

/** The name of the row with this key. */
export const nameOf = (key: readonly Cell[]): RowName => JSON.stringify(key.map(String));

/** The key's values that a name was made of, as text. */
export const keyOf = (name: RowName): readonly string[] => {
  const key: readonly string[] = JSON.parse(name);
  return key;
};

/** The name of a row that holds its key. */
export const nameOfRow = (table: Table, row: Row): RowName => nameOf(table.key.map((column) => row[column] ?? null));

/** How a cell is sent in an array parameter. */
export const sentCell = (type: ColumnType, cell: Cell): Cell =>
  type === 'jsonb' && cell !== null ? JSON.stringify(cell) : cell;

const cellOf = (type: ColumnType, value: unknown): Cell | undefined => {
  switch (type) {
    case 'text':
      return typeof value === 'string' && !value.includes('\0') ? value : undefined;
    case 'date':
      return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined;
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? value : undefined;
    case 'bigint':
      if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
      return typeof value === 'bigint' ? value : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'timestamptz': {
      const instant = value instanceof Date ? value : new Date(typeof value === 'string' ? value : Number.NaN);
      return Number.isNaN(instant.getTime()) ? undefined : instant.toISOString();
    }
    case 'jsonb':
      return jsonOf(value);
  }
};

const jsonOf = (value: unknown): Cell | undefined => {
  const text = JSON.stringify(value);
  if (text === undefined || text.includes('\\u0000')) return undefined;
  return JSON.parse(text, (_key, item: unknown) =>
    typeof item === 'object' && item !== null ? Object.freeze(Array.isArray(item) ? item : ordered(item)) : item,
  );
};

// As jsonb does: shorter keys first, then by their bytes.
const ordered = (item: object): object =>
  Object.fromEntries(Object.entries(item).sort(([a], [b]) => a.length - b.length || (a < b ? -1 : 1)));
