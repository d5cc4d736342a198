import type { SqlExecutor } from '@probono/sql';
import type { Table } from '../projection.js';

/** A row that is not as a rebuild makes it; only its key is told, and which columns differ. */
export interface Difference {
  readonly table: string;
  /** The key's values as text, in the order of the key's columns. */
  readonly key: readonly string[];
  /** `missing`: only the rebuild has it; `extra`: the rebuild has it not. */
  readonly finding: 'missing' | 'extra' | 'different';
  /** Of a row that differs. */
  readonly columns?: readonly string[];
}

/** How the rows of one table compare. */
export interface Compared {
  /** Rows that are read. */
  readonly rows: number;
  readonly missing: number;
  readonly extra: number;
  readonly different: number;
  /** The first of them, by key. */
  readonly differences: readonly Difference[];
}

const toldAtMost = 10;

/** Compares two tables row by row, in the database: `live` as it is read, `anew` as it was built aside. */
export const compareTables = async (
  sql: SqlExecutor,
  table: Table,
  names: { readonly live: string; readonly anew: string },
): Promise<Compared> => {
  const others = Object.keys(table.columns).filter((column) => !table.key.includes(column));
  // No column's name begins with an underscore.
  const joined = `(SELECT true AS _there, * FROM ${names.live}) l
    FULL JOIN (SELECT true AS _there, * FROM ${names.anew}) a USING (${table.key})`;
  const finding = `CASE WHEN l._there IS NULL THEN 'missing' WHEN a._there IS NULL THEN 'extra'
    ${others.length === 0 ? '' : `WHEN (${others.map((c) => `l.${c}`)}) IS DISTINCT FROM (${others.map((c) => `a.${c}`)}) THEN 'different'`} END`;
  const [counts] = await sql.query<{ rows: bigint; missing: bigint; extra: bigint; different: bigint }>(
    `SELECT count(_live) AS rows, count(*) FILTER (WHERE finding = 'missing') AS missing,
      count(*) FILTER (WHERE finding = 'extra') AS extra, count(*) FILTER (WHERE finding = 'different') AS different
      FROM (SELECT l._there AS _live, ${finding} AS finding FROM ${joined}) f`,
  );
  const { rows = 0n, missing = 0n, extra = 0n, different = 0n } = counts ?? {};
  const sound = missing + extra + different === 0n;
  const found = sound
    ? []
    : await sql.query<Omit<Difference, 'table' | 'columns'> & { readonly columns: readonly string[] }>(
        `SELECT key, finding, columns FROM (
          SELECT ARRAY[${table.key.map((column) => `${column}::text`)}] AS key, ${finding} AS finding,
            array_remove(ARRAY[${others.map((c) => `CASE WHEN l.${c} IS DISTINCT FROM a.${c} THEN '${c}' END`)}]::text[], NULL) AS columns
          FROM ${joined}) f
        WHERE finding IS NOT NULL ORDER BY key COLLATE "C" LIMIT ${toldAtMost}`,
      );
  return {
    rows: Number(rows),
    missing: Number(missing),
    extra: Number(extra),
    different: Number(different),
    differences: found.map(({ key, finding, columns }) => ({
      table: table.name,
      key,
      finding,
      ...(finding === 'different' ? { columns } : {}),
    })),
  };
};
