import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Codec, type DecodedEvent, Unavailable } from '@probono/event-store';
import { engines, type FreshDatabase } from '../../../test/support/databases.js';
import { type Bench, beginBench, openDatabase } from '../test/bench.js';
import { codec, counted, foreign, ignored, rowsOf, shelved, shelves, tallies } from '../test/tallies.js';
import type { Rows } from './index.js';

const kinds = engines.flatMap((engine) => (['memory', 'postgres'] as const).map((kind) => ({ engine, kind })));
/** As its author would mend it: 13 counts like any other. */
const mended = tallies({
  fold(event, rows) {
    tallies().fold({ ...event, data: JSON.parse(JSON.stringify(event.data).replace('13', '130')) }, rows);
  },
});

describe.each(kinds)('events that cannot be projected, on $engine over a $kind store', ({ engine, kind }) => {
  let database: FreshDatabase;
  let bench: Bench;
  beforeAll(async () => {
    database = await openDatabase(engine);
  });
  beforeEach(async () => {
    bench = await beginBench(database, kind);
  });
  afterAll(() => database.drop());

  test('park their stream, whose later events wait; the others go on', async () => {
    const readModels = bench.open([tallies()]);
    await readModels.migrate();
    await bench.log.record('review-a', counted(1), counted(13), counted(2));
    await bench.log.record('review-b', counted(5));
    expect(await readModels.advance('tallies')).toBe('idle');
    await bench.log.record('review-a', counted(3));
    expect(await readModels.advance('tallies')).toBe('idle');
    expect(await rowsOf(bench.sql, 'tallies_things')).toMatchObject([
      { id: 'a', total: 1 },
      { id: 'b', total: 5 },
    ]);
    expect(await readModels.status()).toMatchObject([{ state: 'live', lagEvents: 0, parked: 3 }]);
  });

  test('are replayed in order, with what waited behind them, once the fold is mended', async () => {
    const readModels = bench.open([tallies()]);
    await readModels.migrate();
    await bench.log.record('review-a', counted(1), counted(13), counted(2), counted(3));
    await bench.log.record('review-b', counted(13));
    await readModels.advance('tallies');
    expect(await readModels.retry('tallies')).toEqual({ replayed: 0, stillParked: 4 });
    const after = bench.open([mended]);
    expect(await after.retry('tallies')).toEqual({ replayed: 4, stillParked: 0 });
    expect(await rowsOf(bench.sql, 'tallies_things')).toMatchObject([
      { id: 'a', total: 136, seen: [{ zz: 1 }, { zz: 130 }, { zz: 2 }, { zz: 3 }] },
      { id: 'b', total: 130 },
    ]);
    await bench.log.record('review-a', counted(4));
    await after.advance('tallies');
    expect(await rowsOf(bench.sql, 'tallies_things')).toMatchObject([{ id: 'a', total: 140 }, { id: 'b' }]);
  });

  test('are folded in the order of the log where rows relate several streams, though they were mended late', async () => {
    // What a thing is counted as depends on where others of its kind stood before it.
    const ranks = (mended: boolean) => ({
      ...shelves('park'),
      fold: (event: DecodedEvent, rows: Rows) => {
        if (!mended && event.stream === 'review-a') throw new RangeError('not yet');
        if (event.type !== 'Shelved') return;
        const rank = rows.where('fill', 'shelf', 'top').length;
        rows.put('fill', { shelf: 'top', rank, id: event.stream });
      },
    });
    const inOrder = [
      { shelf: 'top', rank: 0, id: 'review-a' },
      { shelf: 'top', rank: 1, id: 'review-b' },
    ];
    const readModels = bench.open([ranks(false)]);
    await readModels.migrate();
    await bench.log.record('review-a', shelved('top'));
    await bench.log.record('review-b', shelved('top'));
    await readModels.advance('shelves');
    const rebuilding = await readModels.rebuild('shelves');
    const after = bench.open([ranks(true)]);
    const rebuiltAs = rebuilding + 1;
    expect(await after.retry('shelves')).toEqual({ replayed: 1, stillParked: 0, rebuiltAs });
    expect(await rowsOf(bench.sql, 'shelves_fill')).toMatchObject([{ id: 'review-b' }, { id: 'review-a' }]);
    expect(await after.advance('shelves')).toBe('idle');
    expect(await rowsOf(bench.sql, 'shelves_fill')).toEqual(inOrder);
    expect(await after.reconcile('shelves')).toMatchObject({ generation: rebuiltAs, sound: true });
    expect(await after.retry('shelves')).toEqual({ replayed: 0, stillParked: 0 });
  });

  test('are told of without what they say', async () => {
    const readModels = bench.open([tallies()]);
    await readModels.migrate();
    await bench.log.record('review-a', { type: 'Counted', data: { amount: 13, note: 'Jeanne Martin' } });
    await readModels.advance('tallies');
    const [status] = await readModels.status();
    expect(status?.lastError).toBe('Counted at position 1: RangeError: 13 is not counted, says …');
  });

  test('stop the projection where its policy says so, until it is retried', async () => {
    const readModels = bench.open([shelves()]);
    await readModels.migrate();
    await bench.log.record('review-a', shelved('top'), counted(13), shelved('low'));
    expect(await readModels.advance('shelves')).toBe('failed');
    expect(await readModels.advance('shelves')).toBe('failed');
    expect(await rowsOf(bench.sql, 'shelves_places')).toEqual([{ id: 'a', shelf: 'top' }]);
    expect(await readModels.status()).toMatchObject([
      { state: 'failed', lagEvents: 2, lastError: 'Counted at position 2: RangeError: 13' },
    ]);
    expect(await readModels.waitFor(3n, { timeoutMs: 60_000 })).toBe('failed');
    const after = bench.open([{ ...shelves(), types: ['Shelved'] }]);
    await after.retry('shelves');
    expect(await after.advance('shelves')).toBe('idle');
    expect(await rowsOf(bench.sql, 'shelves_places')).toEqual([{ id: 'a', shelf: 'low' }]);
  });

  test('are tried again, with rests between, before the policy decides', async () => {
    const rests: number[] = [];
    let failures = 2;
    const moody = tallies({
      fold(event, rows) {
        if (failures-- > 0) throw new Error('not now');
        tallies().fold(event, rows);
      },
    });
    const readModels = bench.open([moody], {
      retry: { attempts: 3, delayMs: (count) => count * 10 },
      wait: async (ms) => void rests.push(ms),
    });
    await readModels.migrate();
    await bench.log.record('review-a', counted(1));
    expect(await readModels.advance('tallies')).toBe('idle');
    expect(rests).toEqual([10, 20]);
    expect(await readModels.status()).toMatchObject([{ parked: 0, lagEvents: 0 }]);
    expect(await rowsOf(bench.sql, 'tallies_things')).toMatchObject([{ id: 'a', total: 1 }]);
  });

  test('fall under the policy when this code does not know them', async () => {
    const readModels = bench.open([tallies()]);
    await readModels.migrate();
    await bench.log.record('review-a', counted(1), foreign, counted(2));
    await readModels.advance('tallies');
    expect(await readModels.status()).toMatchObject([
      { parked: 2, lastError: 'Foreign at position 2: version 1: no such type' },
    ]);
    expect(await rowsOf(bench.sql, 'tallies_things')).toMatchObject([{ id: 'a', total: 1 }]);
  });

  test('are told from values that the database refuses, which concern their event alone', async () => {
    const dated = tallies({
      fold(event, rows) {
        tallies().fold(event, {
          ...rows,
          put: (table, row) => rows.put(table, { ...row, ...(row.total === 7 ? { last_on: '2026-02-31' } : {}) }),
        });
      },
    });
    const readModels = bench.open([dated]);
    await readModels.migrate();
    for (const amount of [1, 2, 7, 8, 9]) await bench.log.record(`review-${amount}`, counted(amount));
    expect(await readModels.advance('tallies')).toBe('idle');
    expect((await rowsOf(bench.sql, 'tallies_things')).map(({ id }) => id)).toEqual(['1', '2', '8', '9']);
    expect(await readModels.status()).toMatchObject([{ parked: 1, lagEvents: 0 }]);
  });

  test('are parked as a whole where an older event is read as several of today', async () => {
    const splitting: Codec = {
      ...codec,
      decode: async (stored) =>
        (await codec.decode(stored)).flatMap((event) =>
          'unknown' in event || event.type !== 'Shelved'
            ? [event]
            : [counted(1), counted(12), ignored].map((part) => ({ ...event, ...part })),
        ),
    };
    const sums = tallies({
      fold(event, rows) {
        if (JSON.stringify(event.data).includes('12')) throw new Error('not yet');
        tallies().fold(event, rows);
      },
    });
    const readModels = bench.open([sums], { codec: splitting });
    await readModels.migrate();
    await bench.log.record('review-a', counted(5), shelved('top'));
    await readModels.advance('tallies');
    expect(await rowsOf(bench.sql, 'tallies_things')).toMatchObject([{ id: 'a', total: 5 }]);
    const after = bench.open([tallies()], { codec: splitting });
    expect(await after.retry('tallies')).toEqual({ replayed: 1, stillParked: 0 });
    expect(await rowsOf(bench.sql, 'tallies_things')).toMatchObject([{ id: 'a', total: 18 }]);
  });

  test.each([
    ['an outage', new Unavailable('the keys cannot be reached')],
    ['a lost connection', new Error('Connection terminated unexpectedly')],
  ])('are not to blame for %s: it is thrown, and nothing is parked', async (_, outage) => {
    let down = true;
    const keys: Codec = {
      ...codec,
      decode: async (stored) => {
        if (down) throw outage;
        return codec.decode(stored);
      },
    };
    const readModels = bench.open([tallies()], { codec: keys });
    await readModels.migrate();
    await bench.log.record('review-a', counted(1));
    await expect(readModels.advance('tallies')).rejects.toBe(outage);
    expect(await readModels.status()).toMatchObject([{ parked: 0, lagEvents: 1 }]);
    down = false;
    expect(await readModels.advance('tallies')).toBe('idle');
    expect(await rowsOf(bench.sql, 'tallies_things')).toMatchObject([{ id: 'a', total: 1 }]);
  });
});
