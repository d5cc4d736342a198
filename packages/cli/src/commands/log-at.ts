import { stat } from 'node:fs/promises';
import { type EventStore, Unavailable } from '@probono/event-store';
import { eventStoreDb } from '@probono/event-store-eventstoredb';
import { eventStoreMigrations, postgresEventStore } from '@probono/event-store-postgres';
import { migrate, openSql } from '@probono/sql';
import { UsageError } from '../exit.js';

/** A log alone, without keys, read models and workers. */
export interface OpenLog {
  readonly store: EventStore;
  close(): Promise<void>;
}

/** Which option the address came from, and whether a store may be made where there is none. */
export interface OpenLogOptions {
  readonly option: string;
  readonly create: boolean;
}

/** Opens the log at an address, which is not repeated in messages: it may hold a password. */
export const openLog = async (url: string, { option, create }: OpenLogOptions): Promise<OpenLog> => {
  if (/^(esdb|kurrentdb)(\+discover)?:\/\//.test(url)) return openEventStoreDb(url, option);
  if (!/^(pglite:.|postgres(ql)?:\/\/)/.test(url))
    throw new UsageError(`${option}: expected pglite:DIR, postgres://… or esdb://…`);
  const directory = /^pglite:(.+)/s.exec(url)?.[1];
  if (!create && directory !== undefined && !(await exists(directory)))
    throw new UsageError(`${option}: there is no directory ${directory}`);
  const sql = await openSql(url);
  try {
    if (!create) {
      const [row] = await sql.query<{ there: boolean }>(`SELECT to_regclass('probono.events') IS NOT NULL AS there`);
      if (row?.there !== true) throw new UsageError(`${option}: there is no log in this database`);
    }
    await migrate(sql, 'event-store', eventStoreMigrations);
  } catch (error) {
    await sql.close();
    throw error;
  }
  const store = postgresEventStore(sql);
  return {
    store,
    async close() {
      await store.close();
      await sql.close();
    },
  };
};

const openEventStoreDb = async (url: string, option: string): Promise<OpenLog> => {
  const wrong = (error: unknown): unknown =>
    error instanceof Error && !(error instanceof Unavailable) ? new UsageError(`${option}: ${error.message}`) : error;
  let store: EventStore;
  try {
    store = eventStoreDb(url);
  } catch (error) {
    throw wrong(error);
  }
  try {
    // Who is not let in is told before anything is done.
    await store.lastPosition();
  } catch (error) {
    await store.close();
    throw wrong(error);
  }
  return { store, close: () => store.close() };
};

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
