import { appendToEventStoreDb } from './append-event-store-db.mjs';
import { appendToSql } from './append-sql.mjs';

/** Appends of one event with its expected revision, on every store, each beside the least that would do the same. */
export const append = async () => [...(await appendToSql()), ...(await appendToEventStoreDb())];
