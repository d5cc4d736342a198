import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { engines, type FreshDatabase, freshDatabase } from '../../../test/support/databases.js';
import { type Migration, migrate } from './migrate.js';
import { openSql } from './open.js';

const first: Migration = {
  id: 1,
  name: 'notes',
  sql: 'CREATE TABLE probono.notes (id int); INSERT INTO probono.notes VALUES (1)',
};
const second: Migration = { id: 2, name: 'more', sql: 'INSERT INTO probono.notes VALUES (2)' };

describe.each(engines)('migrations on %s', (engine) => {
  let database: FreshDatabase;
  beforeAll(async () => {
    database = await freshDatabase(engine);
  });
  beforeEach(() => database.client.exec('DROP SCHEMA IF EXISTS probono CASCADE'));
  afterAll(() => database?.drop());

  const notes = async () =>
    (await database.client.query<{ id: number }>('SELECT id FROM probono.notes ORDER BY id')).map(({ id }) => id);

  test('run once, however often they are asked for', async () => {
    await migrate(database.client, 'notes', [first]);
    await migrate(database.client, 'notes', [first, second]);
    await migrate(database.client, 'notes', [first, second]);
    expect(await notes()).toEqual([1, 2]);
    const ledger = await database.client.query(
      'SELECT owner, id, name, applied_at FROM probono.migrations ORDER BY id',
    );
    expect(ledger).toEqual([
      { owner: 'notes', id: 1, name: 'notes', applied_at: expect.any(Date) },
      { owner: 'notes', id: 2, name: 'more', applied_at: expect.any(Date) },
    ]);
  });

  test('owners number theirs apart', async () => {
    await migrate(database.client, 'notes', [first]);
    await migrate(database.client, 'others', [{ ...second, id: 1 }]);
    expect(await notes()).toEqual([1, 2]);
  });

  test('one whose text changed after it was applied is refused, and nothing else runs', async () => {
    await migrate(database.client, 'notes', [first]);
    const changed = { ...first, sql: `${first.sql}, (7)` };
    await expect(migrate(database.client, 'notes', [changed, second])).rejects.toThrow(
      'Migration notes/1 (notes) was applied with another text: restore it and write a new migration instead.',
    );
    expect(await notes()).toEqual([1]);
  });

  test('line endings do not change a text', async () => {
    await migrate(database.client, 'notes', [{ ...first, sql: first.sql.replace('; ', ';\n') }]);
    await migrate(database.client, 'notes', [{ ...first, sql: first.sql.replace('; ', ';\r\n') }]);
    expect(await notes()).toEqual([1]);
  });

  test('one that fails leaves no trace of those before it', async () => {
    await expect(migrate(database.client, 'notes', [first, { ...second, sql: 'SELECT 1/0' }])).rejects.toMatchObject({
      code: '22012',
    });
    expect(await database.client.query(`SELECT to_regclass('probono.notes')::text AS t`)).toEqual([{ t: null }]);
  });

  test('one numbered below what was applied is refused', async () => {
    await migrate(database.client, 'notes', [first, { ...second, id: 3 }]);
    await expect(migrate(database.client, 'notes', [first, second])).rejects.toThrow(
      'Migration notes/2 (more) comes after 3, which this database already has: give it a higher number.',
    );
  });

  test('numbers must rise', async () => {
    await expect(migrate(database.client, 'notes', [second, first])).rejects.toThrow(
      'Migration notes/1 (notes) must have a whole number above 2.',
    );
  });

  test('two migrators at once apply them once', async () => {
    const other = engine === 'postgres' ? await openSql(database.url) : undefined;
    const clients = [database.client, other ?? database.client];
    for (let round = 0; round < 10; round++) {
      await database.client.exec('DROP SCHEMA IF EXISTS probono CASCADE');
      // What a session has looked for in vain it may remember as missing.
      for (const client of clients) await client.query(`SELECT to_regclass('probono.migrations')`);
      await Promise.all(clients.map((client) => migrate(client, 'notes', [first, second])));
      expect(await notes()).toEqual([1, 2]);
    }
    await other?.close();
  });
});
