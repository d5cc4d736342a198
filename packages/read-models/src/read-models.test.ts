import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { engines, type FreshDatabase } from '../../../test/support/databases.js';
import { type Bench, beginBench, openDatabase } from '../test/bench.js';
import { counted, ignored, removed, rowsOf, shelved, shelves, tallies } from '../test/tallies.js';

const kinds = engines.flatMap((engine) => (['memory', 'postgres'] as const).map((kind) => ({ engine, kind })));

describe.each(kinds)('read models on $engine over a $kind store', ({ engine, kind }) => {
  let database: FreshDatabase;
  let bench: Bench;
  beforeAll(async () => {
    database = await openDatabase(engine);
  });
  beforeEach(async () => {
    bench = await beginBench(database, kind);
  });
  afterAll(() => database.drop());

  test('hold what the events say', async () => {
    const readModels = bench.open([tallies(), shelves()]);
    await readModels.migrate();
    await bench.log.record('review-a', counted(2), counted(3));
    await bench.log.record('review-b', counted(5), shelved('top'));
    expect(await readModels.advance('tallies')).toBe('idle');
    expect(await readModels.advance('shelves')).toBe('idle');
    expect(await rowsOf(bench.sql, 'tallies_things')).toMatchObject([
      {
        id: 'a',
        total: 5,
        times: 2n,
        seen: [
          { a: '0', zz: 2 },
          { a: '1', zz: 3 },
        ],
        last_on: '2026-03-02',
      },
      { id: 'b', total: 5, times: 1n, last_at: new Date('2026-03-02T09:00:00Z') },
    ]);
    expect(await rowsOf(bench.sql, 'shelves_fill')).toEqual([{ shelf: 'top', rank: 0, id: 'b' }]);
  });

  test('forget rows whose thing was removed', async () => {
    const readModels = bench.open([tallies(), shelves()]);
    await readModels.migrate();
    await bench.log.record('review-a', counted(1), shelved('top'));
    await bench.log.record('review-b', shelved('top'));
    for (const name of readModels.names) await readModels.advance(name);
    await bench.log.record('review-a', removed);
    for (const name of readModels.names) await readModels.advance(name);
    expect(await rowsOf(bench.sql, 'tallies_things')).toEqual([]);
    expect(await rowsOf(bench.sql, 'shelves_fill')).toEqual([{ shelf: 'top', rank: 0, id: 'b' }]);
  });

  test('lag behind the end of the log until they are advanced, and then not at all', async () => {
    const readModels = bench.open([tallies(), shelves()]);
    await readModels.migrate();
    expect((await readModels.status()).map(({ lagEvents }) => lagEvents)).toEqual([0, 0]);
    await bench.log.record('review-a', counted(1), counted(2));
    const last = await bench.log.record('review-b', ignored);
    expect(await readModels.status()).toMatchObject([
      { name: 'shelves', state: 'booting', lagEvents: 2, lagSeconds: 60, position: undefined },
      { name: 'tallies', state: 'booting', lagEvents: 2, lagSeconds: 60, position: undefined },
    ]);
    for (const name of readModels.names) await readModels.advance(name);
    expect(await readModels.status()).toMatchObject([
      {
        name: 'shelves',
        version: 1,
        generation: 1,
        state: 'live',
        lagEvents: 0,
        lagSeconds: 0,
        position: last,
        parked: 0,
      },
      {
        name: 'tallies',
        version: 1,
        generation: 1,
        state: 'live',
        lagEvents: 0,
        lagSeconds: 0,
        position: last,
        parked: 0,
      },
    ]);
    await bench.log.record('review-b', ignored);
    expect((await readModels.status())[0]).toMatchObject({ lagEvents: 1, lagSeconds: 0 });
    await readModels.advance('shelves');
    expect((await readModels.status())[0]).toMatchObject({ lagEvents: 0 });
  });

  test('are waited for by those who read their own writes', async () => {
    const readModels = bench.open([tallies(), shelves()]);
    await readModels.migrate();
    const position = await bench.log.record('review-a', counted(1), ignored);
    expect(await readModels.waitFor(position, { timeoutMs: 1 })).toBe('timed-out');
    const waiting = readModels.waitFor(position, { timeoutMs: 60_000 });
    for (const name of readModels.names) await readModels.advance(name);
    expect(await waiting).toBe('reached');
  });

  test('are no longer waited for once the wait is aborted', async () => {
    const readModels = bench.open([tallies()]);
    await readModels.migrate();
    const position = await bench.log.record('review-a', counted(1));
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(readModels.waitFor(position, { timeoutMs: 60_000, signal })).rejects.toThrow('enough');
  });

  test('stand still while paused, for every process, and go on when resumed', async () => {
    const readModels = bench.open([tallies()]);
    const other = bench.open([tallies()]);
    await readModels.migrate();
    await readModels.pause('tallies');
    await bench.log.record('review-a', counted(1));
    expect(await other.advance('tallies')).toBe('idle');
    expect(await rowsOf(bench.sql, 'tallies_things')).toEqual([]);
    expect(await other.status()).toMatchObject([{ state: 'paused', lagEvents: 1 }]);
    await other.resume('tallies');
    expect(await readModels.advance('tallies')).toBe('idle');
    expect(await rowsOf(bench.sql, 'tallies_things')).toMatchObject([{ id: 'a', total: 1 }]);
  });

  test('are built as of a past position beside the live ones', async () => {
    const readModels = bench.open([tallies(), shelves()], { batchSize: 2 });
    await readModels.migrate();
    await bench.log.record('review-a', counted(1), counted(2));
    const then = await bench.log.record('review-b', counted(7));
    await bench.log.record('review-a', counted(4), removed);
    await readModels.advance('tallies');
    const asOf = await readModels.buildAsOf('tallies', then);
    expect(asOf.position).toBe(then);
    expect(await rowsOf(bench.sql, 'tallies_things', asOf.schema)).toMatchObject([
      { id: 'a', total: 3 },
      { id: 'b', total: 7 },
    ]);
    expect(await rowsOf(bench.sql, 'tallies_things')).toMatchObject([{ id: 'b', total: 7 }]);
    await asOf.drop();
    await expect(rowsOf(bench.sql, 'tallies_things', asOf.schema)).rejects.toThrow(/does not exist/);
  });

  test('of one stream each are shared out only where the store reads by bucket', async () => {
    const { store } = bench;
    const whole = bench.open([tallies()], {
      store: {
        ...store,
        capabilities: { ...store.capabilities, buckets: false },
        readAll(options = {}) {
          if (options.buckets !== undefined) throw new Error('no buckets here');
          return store.readAll(options);
        },
      },
    });
    await whole.migrate();
    for (let n = 0; n < 20; n++) await bench.log.record(`review-${n}`, counted(n));
    // 13 is parked.
    expect(await whole.advance('tallies')).toBe('idle');
    expect(await whole.status()).toMatchObject([{ state: 'live', lagEvents: 0 }]);
    expect(await rowsOf(bench.sql, 'tallies_things')).toHaveLength(19);
  });

  test('have as many partitions as they are told, if these share out the buckets evenly', async () => {
    const readModels = bench.open([tallies()], { partitions: 64 });
    await readModels.migrate();
    const [made] = await bench.sql.query('SELECT count(*)::integer AS n FROM probono_read.checkpoints');
    expect(made).toEqual({ n: 64 });
    for (const partitions of [0, -8, 0.5, 7, 128])
      expect(() => bench.open([tallies()], { partitions })).toThrow(`a divisor of 64, got ${partitions}`);
  });

  test('are set up twice without harm, and not used before', async () => {
    const readModels = bench.open([tallies()]);
    await expect(readModels.advance('tallies')).rejects.toThrow();
    await readModels.migrate();
    await bench.open([tallies()]).migrate();
    expect(await readModels.status()).toHaveLength(1);
    await expect(readModels.advance('talies')).rejects.toThrow('there is no read model talies');
  });
});
