import { describe, expect, test } from '@jest/globals';
import { easterSunday, holidayOn, holidayRows, holidaysOf } from './holidays.js';
import { LocalDate } from './types.js';

const day = (date: string): LocalDate => LocalDate.parse(date);

describe('public holidays', () => {
  test.each([
    [1961, '1961-04-02'],
    [2000, '2000-04-23'],
    [2008, '2008-03-23'],
    [2024, '2024-03-31'],
    [2025, '2025-04-20'],
    [2026, '2026-04-05'],
    [2027, '2027-03-28'],
    [2038, '2038-04-25'],
  ])('Easter of %d is %s', (year, date) => expect(easterSunday(year)).toBe(date));

  test('Easter is a Sunday between 22 March and 25 April', () => {
    for (let year = 1900; year < 2300; year += 1) {
      const easter = easterSunday(year);
      expect(new Date(`${easter}T00:00:00Z`).getUTCDay()).toBe(0);
      expect(easter.slice(5) >= '03-22' && easter.slice(5) <= '04-25').toBe(true);
    }
  });

  test('metropolitan France keeps eleven', () => {
    expect([...holidaysOf('fr', 2026).keys()]).toEqual([
      '2026-01-01',
      '2026-04-06',
      '2026-05-01',
      '2026-05-08',
      '2026-05-14',
      '2026-05-25',
      '2026-07-14',
      '2026-08-15',
      '2026-11-01',
      '2026-11-11',
      '2026-12-25',
    ]);
  });

  test('Alsace-Moselle adds Good Friday and 26 December', () => {
    expect(holidayOn(day('2026-04-03'), 'fr-alsace-moselle')).toBe('vendredi saint');
    expect(holidayOn(day('2026-12-26'), 'fr-alsace-moselle')).toBe('second jour de Noël');
    expect(holidayOn(day('2026-12-26'), 'fr')).toBeUndefined();
  });

  test.each([
    ['fr-976', '2026-04-27'],
    ['fr-972', '2026-05-22'],
    ['fr-972', '2026-07-21'],
    ['fr-971', '2026-05-27'],
    ['fr-971', '2026-07-21'],
    ['fr-978', '2026-05-28'],
    ['fr-978', '2017-05-27'],
    ['fr-973', '2026-06-10'],
    ['fr-977', '2026-10-09'],
    ['fr-974', '2026-12-20'],
    ['fr-986', '2026-07-29'],
    ['fr-987', '2024-06-29'],
    ['fr-987', '2025-11-20'],
    ['fr-988', '2026-09-24'],
  ] as const)('%s keeps %s, metropolitan France does not', (calendar, date) => {
    expect(holidayOn(day(date), calendar)).toBeDefined();
    expect(holidayOn(day(date), 'fr')).toBeUndefined();
  });

  test('two holidays on one day are one day', () => {
    expect(holidayOn(day('2008-05-01'), 'fr')).toBe('fête du travail, Ascension');
    expect(holidaysOf('fr', 2008).size).toBe(10);
  });

  test('every row says where it comes from', () => {
    for (const { source, certainty } of holidayRows) {
      expect(source).not.toBe('');
      expect(['confirmed', 'unconfirmed']).toContain(certainty);
    }
  });
});
