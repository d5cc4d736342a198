import { bulkLog } from './bulk-log.mjs';
import { child } from './child.mjs';
import { onPostgres } from './databases.mjs';
import { projectFloor } from './project-floor.mjs';
import { appendToVisible } from './project-latency.mjs';
import { openLog } from './project-log.mjs';

const rounded = (value, digits = 4) => Number(value.toPrecision(digits));

/**
 * As the projector runs: the heap that Node gives itself in a container of 512 MiB, which docker-compose.yml has for it,
 * and what its Dockerfile says of it.
 */
const inItsContainer = ['--max-old-space-size=256', '--heap-growing-percent=100'];

/** Rebuilds all read models by so many processes at once, over a log in a database of its own; in seconds. */
const rebuild = async (url, { workers = 1, partitions = 8 } = {}) => {
  const all = await Promise.all(
    Array.from({ length: workers }, () => child('project-child.mjs', [url, String(partitions)], inItsContainer)),
  );
  const seconds = (Math.max(...all.map(({ ended }) => ended)) - Math.min(...all.map(({ begun }) => begun))) / 1000;
  return { seconds, peakRssMiB: Math.max(...all.map(({ peakRssMiB }) => peakRssMiB)) };
};

/** Makes a log of this size in a database of its own, and lets `work` have it. */
const withLog = async (freshDatabase, events, work) => {
  const url = await freshDatabase();
  const { sql, codec } = await openLog(url);
  try {
    const { streams } = await bulkLog(sql, { events, codec });
    return { events, streams, ...(await work(url, sql)) };
  } finally {
    await sql.close();
  }
};

const forget = (sql) =>
  sql.exec(`DROP SCHEMA probono_read CASCADE; DELETE FROM probono.migrations WHERE owner = 'read-models'`);

const microseconds = ({ seconds, events }) => (1e6 * seconds) / events;

/**
 * First, at a steady load, how long it takes from an append until its rows are seen. Then rebuilds all read models over
 * a log, and over one of a tenth of its size, each in a fresh process. The floor: the log read by bare SQL once for each
 * projection, and the rows that they end with written by bare upserts. The peer reads for each projection only the
 * events that it wants. The large one again by two processes at once, the small one with other numbers of partitions.
 */
export const project = ({ events = 50_000 } = {}) =>
  onPostgres(async (freshDatabase, { fsync }) => {
    const latency = await appendToVisible(await freshDatabase());
    const small = await withLog(freshDatabase, Math.round(events / 10), async (url, sql) => {
      const eight = await rebuild(url);
      await forget(sql);
      const one = await rebuild(url, { partitions: 1 });
      await forget(sql);
      return { ...eight, one, most: await rebuild(url, { partitions: 64 }) };
    });
    const large = await withLog(freshDatabase, events, async (url, sql) => {
      const one = await rebuild(url);
      const floor = await projectFloor(sql);
      await forget(sql);
      return { ...one, floor, two: await rebuild(url, { workers: 2 }) };
    });
    const { seconds, floor, two } = large;
    const inPartitions = (count, rebuilt) => ({
      ...{ name: `project, an event of ${small.events} in ${count} partitions, beside 8`, unit: 'µs' },
      ...{ value: rounded(microseconds({ ...small, ...rebuilt })), floor: rounded(microseconds(small)) },
      ratioToFloor: rounded(rebuilt.seconds / small.seconds, 3),
    });
    return [
      ...latency,
      {
        ...{ name: `project, ${events} events`, unit: 'events/s', value: rounded(events / seconds) },
        ...{ floor: rounded(events / floor.wholeSeconds), peer: rounded(events / floor.seconds) },
        ...{ ratioToFloor: rounded(floor.wholeSeconds / seconds, 3), ratioToPeer: rounded(floor.seconds / seconds, 3) },
        ...{ fsync, streams: large.streams, wanted: floor.events, rows: floor.rows },
      },
      {
        ...{ name: `project, peak RSS at ${events} events, beside ${small.events}`, unit: 'MiB' },
        ...{ value: large.peakRssMiB, floor: small.peakRssMiB },
        ratioToFloor: rounded(large.peakRssMiB / small.peakRssMiB, 3),
      },
      {
        ...{ name: `project, an event of ${events}, beside ${small.events}`, unit: 'µs' },
        ...{ value: rounded(microseconds(large)), floor: rounded(microseconds(small)) },
        ...{ ratioToFloor: rounded(microseconds(large) / microseconds(small), 3) },
        ...{ streams: [large.streams, small.streams] },
      },
      {
        ...{ name: 'project, two processes beside one', unit: 'events/s' },
        ...{ value: rounded(events / two.seconds), floor: rounded(events / seconds) },
        ratioToFloor: rounded(seconds / two.seconds, 3),
      },
      inPartitions(1, small.one),
      inPartitions(64, small.most),
    ];
  });
