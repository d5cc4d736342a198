import type { SqlClient } from '../client.js';
import { runAlone, runTransaction } from '../connection.js';
import type { PgPoolLike } from '../pg-pool.js';
import { transactionScope } from '../transaction-scope.js';
import { SqlUnavailable } from '../unavailable.js';
import { type TakenDirectory, takeDirectory } from './directory.js';
import { createListening } from './listening.js';
import { createPglitePool } from './pool.js';
import { type PgliteSession, startSession } from './session.js';

/** {@link SqlClient} over PGlite in `directory`, or in memory when it is empty. */
export async function openPglite(directory: string, answerTimeoutMs: number): Promise<SqlClient> {
  const taken = directory === '' ? undefined : await takeDirectory(directory);
  const session = await start(taken);
  const scope = transactionScope();
  const listening = createListening(session);
  const pools = new Set<PgPoolLike>();
  let closing: Promise<void> | undefined;

  const patience = {
    milliseconds: answerTimeoutMs,
    failure: () =>
      new SqlUnavailable(
        `The embedded database in ${taken?.path ?? 'memory'} has one session, and another transaction has kept it for ${answerTimeoutMs} ms. Retry.`,
      ),
  };

  const refuse = (call: string) => {
    scope.refuseInside(`SqlClient.${call}`);
    if (closing) throw new Error('The SQL client is closed.');
  };

  const shutDown = async () => {
    await Promise.all([...pools].map((pool) => pool.end()));
    await session.turns.run(async () => {
      listening.stop();
      await session.close();
    });
    await taken?.lock.release();
  };

  return {
    engine: 'pglite',
    async query<Row>(text: string, params?: readonly unknown[]) {
      refuse('query');
      const work = async () => (await session.query<Row>(text, params)).rows;
      return session.turns.run(() => runAlone(session, work), patience);
    },
    async exec(script) {
      refuse('exec');
      await session.turns.run(() => runAlone(session, () => session.script(script)), patience);
    },
    async transaction(work) {
      refuse('transaction');
      return session.turns.run(() => runTransaction(session, scope, work), patience);
    },
    pool({ searchPath } = {}) {
      if (closing) throw new Error('The SQL client is closed.');
      const pool = createPglitePool({ session, scope, listening }, searchPath);
      pools.add(pool);
      return pool;
    },
    async close() {
      scope.refuseInside('SqlClient.close');
      closing ??= shutDown();
      await closing;
    },
  };
}

async function start(taken: TakenDirectory | undefined): Promise<PgliteSession> {
  try {
    return await startSession(taken?.database);
  } catch (error) {
    await taken?.lock.release();
    const reason = error instanceof Error ? error.message : String(error);
    throw new SqlUnavailable(
      `Cannot start the embedded database in ${taken?.path ?? 'memory'} (${reason}). Restore it from a copy, or use an empty directory.`,
      { cause: error },
    );
  }
}
