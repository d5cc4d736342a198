import type { Cell, ColumnType, Row, Table } from '../projection.js';

interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly inKey: boolean;
}

const columnsByTable = new WeakMap<Table, ReadonlyMap<string, Column>>();

/** The columns of a table, worked out once. */
const columnsOf = (table: Table): ReadonlyMap<string, Column> => {
  const known = columnsByTable.get(table);
  if (known !== undefined) return known;
  const columns = new Map(
    Object.entries(table.columns).map(([name, type]) => [name, { name, type, inKey: table.key.includes(name) }]),
  );
  columnsByTable.set(table, columns);
  return columns;
};

/**
 * A row in the one form that it has in memory, whether a fold put it or the database gave it: every column present,
 * instants as ISO 8601 text, JSON with its keys in `jsonb`'s order; frozen, so that no fold can bend a kept row.
 *
 * @throws {TypeError} that names the column and its type, never the value.
 */
export const rowOf = (table: Table, given: Readonly<Record<string, unknown>>): Row => {
  const columns = columnsOf(table);
  for (const column in given) if (!columns.has(column)) throw new TypeError(`${table.name} has no column ${column}`);
  const row: Record<string, Cell> = {};
  for (const { name, type, inKey } of columns.values()) {
    const value = given[name] ?? null;
    if (value === null && inKey) throw new TypeError(`${table.name}.${name} is part of the key`);
    const cell = value === null ? null : cellOf(type, value);
    if (cell === undefined) throw new TypeError(`${table.name}.${name} takes a value of type ${type}`);
    row[name] = cell;
  }
  return Object.freeze(row);
};

/** What names a row among its table's: its key's values as text. */
export type RowName = string;

// No text that PostgreSQL can hold has it.
const between = '\0';

/** The name of the row with this key. */
export const nameOf = (key: readonly Cell[]): RowName =>
  key.length === 1 ? String(key[0]) : key.map(String).join(between);

/** The key's values that a name was made of, as text. */
export const keyOf = ({ key }: Table, name: RowName): readonly string[] =>
  key.length === 1 ? [name] : name.split(between);

/** The name of a row that holds its key. */
export const nameOfRow = ({ key }: Table, row: Row): RowName => {
  const [only = ''] = key;
  return key.length === 1 ? String(row[only]) : nameOf(key.map((column) => row[column] ?? null));
};

/** How a cell is sent in an array parameter. */
export const sentCell = (type: ColumnType, cell: Cell): Cell =>
  type === 'jsonb' && cell !== null ? JSON.stringify(cell) : cell;

/** True for cells, each in its one form, that hold the same. */
export const sameCell = (type: ColumnType, a: Cell, b: Cell): boolean =>
  a === b || (type === 'jsonb' && a !== null && b !== null && JSON.stringify(a) === JSON.stringify(b));

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

/** JSON in its one form already: what a row keeps is not gone through again. */
const known = new WeakSet<object>();

/** Frozen, its keys ordered as jsonb orders them; `undefined` for what jsonb cannot hold. */
const jsonOf = (value: unknown): Cell | undefined => {
  switch (typeof value) {
    case 'string':
      return value.includes('\0') ? undefined : value;
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value + 0 : null;
    case 'object':
      if (value === null || known.has(value)) return value as Cell;
      return 'toJSON' in value && typeof value.toJSON === 'function' ? jsonOf(value.toJSON()) : structureOf(value);
    default:
      return undefined;
  }
};

const structureOf = (value: object): Cell | undefined => {
  const made = Array.isArray(value) ? arrayOf(value) : objectOf(value);
  if (made === undefined) return undefined;
  known.add(Object.freeze(made));
  return made;
};

const arrayOf = (value: readonly unknown[]): readonly Cell[] | undefined => {
  const items: Cell[] = [];
  for (const item of value) {
    const cell = item === undefined ? null : jsonOf(item);
    if (cell === undefined) return undefined;
    items.push(cell);
  }
  return items;
};

const objectOf = (value: object): { readonly [key: string]: Cell } | undefined => {
  const made: Record<string, Cell> = {};
  // Only looked at here, and each value is tested for its type.
  const held = value as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(held).sort(byLength)) {
    const item = held[key];
    if (item === undefined) continue;
    const cell = jsonOf(item);
    if (cell === undefined || key.includes('\0')) return undefined;
    made[key] = cell;
  }
  return made;
};

const byLength = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : 1);
