import type { Codec, EventStore } from '@probono/event-store';
import type { SqlExecutor } from '@probono/sql';
import type { Projection, Row } from '../src/index.js';

const plainCell = (_: string, cell: unknown): unknown => {
  if (typeof cell === 'bigint') return String(cell);
  if (typeof cell !== 'object' || cell === null || Array.isArray(cell)) return cell;
  return Object.fromEntries(Object.entries(cell).sort(([a], [b]) => (a < b ? -1 : 1)));
};

/** Rows as text, so that an instant, a large number or JSON is the same wherever it comes from. */
const plain = (rows: Iterable<Row>): readonly string[] => [...rows].map((row) => JSON.stringify(row, plainCell)).sort();

/** What a projection's tables hold, by the plainest way there is: every event after the other, in maps. */
export const foldedOneByOne = async (projection: Projection, store: EventStore, codec: Codec) => {
  const tables = new Map(projection.tables.map((table) => [table.name, new Map<string, Row>()]));
  const named = (name: string) => tables.get(name) ?? new Map<string, Row>();
  for await (const stored of store.readAll({ types: projection.types })) {
    const [event] = await codec.decode([stored]);
    if (event === undefined || 'unknown' in event) throw new Error(`${stored.type} cannot be folded`);
    projection.fold(event, {
      get: (table, ...key) => named(table).get(JSON.stringify(key.map(String))),
      where: (table, column, value) =>
        [...named(table)]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .flatMap(([, row]) => (row[column] === value ? [row] : [])),
      put(table, row) {
        const { key = [], columns = {} } = projection.tables.find(({ name }) => name === table) ?? {};
        const name = JSON.stringify(key.map((column) => String(row[column])));
        named(table).set(name, { ...Object.fromEntries(Object.keys(columns).map((column) => [column, null])), ...row });
      },
      delete: (table, ...key) => named(table).delete(JSON.stringify(key.map(String))),
    });
  }
  return Object.fromEntries([...tables].map(([name, rows]) => [name, plain(rows.values())]));
};

/** What a projection's tables hold in the database. */
export const rowsInDatabase = async (projection: Projection, sql: SqlExecutor) => {
  const found: Record<string, readonly string[]> = {};
  for (const { name } of projection.tables) {
    const rows = await sql.query<Row>(`SELECT * FROM probono_read.${projection.name}_${name}`);
    found[name] = plain(rows);
  }
  return found;
};
