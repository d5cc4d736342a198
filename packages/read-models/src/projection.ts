import type { DecodedEvent } from '@probono/event-store';

/** The types that columns of read models have, on PostgreSQL and PGlite alike. */
export type ColumnType = 'text' | 'date' | 'integer' | 'bigint' | 'boolean' | 'timestamptz' | 'jsonb';

/** What a row of a read model may hold. */
export type Cell = string | number | bigint | boolean | null | readonly unknown[] | { readonly [key: string]: unknown };

/** A row, by column name. Rows hold ids, dates and figures; names are decrypted when queried, never stored. */
export type Row = { readonly [column: string]: Cell };

/** A table of a read model; its real name carries the generation. */
export interface Table {
  readonly name: string;
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, ColumnType>>;
  /** Columns, beside the key, that `where` and queries search by. */
  readonly indexes?: readonly (readonly string[])[];
}

/** The key of one row: its key columns' values, in their order. */
export interface RowKey {
  readonly table: string;
  readonly key: readonly (string | number)[];
}

/** All rows whose indexed `column` holds `value`. */
export interface RowSearch {
  readonly table: string;
  readonly column: string;
  readonly value: string | number;
}

/**
 * The rows that a fold works on. Reads see earlier writes of the same batch. A row that is not in memory yet makes the
 * runner load it and fold that event again, so a fold must do nothing but read and write rows.
 */
export interface Rows {
  get(table: string, ...key: readonly (string | number)[]): Row | undefined;
  /** All rows whose indexed `column` holds `value`. */
  where(table: string, column: string, value: string | number): readonly Row[];
  put(table: string, row: Row): void;
  delete(table: string, ...key: readonly (string | number)[]): void;
}

/** What to do with an event that keeps failing: stop the projection, or park its stream and go on with the others. */
export type FailurePolicy = 'stop' | 'park';

/** A read model as a value: which events it wants, which tables it fills, and how. */
export interface Projection {
  readonly name: string;
  /** Raised when `tables` or `fold` change in what they yield: a new generation is then built beside the old one. */
  readonly version: number;
  readonly types: readonly string[];
  readonly tables: readonly Table[];
  /** True when every row belongs to one stream: the work is then shared out by buckets of streams. */
  readonly partitioned: boolean;
  readonly onFailure: FailurePolicy;
  /**
   * True for a projection that folds what persons said of themselves into figures of groups. Others are given events
   * with personal values closed, which read as erased: no key is asked for, and an erasure changes no row.
   */
  readonly readsPersonal?: boolean;
  /** Pure: from an event and rows to rows. */
  fold(event: DecodedEvent, rows: Rows): void;
  /** What `fold` will surely ask for: it is loaded in one go. Only a matter of speed. */
  keys?(event: DecodedEvent): readonly (RowKey | RowSearch)[];
}
