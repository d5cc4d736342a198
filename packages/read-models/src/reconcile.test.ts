import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { bucketCount, bucketOf } from '@probono/event-store';
import { engines, type FreshDatabase } from '../../../test/support/databases.js';
import { type Bench, beginBench, openDatabase } from '../test/bench.js';
import { counted, foreign, removed, rowsOf, shelved, shelves, tallies } from '../test/tallies.js';
import type { ReadModels } from './index.js';

const kinds = engines.flatMap((engine) => (['memory', 'postgres'] as const).map((kind) => ({ engine, kind })));

describe.each(kinds)('reconciling on $engine over a $kind store', ({ engine, kind }) => {
  let database: FreshDatabase;
  let bench: Bench;
  let readModels: ReadModels;
  beforeAll(async () => {
    database = await openDatabase(engine);
  });
  beforeEach(async () => {
    bench = await beginBench(database, kind);
    readModels = bench.open([tallies(), shelves('park')], { batchSize: 3 });
    await readModels.migrate();
    for (const id of ['a', 'b', 'c', 'd']) await bench.log.record(`review-${id}`, counted(1), shelved('top'));
    await bench.log.record('review-d', removed);
    await bench.log.record('review-a', counted(2));
    for (const name of readModels.names) await readModels.advance(name);
  });
  afterAll(() => database.drop());

  /** Edits rows behind the runner's back. */
  const edit = (statement: string) => bench.sql.query(statement.replace('THINGS', 'probono_read.tallies_things_g1'));
  const scratch = () => bench.sql.query(`SELECT FROM pg_namespace WHERE nspname LIKE 'probono_as_of_%'`);

  test('finds nothing in rows that the runner wrote, whether they are shared out or not', async () => {
    expect(await readModels.reconcile('tallies')).toEqual({
      name: 'tallies',
      generation: 1,
      state: 'live',
      position: await bench.store.lastPosition(),
      rows: 3,
      missing: 0,
      extra: 0,
      different: 0,
      parked: 0,
      unfoldable: 0,
      differences: [],
      sound: true,
    });
    expect(await readModels.reconcile('shelves')).toMatchObject({ rows: 6, sound: true });
    expect(await scratch()).toEqual([]);
  });

  test('finds nothing before the first event', async () => {
    const young = bench.open([tallies({ name: 'young' })]);
    await young.migrate();
    expect(await young.reconcile('young')).toMatchObject({ position: undefined, rows: 0, sound: true });
  });

  test('finds a row that someone edited, and names the columns, not what they hold', async () => {
    await edit(`UPDATE THINGS SET total = total + 1, seen = '[]' WHERE id = 'a'`);
    const found = await readModels.reconcile('tallies');
    expect(found).toMatchObject({ rows: 3, missing: 0, extra: 0, different: 1, sound: false });
    expect(found.differences).toEqual([
      { table: 'things', key: ['a'], finding: 'different', columns: ['total', 'seen'] },
    ]);
  });

  test('finds a value that became nothing', async () => {
    await edit(`UPDATE THINGS SET last_on = NULL WHERE id = 'b'`);
    expect((await readModels.reconcile('tallies')).differences).toMatchObject([{ key: ['b'], columns: ['last_on'] }]);
  });

  test('finds a row that is missing', async () => {
    await edit(`DELETE FROM THINGS WHERE id = 'b'`);
    const found = await readModels.reconcile('tallies');
    expect(found).toMatchObject({ rows: 2, missing: 1, extra: 0, different: 0, sound: false });
    expect(found.differences).toEqual([{ table: 'things', key: ['b'], finding: 'missing' }]);
  });

  test('finds a row too many, by a key of several columns', async () => {
    await bench.sql.query(`INSERT INTO probono_read.shelves_fill_g1 (shelf, rank, id) VALUES ('top', 7, 'a')`);
    const found = await readModels.reconcile('shelves');
    expect(found).toMatchObject({ rows: 7, missing: 0, extra: 1, different: 0, sound: false });
    expect(found.differences).toEqual([{ table: 'fill', key: ['top', '7'], finding: 'extra' }]);
  });

  test('tells the first differences only, in the order of keys, and counts all', async () => {
    await edit(
      `INSERT INTO THINGS (id, total) SELECT 'x' || lpad(n::text, 2, '0'), n FROM generate_series(1, 12) AS n`,
    );
    const { differences, extra } = await readModels.reconcile('tallies');
    expect(extra).toBe(12);
    expect(differences.map(({ key }) => key[0])).toEqual(
      Array.from({ length: 10 }, (_, index) => `x${String(index + 1).padStart(2, '0')}`),
    );
  });

  test('compares at the place where the rows are, not where the log is', async () => {
    await bench.log.record('review-b', counted(5));
    expect(await readModels.reconcile('tallies')).toMatchObject({ sound: true });
  });

  test('compares parts of the work that are not at the same place', async () => {
    const partition = Math.floor((bucketOf('review-a') * 8) / bucketCount);
    const mark = (failure: string | null) =>
      bench.sql.query(
        `UPDATE probono_read.checkpoints SET failure = $1 WHERE projection = 'tallies' AND partition = $2`,
        [failure, partition],
      );
    const position = await bench.store.lastPosition();
    await bench.log.record('review-a', counted(9));
    await bench.log.record('review-b', counted(5));
    await mark('held back');
    await readModels.advance('tallies');
    await mark(null);
    expect(await rowsOf(bench.sql, 'tallies_things')).toMatchObject([{ total: 3 }, { total: 6 }, { total: 1 }]);
    expect(await readModels.reconcile('tallies')).toMatchObject({ position, sound: true });
  });

  test('finds fault with what is paused, has stopped, or waits', async () => {
    await bench.log.record('review-b', counted(13), counted(4));
    await readModels.advance('tallies');
    expect(await readModels.reconcile('tallies')).toMatchObject({
      ...{ missing: 0, extra: 0, different: 0, parked: 2, unfoldable: 1, sound: false },
    });
    await readModels.pause('shelves');
    expect(await readModels.reconcile('shelves')).toMatchObject({ state: 'paused', sound: false });
    const stopping = bench.open([{ ...shelves(), name: 'stopping' }]);
    await stopping.migrate();
    await stopping.advance('stopping');
    expect(await stopping.reconcile('stopping')).toMatchObject({ state: 'failed', differences: [], sound: false });
  });

  test('finds streams that a rebuild could not finish, for an event or for a value that a table does not take', async () => {
    await bench.log.record('review-b', foreign);
    await bench.log.record('review-c', counted(2 ** 30), counted(2 ** 30));
    const lenient = bench.open([tallies({ types: ['Counted', 'Removed'] })]);
    await lenient.advance('tallies');
    const found = await bench.open([tallies()]).reconcile('tallies');
    expect(found).toMatchObject({ missing: 0, extra: 0, different: 0, unfoldable: 2, sound: false });
  });

  test('will not judge rows that another version of the code made', async () => {
    await expect(bench.open([tallies({ version: 2 })]).reconcile('tallies')).rejects.toThrow(
      /built by version 1 of it, this program has version 2/,
    );
    expect(await scratch()).toEqual([]);
  });

  test('finds nothing while workers go on and generations change', async () => {
    const worker = bench.open([tallies()], { batchSize: 2 });
    let working = true;
    const work = (async () => {
      for (let n = 0; working; n++) {
        await bench.log.record(`review-${'abc'[n % 3]}`, counted(1 + (n % 5)));
        if (n % 4 === 0) await worker.rebuild('tallies');
        await worker.advance('tallies');
      }
    })();
    const found = [];
    const generations = new Set<number | null>();
    while (found.length < 6 || generations.size < 2) {
      const report = await readModels.reconcile('tallies');
      found.push(report);
      generations.add(report.generation);
    }
    working = false;
    await work;
    expect(found.filter(({ sound }) => !sound)).toEqual([]);
  });
});
