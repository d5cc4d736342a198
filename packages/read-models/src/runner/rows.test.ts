import { describe, expect, test } from '@jest/globals';
import type { Table } from '../projection.js';
import { nameOf, rowOf } from './cells.js';
import { batchRows } from './rows.js';

const table: Table = {
  name: 'things',
  key: ['id'],
  columns: {
    id: 'text',
    count: 'integer',
    big: 'bigint',
    on: 'date',
    at: 'timestamptz',
    more: 'jsonb',
    yes: 'boolean',
  },
  indexes: [['count']],
};

describe('a row', () => {
  test('has one form, whoever made it', () => {
    const row = {
      id: 'a',
      count: 1,
      big: 2n,
      on: '2026-03-02',
      at: '2026-03-02T09:00:00.000Z',
      more: { b: [1] },
      yes: true,
    };
    expect(rowOf(table, { ...row, big: 2, at: new Date('2026-03-02T10:00:00+01:00') })).toEqual(row);
    expect(rowOf(table, { id: 'a' })).toEqual({
      id: 'a',
      count: null,
      big: null,
      on: null,
      at: null,
      more: null,
      yes: null,
    });
  });

  test.each([
    ['an unknown column', { id: 'a', colour: 'Ada' }, 'things has no column colour'],
    ['a missing key', { count: 1 }, 'things.id is part of the key'],
    ['text for a figure', { id: 'a', count: 'Ada' }, 'things.count takes a value of type integer'],
    ['a fraction', { id: 'a', count: 1.5 }, 'things.count takes a value of type integer'],
    ['an instant for a day', { id: 'a', on: '2026-03-02T09:00:00Z' }, 'things.on takes a value of type date'],
    ['no instant', { id: 'a', at: 'Ada' }, 'things.at takes a value of type timestamptz'],
    ['what PostgreSQL cannot hold', { id: 'a', more: ['\0'] }, 'things.more takes a value of type jsonb'],
  ])('refuses %s, without telling the value', (_, given, message) => {
    expect(() => rowOf(table, given)).toThrow(new TypeError(message));
  });

  test('cannot be changed in place, nor what it holds', () => {
    const { more } = rowOf(table, { id: 'a', more: { list: [] } });
    expect(Object.isFrozen(more)).toBe(true);
    expect(() => (more as { list: number[] }).list.push(1)).toThrow(TypeError);
  });
});

describe('the rows of a batch', () => {
  test('that are not in memory are asked for, even when the fold swallows that', () => {
    const event = batchRows([table]).forEvent();
    try {
      event.rows.get('things', 'a');
    } catch {
      // What a careless fold would do.
    }
    expect(event.missing()).toEqual([{ table, row: nameOf(['a']) }]);
  });

  test('are changed only by events that went through', () => {
    const rows = batchRows([table]);
    rows.learnRows(table, [nameOf(['a'])], []);
    const failed = rows.forEvent();
    failed.rows.put('things', { id: 'a', count: 1 });
    expect(failed.rows.get('things', 'a')).toMatchObject({ count: 1 });
    expect(rows.forEvent().rows.get('things', 'a')).toBeUndefined();
    expect(rows.changes(table).size).toBe(0);
  });

  test('found by searching show what the batch has changed, in the order of their keys', () => {
    const rows = batchRows([table]);
    rows.learnWhere(
      table,
      'count',
      [1],
      ['c', 'b', 'a'].map((id) => rowOf(table, { id, count: 1 })),
    );
    const first = rows.forEvent();
    first.rows.delete('things', 'b');
    first.rows.put('things', { id: 'c', count: 2 });
    first.rows.put('things', { id: '0', count: 1 });
    first.keep();
    expect(
      rows
        .forEvent()
        .rows.where('things', 'count', 1)
        .map(({ id }) => id),
    ).toEqual(['0', 'a']);
  });

  test('are not overwritten by what the database still has', () => {
    const rows = batchRows([table]);
    const event = rows.forEvent();
    event.rows.put('things', { id: 'a', count: 2 });
    event.keep();
    rows.learnWhere(table, 'count', [1], [rowOf(table, { id: 'a', count: 1 })]);
    expect(rows.forEvent().rows.where('things', 'count', 1)).toEqual([]);
  });

  test('can be searched only by what is indexed', () => {
    expect(() => batchRows([table]).forEvent().rows.where('things', 'on', '2026-03-02')).toThrow('no index');
  });
});
