import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { engines, type FreshDatabase } from '../../../test/support/databases.js';
import { type Bench, beginBench, openDatabase } from '../test/bench.js';
import { counted, rowsOf, shelved, tallies } from '../test/tallies.js';

const kinds = engines.flatMap((engine) => (['memory', 'postgres'] as const).map((kind) => ({ engine, kind })));
/** A later release: counts double, into a table of other columns. */
const doubled = tallies({
  version: 2,
  tables: [{ name: 'things', key: ['id'], columns: { id: 'text', twice: 'integer' } }],
  fold({ stream, type, data }, rows) {
    if (type !== 'Counted' || typeof data !== 'object' || data === null || !('amount' in data)) return;
    const id = stream.slice('review-'.length);
    rows.put('things', { id, twice: Number(rows.get('things', id)?.twice ?? 0) + 2 * Number(data.amount) });
  },
});

describe.each(kinds)('generations of a read model on $engine over a $kind store', ({ engine, kind }) => {
  let database: FreshDatabase;
  let bench: Bench;
  beforeAll(async () => {
    database = await openDatabase(engine);
  });
  beforeEach(async () => {
    bench = await beginBench(database, kind);
  });
  afterAll(() => database.drop());

  const tables = async (): Promise<readonly unknown[]> => {
    const rows = await bench.sql.query<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'probono_read' AND tablename LIKE '%\\_g%' ORDER BY 1`,
    );
    return rows.map(({ name }) => name).filter((name) => name !== 'generations');
  };

  test('the old one answers until the rebuilt one has caught up, which then takes its place', async () => {
    const steps: unknown[] = [];
    const rebuilding = tallies({
      fold(event, rows) {
        tallies().fold(event, rows);
      },
    });
    const readModels = bench.open([rebuilding], { batchSize: 1 });
    await readModels.migrate();
    await bench.log.record('review-a', counted(1), counted(2), counted(3));
    await readModels.advance('tallies');
    // A row that no event tells of shows which generation answers.
    await bench.sql.query(`UPDATE probono_read.tallies_things_g1 SET total = 100`);
    expect(await readModels.rebuild('tallies')).toBe(2);
    expect(await readModels.rebuild('tallies')).toBe(2);
    await bench.log.record('review-a', counted(4));
    const stop = new AbortController();
    let looked = 0;
    const watched = bench.open([rebuilding], {
      batchSize: 1,
      sql: {
        ...bench.sql,
        transaction: async (work) => {
          const done = await bench.sql.transaction(work);
          if (++looked === 3) stop.abort();
          return done;
        },
      },
    });
    expect(await watched.advance('tallies', { signal: stop.signal })).toBe('busy');
    steps.push(await rowsOf(bench.sql, 'tallies_things'));
    expect(steps).toMatchObject([[{ id: 'a', total: 104 }]]);
    expect(await readModels.status()).toMatchObject([
      { generation: 1, state: 'live', lagEvents: 0 },
      { generation: 2, state: 'booting' },
    ]);
    expect(await readModels.advance('tallies')).toBe('idle');
    expect(await rowsOf(bench.sql, 'tallies_things')).toMatchObject([{ id: 'a', total: 10 }]);
    expect(await readModels.status()).toMatchObject([{ generation: 2, state: 'live', lagEvents: 0 }]);
    expect(await tables()).toEqual(['tallies_things_g2']);
  });

  test('one is filled by one worker at a time; the others read nothing for it until that one is silent', async () => {
    const { store } = bench;
    let read = 0;
    const other = bench.open([tallies()], {
      store: {
        ...store,
        readAll(options) {
          read += 1;
          return store.readAll(options);
        },
      },
    });
    await other.migrate();
    await bench.log.record('review-a', counted(1), counted(2), counted(3));
    const stop = new AbortController();
    const seen: unknown[] = [];
    let steps = 0;
    const filling = bench.open([tallies()], {
      batchSize: 1,
      worker: 'filling',
      sql: {
        ...bench.sql,
        async transaction(work) {
          const done = await bench.sql.transaction(work);
          steps += 1;
          if (steps === 1) seen.push(await other.advance('tallies'), read);
          if (steps === 2) stop.abort();
          return done;
        },
      },
    });
    expect(await filling.advance('tallies', { signal: stop.signal })).toBe('busy');
    expect(seen).toEqual(['busy', 0]);

    // What a worker leaves behind that dies in the middle.
    const die = (ago: string) =>
      bench.sql.query(
        `UPDATE probono_read.checkpoints SET filler = 'filling', filled_until = clock_timestamp() - $1::interval`,
        [ago],
      );
    await die('-1 hour');
    expect(await other.advance('tallies')).toBe('busy');
    await die('1 second');
    expect(await other.advance('tallies')).toBe('idle');
    expect(await rowsOf(bench.sql, 'tallies_things')).toMatchObject([{ id: 'a', total: 6 }]);
  });

  test('one that a worker has left in good order is gone on with at once', async () => {
    const stop = new AbortController();
    const leaving = bench.open([tallies()], {
      batchSize: 1,
      sql: {
        ...bench.sql,
        async transaction(work) {
          const done = await bench.sql.transaction(work);
          stop.abort();
          return done;
        },
      },
    });
    await bench.open([tallies()]).migrate();
    await bench.log.record('review-a', counted(1), counted(2));
    expect(await leaving.advance('tallies', { signal: stop.signal })).toBe('busy');
    expect(await bench.open([tallies()]).advance('tallies')).toBe('idle');
    expect(await rowsOf(bench.sql, 'tallies_things')).toMatchObject([{ id: 'a', total: 3 }]);
  });

  test('one is begun by newer code, which old code leaves alone', async () => {
    const old = bench.open([tallies()]);
    await old.migrate();
    await bench.log.record('review-a', counted(1), counted(2));
    await old.advance('tallies');
    const young = bench.open([doubled]);
    await young.migrate();
    await bench.log.record('review-a', counted(4));
    expect(await old.advance('tallies')).toBe('idle');
    expect(await rowsOf(bench.sql, 'tallies_things')).toMatchObject([{ id: 'a', total: 7 }]);
    expect(await young.advance('tallies')).toBe('idle');
    expect(await rowsOf(bench.sql, 'tallies_things')).toEqual([{ id: 'a', twice: 14 }]);
    await old.migrate();
    await bench.log.record('review-a', counted(1));
    expect(await old.advance('tallies')).toBe('idle');
    expect(await rowsOf(bench.sql, 'tallies_things')).toEqual([{ id: 'a', twice: 14 }]);
    expect(await young.advance('tallies')).toBe('idle');
    expect(await rowsOf(bench.sql, 'tallies_things')).toEqual([{ id: 'a', twice: 16 }]);
    expect(await tables()).toEqual(['tallies_things_g2']);
  });

  test('one is begun, and one only, by processes that start together', async () => {
    await Promise.all([1, 2, 3].map(() => bench.open([tallies()]).migrate()));
    await Promise.all([1, 2, 3].map(() => bench.open([doubled]).migrate()));
    expect(await tables()).toEqual(['tallies_things_g1', 'tallies_things_g2']);
  });

  test('one that was never live gives way to newer code', async () => {
    await bench.open([tallies()]).migrate();
    const young = bench.open([doubled]);
    await young.migrate();
    await bench.log.record('review-a', counted(4), shelved('top'));
    expect(await young.advance('tallies')).toBe('idle');
    expect(await rowsOf(bench.sql, 'tallies_things')).toEqual([{ id: 'a', twice: 8 }]);
    expect(await tables()).toEqual(['tallies_things_g2']);
  });

  test('one that parks more than the one it would replace is not switched in', async () => {
    const readModels = bench.open([tallies({ fold: () => {} })]);
    await readModels.migrate();
    await bench.log.record('review-a', counted(13));
    await readModels.advance('tallies');
    const stricter = bench.open([tallies()]);
    await stricter.rebuild('tallies');
    expect(await stricter.advance('tallies')).toBe('idle');
    expect(await stricter.status()).toMatchObject([
      { generation: 1, state: 'live', parked: 0 },
      { generation: 2, state: 'booting', parked: 1, lagEvents: 0 },
    ]);
    await readModels.retry('tallies');
    expect(await readModels.advance('tallies')).toBe('idle');
    expect(await readModels.status()).toMatchObject([{ generation: 2, state: 'live', parked: 0 }]);
  });
});
