import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { engines, type FreshDatabase, freshDatabase } from '../../../test/support/databases.js';

describe.each(engines)('%s', (e) => {
  let d: FreshDatabase;
  beforeAll(async () => {
    d = await freshDatabase(e);
  });
  afterAll(() => d?.drop());
  test('x', async () => {
    expect(await d.client.query('select 1::int8 as a')).toEqual([{ a: 1n }]);
  });
});
