import { createWake, type EventStore, Unavailable } from '@probono/event-store';
import type { SqlClient } from '@probono/sql';
import { appendAll, fromSql } from './append.js';
import { lastPosition, readAll, readStream } from './read.js';
import { settled } from './settled.js';
import { reading } from './sql-failure.js';
import { subscribe, type Tick, tickEvery } from './subscribe.js';

/** How a store on SQL keeps time. */
export interface PostgresEventStoreOptions {
  /** The clock that `storedAt` is taken from; by default the database's own. */
  readonly now?: () => Date;
  /** When a subscription looks for what other processes have appended; by default every 200 ms. */
  readonly tick?: Tick;
}

/**
 * The event store on PostgreSQL and on embedded PGlite; the same SQL on both, every capability on both.
 *
 * The database must have the {@link eventStoreMigrations}. Closing the store leaves the client open.
 *
 * @example
 * const sql = await openSql('pglite:var/probono');
 * await migrate(sql, 'event-store', eventStoreMigrations);
 * const store = postgresEventStore(sql);
 */
export const postgresEventStore = (sql: SqlClient, options: PostgresEventStoreOptions = {}): EventStore => {
  const { now, tick = tickEvery(200) } = options;
  const log = settled(sql.engine);
  const news = createWake();
  const closed = new AbortController();

  const open = (): SqlClient => {
    if (closed.signal.aborted) throw new Unavailable('the event store was closed; open it again');
    return sql;
  };

  const append: EventStore['appendAll'] = async (appends, appendOptions = {}) => {
    const result = await appendAll(open(), appends, appendOptions, now?.());
    if (result.outcome === 'appended') news.ring();
    return result;
  };

  return {
    capabilities: { checks: true, multiStream: true, buckets: true },
    append: (stream, expected, events, appendOptions) => append([{ stream, expected, events }], appendOptions),
    appendAll: append,
    readStream: (stream, readOptions = {}) => readStream(open(), stream, readOptions),
    readAll: (readOptions = {}) => readAll(open(), log, readOptions),
    subscribe: (subscribeOptions = {}) => subscribe(open(), log, subscribeOptions, closed.signal, news, tick),
    lastPosition: async () => lastPosition(open(), log),
    async streamInfo(stream) {
      const text = 'SELECT revision FROM probono.streams WHERE name = $1';
      const [row] = await reading(open().query<{ revision: bigint }>(text, [stream]));
      const revision = row === undefined ? 'none' : fromSql(row.revision);
      return revision === 'none' ? undefined : { stream, revision };
    },
    async close() {
      closed.abort();
    },
  };
};
