import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { StreamName } from '@probono/domain';
import { openSql } from '@probono/sql';
import * as fc from 'fast-check';
import { engines, type FreshDatabase } from '../../../test/support/databases.js';
import { type Bench, beginBench, openDatabase } from '../test/bench.js';
import { foldedOneByOne, rowsInDatabase } from '../test/reference.js';
import { codec, counted, ignored, removed, rowsOf, shelved, shelves, tallies } from '../test/tallies.js';
import type { ReadModels } from './index.js';

const projections = [tallies(), shelves()];

const advanceAll = async (readModels: ReadModels): Promise<void> => {
  for (const name of readModels.names) expect(await readModels.advance(name)).toBe('idle');
};

const fact = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 12 }).map(counted) },
  { weight: 3, arbitrary: fc.constantFrom('top', 'mid', 'low').map(shelved) },
  { weight: 1, arbitrary: fc.constant(removed) },
  { weight: 1, arbitrary: fc.constant(ignored) },
);
const act = fc.record({
  stream: fc.integer({ min: 0, max: 40 }),
  facts: fc.array(fact, { minLength: 1, maxLength: 12 }),
});
const sample = (seed: number, count: number) => fc.sample(act, { seed, numRuns: count });
const streamOf = (n: number): StreamName => `review-${n}`;

describe.each(engines)('rows on %s', (engine) => {
  let database: FreshDatabase;
  let bench: Bench;
  beforeAll(async () => {
    database = await openDatabase(engine);
  });
  beforeEach(async () => {
    bench = await beginBench(database, 'postgres');
  });
  afterAll(() => database.drop());

  const expectRowsOfOneByOne = async (): Promise<void> => {
    for (const projection of projections) {
      const expected = await foldedOneByOne(projection, bench.store, codec);
      expect(await rowsInDatabase(projection, bench.sql)).toEqual(expected);
    }
  };

  test('are those of one-by-one folding, whatever the batches and partitions', async () => {
    const many = fc.array(fc.tuple(act, fc.integer({ min: 1, max: 7 })), { maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(many, fc.constantFrom(1, 2, 8, 64), async (acts, partitions) => {
        bench = await beginBench(database, 'postgres');
        await bench.open(projections, { partitions }).migrate();
        for (const [{ stream, facts }, batchSize] of acts) {
          await bench.log.record(streamOf(stream % 3), ...facts);
          // Another process each time, with batches of another size; at times it leaves work behind.
          if (batchSize > 3) await advanceAll(bench.open(projections, { batchSize }));
        }
        await advanceAll(bench.open(projections));
        await expectRowsOfOneByOne();
      }),
      { seed: 20260302, numRuns: 8 },
    );
  });

  test('of 10,000 events survive workers that die between flush and commit', async () => {
    await bench.open(projections).migrate();
    const dice = fc.sample(fc.boolean(), { seed: 7, numRuns: 1000 });
    let thrown = 0;
    const dying = bench.open(projections, {
      batchSize: 97,
      sql: {
        ...bench.sql,
        transaction: (work) =>
          bench.sql.transaction(async (tx) => {
            const done = await work(tx);
            if (dice.pop()) {
              thrown += 1;
              throw new Error('killed before the commit');
            }
            return done;
          }),
      },
    });
    let count = 0;
    for (const [index, { stream, facts }] of sample(42, 1600).entries()) {
      await bench.log.record(streamOf(stream), ...facts);
      count += facts.length;
      if (index % 100 === 0) for (const name of dying.names) await dying.advance(name).catch(() => {});
    }
    expect(count).toBeGreaterThan(10_000);
    expect(thrown).toBeGreaterThan(5);
    await advanceAll(bench.open(projections));
    await expectRowsOfOneByOne();
  });

  test('are flushed with their checkpoint or not at all', async () => {
    const dying = bench.open([tallies()], {
      sql: {
        ...bench.sql,
        transaction: (work) =>
          bench.sql.transaction(async (tx) => {
            await work(tx);
            throw new Error('killed before the commit');
          }),
      },
    });
    await bench.open([tallies()]).migrate();
    await bench.log.record('review-a', counted(2));
    await expect(dying.advance('tallies')).rejects.toThrow('killed');
    expect(await rowsOf(bench.sql, 'tallies_things')).toEqual([]);
    expect(await dying.status()).toMatchObject([{ position: undefined, lagEvents: 1 }]);
    await bench.open([tallies()]).advance('tallies');
    expect(await rowsOf(bench.sql, 'tallies_things')).toMatchObject([{ id: 'a', total: 2, times: 1n }]);
  });

  test('are the same when several workers share the work', async () => {
    await bench.open(projections).migrate();
    // On PGlite there is one client for all; on a server each worker has its own.
    const clients = engine === 'pglite' ? [] : await Promise.all([1, 2, 3].map(() => openSql(database.url)));
    const workers = (clients.length > 0 ? clients : [bench.sql, bench.sql, bench.sql]).map((sql) =>
      bench.open(projections, { sql, batchSize: 50 }),
    );
    let writing = true;
    const working = workers.map(async (worker) => {
      while (writing) for (const name of worker.names) await worker.advance(name);
    });
    for (const { stream, facts } of sample(4711, 400)) await bench.log.record(streamOf(stream), ...facts);
    writing = false;
    await Promise.all(working);
    await advanceAll(bench.open(projections));
    await expectRowsOfOneByOne();
    await Promise.all(clients.map((client) => client.close()));
  });
});
