import { type messages, type PGlite, protocol } from '@electric-sql/pglite';
import { bytesText, type SentParameter } from '../parameters.js';
import type { ReadValue } from '../value-types.js';

/** What a statement gave. */
export interface StatementResult {
  readonly rows: readonly Record<string, unknown>[];
  readonly command?: string;
  readonly rowCount?: number;
}

/** Statements that PostgreSQL has parsed once and plans once; without them, PGlite parses and plans at every call. */
export interface Statements {
  run(
    text: string,
    values: readonly SentParameter[],
    readers: Readonly<Record<number, ReadValue>>,
  ): Promise<StatementResult>;
  /** To be called when a script may have changed what statements mean. */
  forget(): void;
}

interface Statement {
  readonly name: string;
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[];
}

/** Most statements kept; the one unused for longest goes first. */
const maxStatements = 300;

/** What a statement's plan cannot survive: a changed result type, or a statement that was deallocated. */
const staleCodes = new Set(['0A000', '26000']);
const definitions = /^(CREATE|ALTER|DROP|DISCARD|DEALLOCATE)\b/;

const { serialize } = protocol;

/** Keeps the prepared statements of PGlite's one session. */
export const statementsOf = (db: PGlite): Statements => {
  const prepared = new Map<string, Statement>();
  /** No longer used, and to be closed with the next statement that is prepared. */
  const retired: Statement[] = [];
  let made = 0;

  const send = (...parts: readonly Uint8Array[]): Promise<readonly messages.BackendMessage[]> =>
    db.runExclusive(() => db.execProtocolStream(Buffer.concat(parts), { syncToFs: false }));

  const prepare = async (text: string): Promise<Statement> => {
    made += 1;
    const name = `probono_${made}`;
    const closed = retired.splice(0).map((old) => serialize.close({ type: 'S', name: old.name }));
    const answer = await send(
      ...closed,
      serialize.parse({ name, text }),
      serialize.describe({ type: 'S', name }),
      serialize.sync(),
    );
    const described = answer.find((message) => message.name === 'rowDescription');
    return { name, fields: described === undefined ? [] : (described as messages.RowDescriptionMessage).fields };
  };

  const forget = (): void => {
    retired.push(...prepared.values());
    prepared.clear();
  };

  const statementFor = async (text: string): Promise<Statement> => {
    const known = prepared.get(text);
    const statement = known ?? (await prepare(text));
    // Set anew, so that the map's order is the order of use.
    prepared.delete(text);
    prepared.set(text, statement);
    const [oldest] = prepared;
    if (prepared.size > maxStatements && oldest !== undefined) {
      prepared.delete(oldest[0]);
      retired.push(oldest[1]);
    }
    return statement;
  };

  const execute = ({ name }: Statement, values: readonly SentParameter[]) =>
    send(
      serialize.bind({
        statement: name,
        values: values.map((value) => (value instanceof Uint8Array ? bytesText(value) : value)),
      }),
      serialize.execute({}),
      serialize.sync(),
    );

  const runOnce = async (text: string, values: readonly SentParameter[]) => {
    const statement = await statementFor(text);
    return { statement, answer: await execute(statement, values) };
  };

  return {
    async run(text, values, readers) {
      let done: Awaited<ReturnType<typeof runOnce>>;
      try {
        done = await runOnce(text, values);
      } catch (error) {
        if (!isStale(error)) throw error;
        prepared.delete(text);
        // A transaction is lost with its first error; outside of one, nothing has happened yet.
        if (db.isInTransaction()) throw error;
        done = await runOnce(text, values);
      }
      const result = resultOf(done.statement, done.answer, readers);
      if (result.command !== undefined && definitions.test(result.command)) forget();
      return result;
    },
    forget,
  };
};

const isStale = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && staleCodes.has(error.code);

const resultOf = (
  { fields }: Statement,
  answer: readonly messages.BackendMessage[],
  readers: Readonly<Record<number, ReadValue>>,
): StatementResult => {
  const rows: Record<string, unknown>[] = [];
  let tag = '';
  for (const message of answer) {
    if (message.name === 'dataRow') rows.push(rowOf(fields, (message as messages.DataRowMessage).fields, readers));
    if (message.name === 'commandComplete') tag = (message as messages.CommandCompleteMessage).text;
  }
  const [command] = tag.split(' ');
  const count = /(\d+)$/.exec(tag)?.[1];
  return {
    rows,
    ...(command === undefined || command === '' ? {} : { command }),
    ...(count === undefined ? {} : { rowCount: Number(count) }),
  };
};

const rowOf = (
  fields: Statement['fields'],
  cells: readonly (string | null)[],
  readers: Readonly<Record<number, ReadValue>>,
): Record<string, unknown> => {
  const row: Record<string, unknown> = {};
  fields.forEach(({ name, dataTypeID }, index) => {
    const text = cells[index];
    row[name] = text === null || text === undefined ? null : (readers[dataTypeID]?.(text) ?? text);
  });
  return row;
};
