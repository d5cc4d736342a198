import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventStoreMigrations } from '../../packages/event-store-postgres/dist/index.js';
import { migrate, openSql } from '../../packages/sql/dist/index.js';
import { bulkLog } from './bulk-log.mjs';
import { child } from './child.mjs';
import { onPostgres } from './databases.mjs';

const rounds = 3;

const withLog = async (url, events) => {
  const sql = await openSql(url);
  try {
    await migrate(sql, 'event-store', eventStoreMigrations);
    await bulkLog(sql, { events });
  } finally {
    await sql.close();
  }
  return { url, events };
};

const peakOf = async ({ url, events }) => {
  const read = await child('memory-child.mjs', [url]);
  if (read.events !== events) throw new Error(`${read.events} events were read instead of ${events}`);
  return read.peakRssMiB;
};

/** The highest peak over the whole log, beside the lowest over a tenth of it. */
const compared = async (engine, small, large) => {
  const peaks = { small: [], large: [] };
  for (let round = 0; round < rounds; round++) {
    peaks.small.push(await peakOf(small));
    peaks.large.push(await peakOf(large));
  }
  const [value, floor] = [Math.max(...peaks.large), Math.min(...peaks.small)];
  return {
    ...{ name: `memory ${engine}, peak RSS of reading ${large.events} events, beside ${small.events}`, unit: 'MiB' },
    ...{ value, floor, ratioToFloor: Number((value / floor).toFixed(3)), rounds },
  };
};

/**
 * What a process holds at most that reads and decodes the whole log, beside the same over a tenth of the events; each
 * read in a fresh process, from PGlite in a directory and from PostgreSQL. A ratio of 1 is flat.
 */
export const memory = async ({ events = 1_000_000 } = {}) => {
  const part = Math.round(events / 10);
  const directory = mkdtempSync(join(tmpdir(), 'probono-bench-'));
  const results = [];
  try {
    const logs = [await withLog(`pglite:${join(directory, 'small')}`, part)];
    logs.push(await withLog(`pglite:${join(directory, 'large')}`, events));
    results.push(await compared('pglite', ...logs));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
  const onServer = await onPostgres(async (freshDatabase, { fsync }) => {
    const logs = [await withLog(await freshDatabase(), part), await withLog(await freshDatabase(), events)];
    return { ...(await compared('postgres', ...logs)), fsync };
  });
  return [...results, onServer];
};
