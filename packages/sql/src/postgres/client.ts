import type pg from 'pg';
import type { SqlClient } from '../client.js';
import { type Connection, runAlone, runTransaction } from '../connection.js';
import type { OpenSqlOptions } from '../open.js';
import { sentParameters } from '../parameters.js';
import { transactionScope } from '../transaction-scope.js';
import { valueReader } from '../value-types.js';
import { postgresAddress } from './address.js';
import { type Answers, answersIn } from './answers.js';
import { connect } from './connect.js';
import { createPool, endPool } from './pool.js';

// What both engines must agree on: PGlite's session is in UTC and writes dates in ISO order.
const SESSION = { TimeZone: 'UTC', DateStyle: 'ISO' };

/** {@link SqlClient} over a node-postgres pool. */
export async function openPostgres(
  url: string,
  options: OpenSqlOptions & { readonly answerTimeoutMs: number },
): Promise<SqlClient> {
  const timeoutMs = options.connectTimeoutMs ?? 5000;
  const address = postgresAddress(url);
  const shared = {
    application_name: options.applicationName ?? 'probono',
    max: options.max ?? 10,
    connectionTimeoutMillis: timeoutMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  };
  const pool = createPool({
    ...shared,
    connectionString: address.withSettings(SESSION),
    types: { getTypeParser: valueReader },
  });
  const lent = new Set<pg.Pool>();
  const scope = transactionScope();
  let closing: Promise<void> | undefined;

  const withConnection = async <T>(work: (connection: Connection) => Promise<T>): Promise<T> => {
    if (closing) throw new Error('The SQL client is closed.');
    const client = await connect(pool, address, timeoutMs);
    const answers = answersIn(options.answerTimeoutMs, address, () => client.release(true));
    try {
      return await work(connectionOf(client, answers));
    } finally {
      // Anything but idle is a connection that could not even roll back: the next user must not get it.
      if (!answers.gaveUp()) client.release(client.getTransactionStatus() !== 'I');
    }
  };

  try {
    await withConnection((connection) => connection.query('SELECT 1', []));
  } catch (error) {
    await endPool(pool);
    throw error;
  }

  return {
    engine: 'postgres',
    async query<Row>(text: string, params?: readonly unknown[]) {
      scope.refuseInside('SqlClient.query');
      return withConnection((connection) =>
        runAlone(connection, async () => (await connection.query<Row>(text, params)).rows),
      );
    },
    async exec(script) {
      scope.refuseInside('SqlClient.exec');
      await withConnection((connection) => runAlone(connection, () => connection.script(script)));
    },
    async transaction(work) {
      scope.refuseInside('SqlClient.transaction');
      return withConnection((connection) => runTransaction(connection, scope, work));
    },
    pool({ searchPath } = {}) {
      if (closing) throw new Error('The SQL client is closed.');
      const settings = searchPath === undefined ? {} : { search_path: searchPath };
      const made = createPool({ ...shared, connectionString: address.withSettings(settings) });
      lent.add(made);
      // node-postgres types rows as `any` behind overloads that do not unify with one generic signature.
      return made as ReturnType<SqlClient['pool']>;
    },
    async close() {
      scope.refuseInside('SqlClient.close');
      closing ??= Promise.all([...lent].map(endPool)).then(() => pool.end());
      await closing;
    },
  };
}

const transactionWords = new Set(['BEGIN', 'COMMIT', 'ROLLBACK']);

function connectionOf(client: pg.PoolClient, answers: Answers): Connection {
  return {
    async query(text, params) {
      // The extended protocol even without parameters: one statement only, as on PGlite.
      const config = { text, values: sentParameters(params), queryMode: 'extended' };
      // node-postgres leaves rows untyped, as does this interface: the caller says what they look like.
      const result: pg.QueryResult = await answers.to(client.query(config));
      return result;
    },
    async script(text) {
      // node-postgres gives an array for several statements, which its types do not say.
      const answer: Promise<pg.QueryResult | pg.QueryResult[]> = client.query(text);
      const result = await (transactionWords.has(text) ? answers.to(answer) : answer);
      return Array.isArray(result) ? result.at(-1)?.command : result.command;
    },
    // Null before the first answer of the server: nothing has begun then.
    inTransaction: () => (client.getTransactionStatus() ?? 'I') !== 'I',
  };
}
