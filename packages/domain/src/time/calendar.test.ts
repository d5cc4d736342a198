import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import {
  addDays,
  addMonths,
  daysInclusive,
  isoDay,
  isoWeekOf,
  lastDayOfMonths,
  monthOf,
  within,
  yearOf,
} from './calendar.js';
import { LocalDate } from './types.js';

const date = (text: string) => LocalDate.parse(text);
const anyDate = fc.integer({ min: 0, max: 200 * 365 }).map((n) => addDays(date('1900-01-01'), n));

describe('adding days', () => {
  test.each([
    ['2027-03-27', 1, '2027-03-28'],
    ['2027-03-28', 1, '2027-03-29'],
    ['2026-10-25', 1, '2026-10-26'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2027-01-01', -1, '2026-12-31'],
    ['9999-12-31', 1, '9999-12-31'],
    ['0000-01-01', -1, '0000-01-01'],
  ])('to %s: %i gives %s', (from, n, expected) => {
    expect(addDays(date(from), n)).toBe(expected);
  });
});

describe('adding months', () => {
  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-08-31', 6, '2027-02-28'],
    ['2026-10-31', 1, '2026-11-30'],
    ['2026-11-21', 18, '2028-05-21'],
    ['2028-02-29', 12, '2029-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
    ['9999-12-01', 36, '9999-12-31'],
  ])('to %s: %i gives %s', (from, n, expected) => {
    expect(addMonths(date(from), n)).toBe(expected);
  });

  test.each([
    ['2026-11-21', 18, '2028-05-20'],
    ['2026-01-01', 6, '2026-06-30'],
    ['2026-01-01', 36, '2028-12-31'],
    ['2026-08-31', 6, '2027-02-27'],
  ])('the last day of a period from %s of %i months is %s', (from, n, expected) => {
    expect(lastDayOfMonths(date(from), n)).toBe(expected);
  });
});

describe('counting days', () => {
  test.each([
    ['2026-01-01', '2026-01-01', 1],
    ['2026-01-01', '2026-12-31', 365],
    ['2028-01-01', '2028-12-31', 366],
    ['2027-03-27', '2027-03-29', 3],
    ['2026-10-24', '2026-10-26', 3],
    ['2026-01-02', '2026-01-01', 0],
  ])('from %s to %s, both counted: %i', (from, to, expected) => {
    expect(daysInclusive(date(from), date(to))).toBe(expected);
  });

  test('is the way back from adding them', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 0, max: 5000 }), (from, n) => {
        expect(daysInclusive(from, addDays(from, n))).toBe(n + 1);
      }),
    );
  });
});

describe('weeks (ISO 8601)', () => {
  test.each([
    ['2026-12-28', '2026-W53'],
    ['2026-12-31', '2026-W53'],
    ['2027-01-01', '2026-W53'],
    ['2027-01-03', '2026-W53'],
    ['2027-01-04', '2027-W01'],
    ['2024-12-30', '2025-W01'],
    ['2025-12-29', '2026-W01'],
    ['2026-01-01', '2026-W01'],
    ['2026-03-08', '2026-W10'],
  ])('%s is in %s', (day, week) => {
    expect(isoWeekOf(date(day))).toBe(week);
  });

  test.each([
    ['2026-03-02', 1],
    ['2026-03-07', 6],
    ['2026-03-08', 7],
  ])('%s is day %i', (day, expected) => {
    expect(isoDay(date(day))).toBe(expected);
  });

  test('begin on Monday and last seven days', () => {
    fc.assert(
      fc.property(anyDate, (day) => {
        const monday = addDays(day, 1 - isoDay(day));
        expect(isoWeekOf(monday)).toBe(isoWeekOf(addDays(monday, 6)));
        expect(isoWeekOf(monday)).not.toBe(isoWeekOf(addDays(monday, 7)));
        expect(isoWeekOf(day)).toBe(isoWeekOf(monday));
      }),
    );
  });
});

test('a date has its month and its year', () => {
  expect(monthOf(date('2026-12-31'))).toBe('2026-12');
  expect(yearOf(date('2026-12-31'))).toBe(2026);
});

describe('within a period', () => {
  test('both ends are days in it', () => {
    expect(within(date('2026-01-01'), date('2026-01-01'), date('2026-01-31'))).toBe(true);
    expect(within(date('2026-01-31'), date('2026-01-01'), date('2026-01-31'))).toBe(true);
    expect(within(date('2025-12-31'), date('2026-01-01'), date('2026-01-31'))).toBe(false);
    expect(within(date('2026-02-01'), date('2026-01-01'), date('2026-01-31'))).toBe(false);
  });

  test('an open end has no bound', () => {
    expect(within(date('2999-01-01'), date('2026-01-01'))).toBe(true);
  });
});

test('months added are never later than the same day of that month, and never in another', () => {
  fc.assert(
    fc.property(anyDate, fc.integer({ min: -60, max: 60 }), (from, n) => {
      const to = addMonths(from, n);
      const months = (day: LocalDate) => yearOf(day) * 12 + Number(day.slice(5, 7));
      expect(months(to) - months(from)).toBe(n);
      expect(to.slice(8) <= from.slice(8)).toBe(true);
    }),
  );
});
