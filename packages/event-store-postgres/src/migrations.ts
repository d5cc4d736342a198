import type { Migration } from '@probono/sql';
import { appendFunction } from './schema/append-function.js';
import { appendRowByRow } from './schema/append-row-by-row.js';
import { highWaterFunctions } from './schema/high-water.js';
import { tables } from './schema/tables.js';

/**
 * The schema of the event store, to be applied by `migrate(sql, 'event-store', eventStoreMigrations)` before the
 * store is used. Released texts never change; what is to change gets a migration of its own.
 */
export const eventStoreMigrations: readonly Migration[] = [
  { id: 1, name: 'streams and events', sql: tables },
  { id: 2, name: 'append in one round trip', sql: appendFunction },
  { id: 3, name: 'high water', sql: highWaterFunctions },
  { id: 4, name: 'append row by row', sql: appendRowByRow },
];
