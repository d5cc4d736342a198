import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { engines, type FreshDatabase, freshDatabase } from '../../../test/support/databases.js';

const values: readonly (readonly [type: string, sent: unknown, read: unknown])[] = [
  ['int8', 9_007_199_254_740_993n, 9_007_199_254_740_993n],
  ['int8', 3, 3n],
  ['int4', 42, 42],
  ['int2', -1, -1],
  ['float8', 0.1, 0.1],
  ['numeric', '12345678901234567890.50', '12345678901234567890.50'],
  ['bool', true, true],
  ['text', "d'été — 'x' \\ \"", "d'été — 'x' \\ \""],
  ['text', '', ''],
  ['text', 7, '7'],
  ['text', null, null],
  ['text', undefined, null],
  ['uuid', '0190163d-8694-739b-aea5-966c26f8ad91', '0190163d-8694-739b-aea5-966c26f8ad91'],
  ['date', '2026-03-29', '2026-03-29'],
  ['date', new Date('2026-03-29T00:30:00Z'), '2026-03-29'],
  ['timestamp', '2026-03-29 02:30:00', '2026-03-29 02:30:00'],
  ['timestamptz', new Date('2026-03-29T01:30:00.123Z'), new Date('2026-03-29T01:30:00.123Z')],
  ['timestamptz', '2026-03-29T03:30:00+02:00', new Date('2026-03-29T01:30:00Z')],
  ['bytea', Uint8Array.of(0, 1, 255), Uint8Array.of(0, 1, 255)],
  ['bytea', new Uint8Array(), new Uint8Array()],
  ['jsonb', { a: [1, null], b: 'é' }, { a: [1, null], b: 'é' }],
  ['jsonb', JSON.stringify([1, 2]), [1, 2]],
  ['json', { a: 1 }, { a: 1 }],
  ['int8[]', [1, 2n], [1n, 2n]],
  ['text[]', ['a', null, 'NULL', '', 'x,"y"\\{}'], ['a', null, 'NULL', '', 'x,"y"\\{}']],
  ['text[]', [], []],
  [
    'int4[]',
    [
      [1, 2],
      [3, 4],
    ],
    [
      [1, 2],
      [3, 4],
    ],
  ],
  ['bool[]', [true, false], [true, false]],
  ['date[]', ['2026-01-01'], ['2026-01-01']],
  ['timestamptz[]', [new Date('2026-01-01T00:00:00Z')], [new Date('2026-01-01T00:00:00Z')]],
  ['bytea[]', [Uint8Array.of(1, 2), null], [Uint8Array.of(1, 2), null]],
  ['jsonb[]', [{ a: 1 }, { b: '"' }], [{ a: 1 }, { b: '"' }]],
  ['interval', '1 day 02:00:00', '1 day 02:00:00'],
  ['time', '02:30:00', '02:30:00'],
];

describe.each(engines)('values on %s', (engine) => {
  let database: FreshDatabase;
  beforeAll(async () => {
    database = await freshDatabase(engine);
  });
  afterAll(() => database?.drop());

  test.each(values)('%s: %p comes back as %p', async (type, sent, read) => {
    const rows = await database.client.query(`SELECT $1::${type} AS value`, [sent]);
    expect(rows).toStrictEqual([{ value: read }]);
  });

  test('bytes are plain Uint8Array, never Buffer', async () => {
    const [row] = await database.client.query<{ value: Uint8Array }>(`SELECT '\\x0102'::bytea AS value`);
    expect(row?.value.constructor.name).toBe('Uint8Array');
  });

  test('an infinite instant is Infinity', async () => {
    expect(await database.client.query(`SELECT 'infinity'::timestamptz AS value`)).toEqual([{ value: Infinity }]);
  });

  test('sessions are in UTC', async () => {
    const rows = await database.client.query(`SELECT ('2026-07-01T23:30:00Z'::timestamptz)::date AS day`);
    expect(rows).toEqual([{ day: '2026-07-01' }]);
  });

  test('a function cannot be a parameter', async () => {
    await expect(database.client.query('SELECT $1::text', [() => 1])).rejects.toThrow(
      'A function cannot be a SQL parameter.',
    );
  });

  test('one query is one statement', async () => {
    await expect(database.client.query('SELECT 1; SELECT 2')).rejects.toMatchObject({ code: '42601' });
  });

  test('an error carries its SQLSTATE and not the parameters', async () => {
    const error: unknown = await database.client.query('SELECT $1::int', ['Jeanne Martin']).catch((caught) => caught);
    expect(error).toMatchObject({ code: '22P02' });
    expect(Object.keys(error ?? {})).not.toContain('params');
  });
});
