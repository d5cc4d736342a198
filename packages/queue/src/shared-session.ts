import { EventEmitter } from 'node:events';
import type { PgPoolClientLike, PgPoolLike, PgQueryable } from '@probono/sql';

/** One connection of a pool, for all who would keep one for good. */
export interface SharedSession {
  /** Gives a share of the connection, with listeners of its own; the first opens it, the last to be released ends it. */
  connect(): Promise<PgPoolClientLike>;
  /** Ends the connection, whoever has a share of it. */
  end(): void;
}

interface Session {
  readonly client: PgPoolClientLike;
  readonly shares: Set<EventEmitter>;
  /** Statements go one after another. */
  last: Promise<unknown>;
  over: boolean;
}

/**
 * For those who keep a connection to `LISTEN`: PostgreSQL wakes every session that listens for each `NOTIFY`, whoever it
 * is for, so that many sessions cost more than the work they are woken for. Nobody may begin a transaction on it. When
 * it is lost all hear the error, and who asks next gets another.
 */
export const sharedSession = (pool: PgPoolLike): SharedSession => {
  let current: Promise<Session> | undefined;

  const end = (session: Session): void => {
    if (session.over) return;
    session.over = true;
    current = undefined;
    session.shares.clear();
    session.client.removeAllListeners('notification');
    // Not given back for others to use: it listens.
    session.client.release(true);
  };
  const begin = async (): Promise<Session> => {
    const session: Session = { client: await pool.connect(), shares: new Set(), last: Promise.resolve(), over: false };
    session.client.on('notification', (message) => {
      for (const share of session.shares) share.emit('notification', message);
    });
    session.client.on('error', (error) => {
      const shares = [...session.shares];
      end(session);
      for (const share of shares) if (share.listenerCount('error') > 0) share.emit('error', error);
    });
    return session;
  };

  return {
    async connect() {
      for (;;) {
        current ??= begin();
        const beginning = current;
        try {
          const session = await beginning;
          // The last share may have been released since.
          if (!session.over) return shareOf(session, () => end(session));
        } catch (error) {
          if (current === beginning) current = undefined;
          throw error;
        }
      }
    },
    end() {
      void current?.then(end, () => {});
    },
  };
};

const shareOf = (session: Session, end: () => void): PgPoolClientLike => {
  const events = new EventEmitter();
  session.shares.add(events);
  const query: PgQueryable['query'] = <Row>(...statement: Parameters<PgQueryable['query']>) => {
    const answer = session.last.then(() => session.client.query<Row>(...statement));
    session.last = answer.catch(() => {});
    return answer;
  };
  const share: PgPoolClientLike = {
    query,
    release() {
      events.removeAllListeners();
      if (session.shares.delete(events) && session.shares.size === 0) end();
    },
    on(event: string, listener: (...args: never[]) => void) {
      events.on(event, listener as () => void);
      return share;
    },
    removeListener(event: string, listener: (...args: never[]) => void) {
      events.removeListener(event, listener as () => void);
      return share;
    },
    removeAllListeners(event?: string) {
      events.removeAllListeners(event);
      return share;
    },
  };
  return share;
};
