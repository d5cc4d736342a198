import { describe, expect, test } from '@jest/globals';
import { strict } from '../../test/convention-life.js';
import type { Column } from './columns.js';
import { frameworkIn, frameworkOf, frameworks } from './frameworks.js';
import { idf2017Pilot } from './idf-2017-pilot.js';

const isColumn = (value: unknown): value is Column<unknown> =>
  typeof value === 'object' && value !== null && 'certainty' in value;

describe('the table of legal frameworks', () => {
  test('gives the newest version, or the one that is asked for', () => {
    const newer = { ...strict, version: 3 };
    expect(frameworkIn([newer, strict], 'strict')).toBe(newer);
    expect(frameworkIn([newer, strict], 'strict', 2)).toBe(strict);
    expect(frameworkIn([newer, strict], 'strict', 1)).toBeUndefined();
  });
  test('knows the pilot, and says so when it knows nothing', () => {
    expect(frameworkOf('idf-2017-pilot', 1)).toBe(idf2017Pilot);
    expect(frameworkOf('unheard-of')).toBeUndefined();
  });
  test.each(frameworks.map((row) => [`${row.id} ${row.version}`, row] as const))(
    '%s says of every column where it comes from and how sure that is',
    (_name, row) => {
      const { id: _id, version: _version, title: _title, requires, ...columns } = row;
      for (const column of [...Object.values(columns), ...Object.values(requires)]) {
        expect(isColumn(column) && column.source.length > 10).toBe(true);
      }
    },
  );
  test('has one row for each framework and version', () => {
    const keys = frameworks.map(({ id, version }) => `${id} ${version}`);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
