import type { Codec, EventStore } from '@probono/event-store';
import type { SqlClient } from '@probono/sql';
import { type FreshDatabase, freshDatabase } from '../../../test/support/databases.js';
import { openReadModels, type Projection, type ReadModels, type ReadModelsOptions } from '../src/index.js';
import { type Log, logOf, openStore, type StoreKind } from './log.js';
import { codec as talliesCodec } from './tallies.js';

/** A database, emptied for each test, with a store and what is needed to open read models over both. */
export interface Bench {
  readonly sql: SqlClient;
  readonly url: string;
  readonly store: EventStore;
  readonly log: Log;
  open(projections: readonly Projection[], options?: Partial<ReadModelsOptions>): ReadModels;
}

/** One database for a suite: starting an embedded one takes seconds. */
export const openDatabase = freshDatabase;

/** Empties the database and begins again. */
export const beginBench = async (
  { client: sql, url }: FreshDatabase,
  kind: StoreKind,
  codec: Codec = talliesCodec,
): Promise<Bench> => {
  await sql.exec('DROP SCHEMA IF EXISTS probono_read CASCADE; DROP SCHEMA IF EXISTS probono CASCADE');
  const store = await openStore(kind, sql);
  return {
    sql,
    url,
    store,
    log: logOf(store, codec),
    open: (projections, options = {}) =>
      openReadModels({
        sql,
        store,
        codec,
        projections,
        now: () => new Date('2026-03-02T09:01:00Z'),
        retry: { attempts: 2, delayMs: () => 1 },
        ...options,
      }),
  };
};
