import { PGlite } from '@electric-sql/pglite';
import type { Connection } from '../connection.js';
import { bytesText, sentParameters } from '../parameters.js';
import { createTurns, type Turns } from '../turns.js';
import { nodePostgresReaders, valueReaders } from '../value-types.js';

/** PGlite's only session, which the client, its transactions and its pools use in turns. */
export interface PgliteSession extends Connection {
  readonly turns: Turns;
  /** As node-postgres would do it: its value types, and scripts where there are no parameters. */
  likeNodePostgres(text: string, values: readonly unknown[]): Promise<PgliteResult>;
  setSearchPath(path: string): Promise<void>;
  onNotification(listener: (channel: string, payload: string) => void): () => void;
  close(): Promise<void>;
}

export interface PgliteResult {
  readonly rows: readonly Record<string, unknown>[];
  readonly rowCount?: number;
  readonly command?: string;
}

const BYTEA = 17;

export async function startSession(directory: string | undefined): Promise<PgliteSession> {
  const db = await PGlite.create(directory === undefined ? {} : { dataDir: directory });
  Object.assign(db.parsers, valueReaders);
  db.serializers[BYTEA] = (value: Uint8Array | string) => (typeof value === 'string' ? value : bytesText(value));
  let searchPath: string | undefined;

  return {
    turns: createTurns(),
    async query<Row>(text: string, params: readonly unknown[] | undefined) {
      return withoutParameters(() => db.query<Row>(text, sentParameters(params)));
    },
    async script(text) {
      return (await withoutParameters(() => db.exec(text))).at(-1)?.command;
    },
    async likeNodePostgres(text, values) {
      const options = { parsers: nodePostgresReaders };
      if (values.length > 0) {
        return withoutParameters(() => db.query<Record<string, unknown>>(text, sentParameters(values), options));
      }
      return (await db.exec(text, options)).at(-1) ?? { rows: [] };
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

/** PGlite puts the parameters on its errors, and so into every log that prints one whole; they may be personal data. */
async function withoutParameters<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (typeof error === 'object' && error !== null) {
      for (const name of ['params', 'queryOptions']) Reflect.deleteProperty(error, name);
    }
    throw error;
  }
}
