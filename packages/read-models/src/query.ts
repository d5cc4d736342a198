import type { AsOf } from './runner/as-of.js';
import { readSchema } from './runner/tables.js';

/** A part of a long answer: at most `limit` rows (100 unless told), behind the row whose key is `after`. */
export interface Page<Key> {
  readonly after?: Key | undefined;
  readonly limit?: number | undefined;
}

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
