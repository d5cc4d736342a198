import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { EventStore } from '@probono/event-store';
import { engines, type FreshDatabase, freshDatabase } from '../../../test/support/databases.js';
import { type Log, logOf, openStore, type StoreKind } from '../test/log.js';
import { Counted, codec, Ignored, Removed, rowsOf, Shelved, shelves, tallies } from '../test/tallies.js';
import { openReadModels, type ReadModels } from './index.js';

const kinds = engines.flatMap((engine) => (['memory', 'postgres'] as const).map((kind) => ({ engine, kind })));

describe.each(kinds)('read models on $engine over a $kind store', ({ engine, kind }) => {
  let database: FreshDatabase;
  let store: EventStore;
  let log: Log;
  let readModels: ReadModels;

  beforeEach(async () => {
    database = await freshDatabase(engine);
    store = await openStore(kind, database.client);
    log = logOf(store, codec);
    readModels = openReadModels({
      sql: database.client,
      store,
      codec,
      projections: [tallies(), shelves()],
      now: () => new Date('2026-03-02T09:01:00Z'),
    });
    await readModels.migrate();
  });
  afterEach(() => database.drop());

  test('hold what the events say', async () => {
    await log.record('review-a', Counted.of({ amount: 2 }), Counted.of({ amount: 3 }));
    await log.record('review-b', Counted.of({ amount: 5 }), Shelved.of({ shelf: 'top' }));
    expect(await readModels.advance('tallies')).toBe('idle');
    expect(await readModels.advance('shelves')).toBe('idle');
    expect(await rowsOf(database.client, 'tallies_things')).toMatchObject([
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
    expect(await rowsOf(database.client, 'shelves_fill')).toEqual([{ shelf: 'top', rank: 0, id: 'b' }]);
  });
});
