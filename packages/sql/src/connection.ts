import type { SqlExecutor } from './client.js';
import type { TransactionScope } from './transaction-scope.js';
import { createTurns } from './turns.js';

/** One session of an engine, held by the caller alone. */
export interface Connection {
  query<Row>(text: string, params: readonly unknown[] | undefined): Promise<{ rows: readonly Row[] }>;
  /** Runs a script; gives the command tag of its last statement. */
  script(text: string): Promise<string | undefined>;
  inTransaction(): boolean;
}

/** `BEGIN` … `COMMIT` around `work`; the same on both engines. */
export async function runTransaction<T>(
  connection: Connection,
  scope: TransactionScope,
  work: (tx: SqlExecutor) => Promise<T>,
): Promise<T> {
  await connection.script('BEGIN');
  const { executor, finish } = transactionExecutor(connection);
  try {
    const value = await scope.inside(() => work(executor));
    await finish();
    if (!connection.inTransaction()) {
      throw new Error(
        'The transaction was ended by a statement inside it; leave COMMIT and ROLLBACK to transaction().',
      );
    }
    // A failed statement whose error `work` caught turns COMMIT into ROLLBACK without an error of its own.
    if ((await connection.script('COMMIT')) === 'ROLLBACK') throw new TransactionAborted();
    return value;
  } catch (error) {
    await finish();
    await rollBack(connection);
    throw error;
  }
}

/** Runs one statement or script outside a transaction and makes sure that it left none open. */
export async function runAlone<T>(connection: Connection, work: () => Promise<T>): Promise<T> {
  try {
    const value = await work();
    if (connection.inTransaction()) {
      throw new Error(
        'A statement left a transaction open, which was rolled back; use transaction() instead of BEGIN.',
      );
    }
    return value;
  } finally {
    await rollBack(connection);
  }
}

/** Leaves no transaction open. A connection too broken for it still says `inTransaction`, and must not be reused. */
export async function rollBack(connection: Connection): Promise<void> {
  if (!connection.inTransaction()) return;
  try {
    await connection.script('ROLLBACK');
  } catch {
    // The error that led here is the one worth telling; a connection that cannot roll back is thrown away by its owner.
  }
}

class TransactionAborted extends Error {
  override name = 'TransactionAborted';
  readonly code = '25P02';
  constructor() {
    super('The transaction was rolled back instead of committed: a statement in it had failed.');
  }
}

function transactionExecutor(connection: Connection): { executor: SqlExecutor; finish: () => Promise<void> } {
  const turns = createTurns();
  let over = false;
  const run = <T>(work: () => Promise<T>) =>
    turns.run(() => {
      if (over) throw new Error('This transaction is over; its executor cannot be used any more.');
      return work();
    });
  return {
    executor: {
      query: <Row>(text: string, params?: readonly unknown[]) =>
        run(async () => (await connection.query<Row>(text, params)).rows),
      exec: (script) =>
        run(async () => {
          await connection.script(script);
        }),
    },
    finish: () =>
      turns.run(async () => {
        over = true;
      }),
  };
}
