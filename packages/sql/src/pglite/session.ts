import { readdir } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { dataDir as newDatabase } from '@electric-sql/pglite-prepopulatedfs';
import type { Connection } from '../connection.js';
import { sentParameters } from '../parameters.js';
import { createTurns, type Turns } from '../turns.js';
import { nodePostgresReaders, valueReaders } from '../value-types.js';
import { type StatementResult, statementsOf } from './statements.js';

/** PGlite's only session, which the client, its transactions and its pools use in turns. */
export interface PgliteSession extends Connection {
  readonly turns: Turns;
  /** As node-postgres would do it: its value types, and scripts where there are no parameters. */
  likeNodePostgres(text: string, values: readonly unknown[]): Promise<StatementResult>;
  setSearchPath(path: string): Promise<void>;
  onNotification(listener: (channel: string, payload: string) => void): () => void;
  close(): Promise<void>;
}

/** What most scripts are; they define nothing, and stay prepared like any statement. */
const transactionWords = new Set(['BEGIN', 'COMMIT', 'ROLLBACK']);

/** Where no database is yet, its files are unpacked: initdb would take two seconds and half a gigabyte. */
const isNew = async (directory: string | undefined): Promise<boolean> =>
  directory === undefined || (await readdir(directory).catch(() => [])).length === 0;

export async function startSession(directory: string | undefined): Promise<PgliteSession> {
  const db = await PGlite.create({
    ...(directory === undefined ? {} : { dataDir: directory }),
    ...((await isNew(directory)) ? { loadDataDir: await newDatabase() } : {}),
  });
  const statements = statementsOf(db);
  let searchPath: string | undefined;

  return {
    turns: createTurns(),
    async query<Row>(text: string, params: readonly unknown[] | undefined) {
      const { rows } = await statements.run(text, sentParameters(params), valueReaders);
      // The caller names the columns' types, as with any driver.
      return { rows: rows as readonly Row[] };
    },
    async script(text) {
      if (transactionWords.has(text)) return (await statements.run(text, [], valueReaders)).command;
      const command = (await db.exec(text)).at(-1)?.command;
      statements.forget();
      return command;
    },
    async likeNodePostgres(text, values) {
      if (values.length > 0) return statements.run(text, sentParameters(values), nodePostgresReaders);
      return (await db.exec(text, { parsers: nodePostgresReaders })).at(-1) ?? { rows: [] };
    },
    async setSearchPath(path) {
      if (path === searchPath) return;
      await db.query(`SELECT set_config('search_path', $1, false)`, [path]);
      searchPath = path;
    },
    inTransaction: () => db.isInTransaction(),
    onNotification: (listener) => db.onNotification(listener),
    close: () => db.close(),
  };
}
