import { EventEmitter } from 'node:events';
import type { PgPoolClientLike, PgPoolLike, PgQueryConfig, PgQueryResult } from '../pg-pool.js';
import type { TransactionScope } from '../transaction-scope.js';
import type { Listening } from './listening.js';
import { openPoolClient, type PglitePoolClient } from './pool-client.js';
import type { PgliteSession } from './session.js';

/** What the pools of one PGlite client share. */
export interface PoolGround {
  readonly session: PgliteSession;
  readonly scope: TransactionScope;
  readonly listening: Listening;
}

/** Stands in for a node-postgres pool on PGlite's single session. */
export function createPglitePool(ground: PoolGround, searchPath: string | undefined): PgPoolLike {
  const events = new EventEmitter();
  const clients = new Set<PglitePoolClient>();
  let ended = false;

  const open = (): PglitePoolClient => {
    // node-postgres' own words: BullMQ looks for them to tell a late statement from a failure.
    if (ended) throw new Error('Cannot use a pool after calling end on the pool');
    const client = openPoolClient(ground, {
      searchPath,
      released: () => clients.delete(client),
      failed: (error) => {
        if (events.listenerCount('error') > 0) events.emit('error', error);
      },
    });
    clients.add(client);
    return client;
  };

  return Object.assign(events, {
    async query<Row>(statement: string | PgQueryConfig, params?: readonly unknown[]): Promise<PgQueryResult<Row>> {
      const client = open();
      try {
        return await client.query<Row>(statement, params);
      } finally {
        client.release();
      }
    },
    async connect(): Promise<PgPoolClientLike> {
      const client = open();
      events.emit('connect', client);
      return client;
    },
    async end() {
      ended = true;
      const open = [...clients];
      for (const client of open) client.release();
      await Promise.all(open.map((client) => client.settled()));
    },
  });
}
