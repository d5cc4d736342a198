import {
  type Appended,
  type AppendOptions,
  assertAppendable,
  bucketOf,
  type Conflict,
  type ExpectedRevision,
  type StreamAppend,
} from '@probono/event-store';
import type { SqlExecutor } from '@probono/sql';
import { appendFailure } from './sql-failure.js';

interface AppendRow {
  readonly outcome: 'appended' | 'conflict';
  readonly stream: string;
  readonly wanted: bigint | null;
  readonly actual: bigint | null;
  readonly revision: bigint | null;
  readonly position: bigint | null;
}

/** In SQL −1 stands for a stream that does not exist. */
const toSql = (revision: ExpectedRevision): bigint => (revision === 'none' ? -1n : revision);
export const fromSql = (revision: bigint): ExpectedRevision => (revision < 0n ? 'none' : revision);

const statement = `SELECT outcome, stream, wanted, actual, revision, position FROM probono.append_events(
  $1::text[], $2::bigint[], $3::text[], $4::bigint[], $5::text[], $6::bigint[], $7::uuid[], $8::text[],
  $9::integer[], $10::text[], $11::smallint[], $12::bytea[], $13::timestamptz)`;

/** Appends all or nothing, in one statement that is a transaction of its own. */
export const appendAll = async (
  sql: SqlExecutor,
  appends: readonly StreamAppend[],
  { checks = [] }: AppendOptions,
  storedAt: Date | undefined,
): Promise<Appended | Conflict> => {
  assertAppendable(appends);
  if (appends.length === 0) return { outcome: 'appended', revision: -1n, position: 0n };
  const rows = appends.flatMap(({ stream, expected, events }) =>
    events.map((event, index) => ({ ...event, stream, revision: toSql(expected) + 1n + BigInt(index) })),
  );
  const params = [
    appends.map(({ stream }) => stream),
    appends.map(({ expected }) => toSql(expected)),
    checks.map(({ stream }) => stream),
    checks.map(({ revision }) => toSql(revision)),
    rows.map(({ stream }) => stream),
    rows.map(({ revision }) => revision),
    rows.map(({ eventId }) => eventId),
    rows.map(({ type }) => type),
    rows.map(({ schemaVersion }) => schemaVersion),
    rows.map(({ recordedAt }) => recordedAt),
    rows.map(({ stream }) => bucketOf(stream)),
    rows.map(({ body }) => body),
    storedAt,
  ];
  let row: AppendRow | undefined;
  try {
    [row] = await sql.query<AppendRow>(statement, params);
  } catch (error) {
    throw appendFailure(error);
  }
  if (row === undefined) throw new Error('probono.append_events() gave no row');
  const { outcome, stream, wanted, actual, revision, position } = row;
  return outcome === 'conflict'
    ? { outcome, stream, expected: fromSql(wanted ?? -1n), actual: fromSql(actual ?? -1n) }
    : { outcome, revision: revision ?? -1n, position: position ?? 0n };
};
