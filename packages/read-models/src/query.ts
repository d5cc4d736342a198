import type { SqlExecutor } from '@probono/sql';
import type { AsOf } from './runner/as-of.js';
import { readSchema } from './runner/tables.js';

/** A part of a long answer: at most `limit` rows (100 unless told, 1000 at most), behind the row whose key is `after`. */
export interface Page<Key> {
  readonly after?: Key | undefined;
  /** Rows at most. */
  readonly limit?: number | undefined;
}

/** A filter without its page: what is counted. */
export type Unpaged<Filter> = Omit<Filter, keyof Page<unknown>>;

/** Where a query reads: a read model as of a past position; without it, the live ones. */
export type Source = Pick<AsOf, 'schema'>;

/** The schema-qualified name of a table of a read model. */
export const tableOf = (table: string, source?: Source): string => {
  const schema = source?.schema ?? readSchema;
  if (!/^[a-z][a-z0-9_]*$/.test(schema)) throw new TypeError('a source is what buildAsOf() gave');
  return `${schema}.${table}`;
};

/** How many rows to ask for. */
export const limitOf = ({ limit = 100 }: Page<unknown>): number => Math.min(Math.max(1, Math.trunc(limit)), 1000);

/** A condition on the rows, over a value that is sent as a parameter. */
export interface Condition {
  readonly value: unknown;
  readonly sql: (parameter: string) => string;
}

/** A condition that holds only when the filter says something: without a value, all rows pass. */
export const given = (value: unknown, sql: (parameter: string) => string): readonly Condition[] =>
  value === undefined ? [] : [{ value, sql }];

/** A filter of the columns whose name is given with a value. */
export const equal = (values: Readonly<Record<string, unknown>>): readonly Condition[] =>
  Object.entries(values).flatMap(([column, value]) => given(value, (p) => `${column} = ${p}`));

/** What rows are read from, and which of them a filter lets pass. */
export interface Selection {
  readonly from: string;
  readonly where: readonly Condition[];
  /** When each row stands for several: what they have in common, the key among it. */
  readonly groupBy?: string;
}

/** Rows of one kind, of which a page can be read, and all be counted. */
export interface Listing<Row, Filter extends Page<unknown>> {
  page(sql: SqlExecutor, filter: Filter, source?: Source): Promise<readonly Row[]>;
  count(sql: SqlExecutor, filter: Unpaged<Filter>, source?: Source): Promise<number>;
}

interface ListingParts<Row, Key extends keyof Row & string, Filter> {
  /** Where each field of a row comes from, in SQL. */
  readonly columns: { readonly [Field in keyof Row & string]: string };
  /** The fields that tell the rows apart, in the order in which they are read. */
  readonly key: readonly Key[];
  readonly select: (filter: Unpaged<Filter>, source?: Source) => Selection;
}

/**
 * The one way in which read models are asked for lists: a filter makes conditions, a page is read by its key (so that a
 * late page costs what the first does), and the count is that of the same conditions.
 */
export const listing = <Row, Key extends keyof Row & string, Filter extends Page<string | Pick<Row, Key>>>({
  columns,
  key,
  select,
}: ListingParts<Row, Key, Filter>): Listing<Row, Filter> => {
  const fields = Object.entries<string>(columns).map(([field, sql]) => `${sql} AS "${field}"`);
  const order = key.map((field) => columns[field]);
  return {
    page(sql, filter, source) {
      const { from, where, groupBy } = select(filter, source);
      const conditions = written(where);
      const { after } = filter;
      const behind = after === undefined ? [] : typeof after === 'string' ? [after] : key.map((field) => after[field]);
      const first = where.length + 1;
      const parameters = behind.map((_, index) => `$${first + index}`);
      if (behind.length > 0) conditions.push(`(${order}) > (${parameters})`);
      return sql.query<Row & object>(
        `SELECT ${fields} FROM ${from}${clause(conditions, groupBy)} ORDER BY ${order} LIMIT $${first + behind.length}`,
        [...where.map(({ value }) => value), ...behind, limitOf(filter)],
      );
    },
    async count(sql, filter, source) {
      const { from, where, groupBy } = select(filter, source);
      const [counted] = await sql.query<{ readonly count: number }>(
        `SELECT count(*)::integer AS count FROM (SELECT 1 FROM ${from}${clause(written(where), groupBy)}) counted`,
        where.map(({ value }) => value),
      );
      return counted?.count ?? 0;
    },
  };
};

const written = (where: readonly Condition[]): string[] => where.map(({ sql }, index) => `(${sql(`$${index + 1}`)})`);

const clause = (conditions: readonly string[], groupBy?: string): string =>
  (conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`) +
  (groupBy === undefined ? '' : ` GROUP BY ${groupBy}`);
