import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type FreshDatabase, freshDatabase } from '../../../../test/support/databases.js';
import { beginBench } from '../../test/bench.js';
import { counted, rowsOf } from '../../test/tallies.js';
import type { Projection } from '../index.js';

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase('pglite');
});
afterAll(() => database.drop());

/** Asks for rows that nothing announces: of the stream, and of all that were counted alike. */
const alike: Projection = {
  name: 'alike',
  version: 1,
  types: ['Counted'],
  partitioned: false,
  onFailure: 'park',
  tables: [
    {
      name: 'things',
      key: ['id'],
      columns: { id: 'text', amount: 'integer', others: 'integer' },
      indexes: [['amount']],
    },
  ],
  fold({ stream, data }, rows) {
    const { amount } = data as { readonly amount: number }; // the test's own events
    const others = rows.where('things', 'amount', amount).filter(({ id }) => id !== stream);
    const known = rows.get('things', stream);
    rows.put('things', { id: stream, amount, others: others.length + Number(known?.others ?? 0) });
  },
};

test('what the folds of a batch ask for is loaded for all of them at once', async () => {
  const bench = await beginBench(database, 'postgres');
  let statements = 0;
  const readModels = bench.open([alike], {
    sql: {
      ...bench.sql,
      transaction: (work) =>
        bench.sql.transaction((tx) =>
          work({
            ...tx,
            query(text, params) {
              statements += 1;
              return tx.query(text, params);
            },
          }),
        ),
    },
  });
  await readModels.migrate();
  for (let n = 0; n < 100; n++) await bench.log.record(`review-${n}`, counted(n % 7));
  expect(await readModels.advance('alike')).toBe('idle');
  const before = statements;
  for (let n = 0; n < 100; n++) await bench.log.record(`review-${n}`, counted(n % 5));
  expect(await readModels.advance('alike')).toBe('idle');
  expect(statements - before).toBeLessThan(12);

  const rows = await rowsOf(bench.sql, 'alike_things');
  const expected = new Map<string, { readonly amount: number; readonly others: number }>();
  for (const amounts of [7, 5])
    for (let n = 0; n < 100; n++) {
      const amount = n % amounts;
      const others = [...expected].filter(([id, row]) => id !== `review-${n}` && row.amount === amount).length;
      expected.set(`review-${n}`, { amount, others: others + (expected.get(`review-${n}`)?.others ?? 0) });
    }
  expect(new Map(rows.map(({ id, amount, others }) => [id, { amount, others }]))).toEqual(expected);
});
