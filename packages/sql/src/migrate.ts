import { createHash } from 'node:crypto';
import type { SqlClient, SqlExecutor } from './client.js';

/** One numbered step of a schema. Once released its text never changes; a later step corrects it. */
export interface Migration {
  /** Positive, rising within one owner. */
  readonly id: number;
  readonly name: string;
  /** One or more statements that may run in a transaction; every table named with its schema. */
  readonly sql: string;
}

// Any fixed number will do, as long as every migrator takes the same one.
const MIGRATION_LOCK = '7810770011';

/**
 * Applies the migrations of `owner` that the database does not have yet, in order and all or nothing, and records them
 * in `probono.migrations`. Processes that start together take turns under an advisory lock.
 *
 * Refuses, and changes nothing, when the text of an applied migration has changed or when a new one is numbered below
 * an applied one: the database could then not be rebuilt from the same steps.
 *
 * @example
 * ```ts
 * await migrate(sql, 'events', [{ id: 1, name: 'streams', sql: 'CREATE TABLE probono.streams (id uuid PRIMARY KEY)' }]);
 * ```
 */
export async function migrate(client: SqlClient, owner: string, migrations: readonly Migration[]): Promise<void> {
  refuseDisorder(owner, migrations);
  await client.transaction(async (tx) => {
    // As a script: another's migrations may take long.
    await tx.exec(`SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`);
    await ensureLedger(tx);
    const applied = await appliedMigrations(tx, owner);
    for (const migration of pendingMigrations(owner, migrations, applied)) {
      await tx.exec(migration.sql);
      await tx.query('INSERT INTO probono.migrations (owner, id, name, checksum) VALUES ($1, $2, $3, $4)', [
        owner,
        migration.id,
        migration.name,
        checksum(migration),
      ]);
    }
  });
}

async function ensureLedger(tx: SqlExecutor): Promise<void> {
  // Asked first: IF NOT EXISTS wants the right to create even where there is nothing to create. Asked of the catalogue's
  // tables: to_regclass may answer from a cache that waiting for the advisory lock has left stale.
  const found = await tx.query(
    `SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = 'probono' AND c.relname = 'migrations'`,
  );
  if (found.length > 0) return;
  await tx.exec(`
    CREATE SCHEMA IF NOT EXISTS probono;
    CREATE TABLE probono.migrations (
      owner text NOT NULL,
      id integer NOT NULL,
      name text NOT NULL,
      checksum text NOT NULL,
      applied_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (owner, id)
    )`);
}

async function appliedMigrations(tx: SqlExecutor, owner: string): Promise<ReadonlyMap<number, string>> {
  const rows = await tx.query<{ id: number; checksum: string }>(
    'SELECT id, checksum FROM probono.migrations WHERE owner = $1',
    [owner],
  );
  return new Map(rows.map((row) => [row.id, row.checksum]));
}

function pendingMigrations(
  owner: string,
  migrations: readonly Migration[],
  applied: ReadonlyMap<number, string>,
): readonly Migration[] {
  const latest = Math.max(0, ...applied.keys());
  return migrations.filter((migration) => {
    const recorded = applied.get(migration.id);
    if (recorded === undefined) {
      if (migration.id > latest) return true;
      throw new Error(
        `Migration ${label(owner, migration)} comes after ${latest}, which this database already has: give it a higher number.`,
      );
    }
    if (recorded === checksum(migration)) return false;
    throw new Error(
      `Migration ${label(owner, migration)} was applied with another text: restore it and write a new migration instead.`,
    );
  });
}

function refuseDisorder(owner: string, migrations: readonly Migration[]): void {
  let previous = 0;
  for (const migration of migrations) {
    if (!Number.isInteger(migration.id) || migration.id <= previous) {
      throw new Error(`Migration ${label(owner, migration)} must have a whole number above ${previous}.`);
    }
    previous = migration.id;
  }
}

function label(owner: string, migration: Migration): string {
  return `${owner}/${migration.id} (${migration.name})`;
}

function checksum(migration: Migration): string {
  // A checkout with other line endings is still the same text.
  return createHash('sha256').update(migration.sql.replaceAll('\r\n', '\n')).digest('hex');
}
