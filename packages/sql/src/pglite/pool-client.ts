import { EventEmitter } from 'node:events';
import { rollBack } from '../connection.js';
import type { PgPoolClientLike, PgQueryConfig, PgQueryResult } from '../pg-pool.js';
import { createTurns } from '../turns.js';
import type { Listener } from './listening.js';
import type { PoolGround } from './pool.js';

export interface PglitePoolClient extends PgPoolClientLike {
  /** Resolves when what was asked before has been done, the rollback of a release included. */
  settled(): Promise<void>;
}

interface PoolClientOwner {
  readonly searchPath: string | undefined;
  released(): void;
  failed(error: unknown): void;
}

/** One borrowed "connection": has the session's turn for a statement, and from `BEGIN` until the transaction ends. */
export function openPoolClient({ session, scope, listening }: PoolGround, owner: PoolClientOwner): PglitePoolClient {
  const events = new EventEmitter();
  const own = createTurns();
  let giveBack: (() => void) | undefined;
  let released = false;

  // Outside the scope: a COMMIT delivers notifications, and what they set off is not part of that transaction.
  const listener: Listener = (channel, payload) =>
    scope.outside(() => void events.emit('notification', { channel, payload, processId: 0 }));

  const withSession = async <T>(work: () => Promise<T>): Promise<T> => {
    if (giveBack === undefined) {
      giveBack = await session.turns.take();
    }
    try {
      if (owner.searchPath !== undefined && !session.inTransaction()) await session.setSearchPath(owner.searchPath);
      return await work();
    } finally {
      if (!session.inTransaction()) {
        giveBack();
        giveBack = undefined;
      }
    }
  };

  const cleanUp = async () => {
    if (giveBack === undefined && !listening.hears(listener)) return;
    await withSession(async () => {
      await rollBack(session);
      await listening.leave(listener);
    });
  };

  return Object.assign(events, {
    async query<Row>(statement: string | PgQueryConfig, params?: readonly unknown[]): Promise<PgQueryResult<Row>> {
      scope.refuseInside('PgPoolLike.query');
      const config = typeof statement === 'string' ? { text: statement } : statement;
      if (released) throw new Error('This client was released to its pool; take another with connect().');
      return own.run(() =>
        withSession(async () => {
          if (await listening.handle(listener, config.text)) return { rows: [], rowCount: null, command: 'LISTEN' };
          const result = await session.likeNodePostgres(config.text, params ?? config.values ?? []);
          // As with node-postgres, the caller says what its rows look like.
          const rows = [...result.rows] as Row[];
          return { rows, rowCount: result.rowCount ?? null, command: result.command ?? '' };
        }),
      );
    },
    release() {
      if (released) return;
      released = true;
      owner.released();
      own.run(cleanUp).catch(owner.failed);
    },
    settled: () => own.run(async () => {}),
  });
}
