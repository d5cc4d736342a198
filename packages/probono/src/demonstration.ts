import type { SqlClient } from '@probono/sql';
import { type Migration, migrate } from '@probono/sql';

const migrations: readonly Migration[] = [
  { id: 1, name: 'demonstration', sql: 'CREATE TABLE probono.demonstration (opened_at timestamptz NOT NULL)' },
];

/** A demonstration was asked for on a store with a history of its own, or a moved clock on one that is none. */
export class NotADemonstration extends Error {
  override readonly name = 'NotADemonstration';
}

/** True when the store was opened as a demonstration: only there may commands say what time it is. */
export const isDemonstration = async (sql: SqlClient): Promise<boolean> => {
  await migrate(sql, 'demonstration', migrations);
  return (await sql.query('SELECT 1 FROM probono.demonstration')).length > 0;
};

/**
 * Marks an empty store as a demonstration, for good. Throws {@link NotADemonstration} when it has events already: a
 * real history must never get recorded times that were made up.
 */
export const openAsDemonstration = async (sql: SqlClient, empty: boolean, now: Date): Promise<void> => {
  if (await isDemonstration(sql)) return;
  if (!empty)
    throw new NotADemonstration('this store has a real history; use --demonstration with an empty store only');
  await sql.query('INSERT INTO probono.demonstration (opened_at) VALUES ($1)', [now]);
};
