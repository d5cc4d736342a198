import { describe, expect, test } from '@jest/globals';
import * as C from '../../test/convention-life.js';
import type { Column } from './columns.js';
import { frameworkFor, frameworkIn, frameworkOf, frameworks } from './frameworks.js';
import { idf2017Pilot } from './idf-2017-pilot.js';

const isColumn = (value: unknown): value is Column<unknown> =>
  typeof value === 'object' && value !== null && 'certainty' in value;

describe('the table of legal frameworks', () => {
  test('gives the newest version, or the one that is asked for', () => {
    const newer = { ...C.strict, version: 3 };
    expect(frameworkIn([newer, C.strict], 'strict')).toBe(newer);
    expect(frameworkIn([newer, C.strict], 'strict', 2)).toBe(C.strict);
    expect(frameworkIn([newer, C.strict], 'strict', 1)).toBeUndefined();
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
  test('holds the five frameworks', () => {
    expect(frameworks.map(({ id }) => id)).toEqual([
      'idf-2017-pilot',
      '3ds-209',
      'mad-general',
      'conge-citoyennete',
      'benevolat-libre',
    ]);
  });
  test('finds what a leave or a volunteer is under by the kind of time and the day', () => {
    const on = (time: 'unpaid_leave' | 'own_time', day: string) => frameworkFor(frameworks, time, C.day(day))?.id;
    expect(on('own_time', '2026-03-02')).toBe('benevolat-libre');
    expect(on('unpaid_leave', '2026-03-02')).toBe('conge-citoyennete');
    expect(on('unpaid_leave', '2016-12-31')).toBeUndefined();
  });
  test('has one row for each framework and version', () => {
    const keys = frameworks.map(({ id, version }) => `${id} ${version}`);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
