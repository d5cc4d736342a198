import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isoDay } from './calendar.js';
import { MAX_DATES, Rhythm, rhythmDates, rhythms, rhythmWindow } from './rhythm.js';
import { datesBeyondRhythm } from './rhythm-excess.js';
import { LocalDate } from './types.js';

const day = (date: string): LocalDate => LocalDate.parse(date);
const dates = (rhythm: unknown, from: string, to: string) => rhythmDates(Rhythm.parse(rhythm), day(from), day(to));
const problem = (rhythm: unknown) => Rhythm.safeParse(rhythm).error?.issues[0]?.message;

describe('dates of a rhythm', () => {
  test('half a day a week keeps the weekday of the first day', () => {
    expect(dates(rhythms.halfDayAWeek, '2026-03-03', '2026-03-24')).toEqual([
      '2026-03-03',
      '2026-03-10',
      '2026-03-17',
      '2026-03-24',
    ]);
  });

  test('a day a month keeps its place in the month', () => {
    expect(dates(rhythms.dayAMonth, '2026-01-15', '2026-04-30')).toEqual([
      '2026-01-15',
      '2026-02-19',
      '2026-03-19',
      '2026-04-16',
    ]);
  });

  test('a fifth weekday stands for the last of each month', () => {
    expect(dates(rhythms.dayAMonth, '2026-01-30', '2026-03-31')).toEqual(['2026-01-30', '2026-02-27', '2026-03-27']);
  });

  test('a day a fortnight leaves a week out', () => {
    expect(dates(rhythms.dayAFortnight, '2026-12-22', '2027-01-31')).toEqual([
      '2026-12-22',
      '2027-01-05',
      '2027-01-19',
    ]);
  });

  test('twice a month is two weeks apart', () => {
    expect(dates(rhythms.twiceAMonth, '2026-03-05', '2026-04-30')).toEqual([
      '2026-03-05',
      '2026-03-19',
      '2026-04-02',
      '2026-04-16',
    ]);
  });

  test('twice a week falls on two working days', () => {
    expect(dates(rhythms.twiceAWeekForTwoHours, '2026-03-02', '2026-03-15')).toEqual([
      '2026-03-02',
      '2026-03-04',
      '2026-03-09',
      '2026-03-11',
    ]);
  });

  test('a recurrence rule is expanded by its own terms', () => {
    expect(dates({ rrule: 'FREQ=MONTHLY;BYDAY=2TU,-1FR' }, '2026-03-01', '2026-04-30')).toEqual([
      '2026-03-10',
      '2026-03-27',
      '2026-04-14',
      '2026-04-24',
    ]);
    expect(dates({ rrule: 'RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=2' }, '2028-02-22', '2028-12-31')).toEqual([
      '2028-02-22',
      '2028-03-07',
    ]);
    expect(dates({ rrule: 'FREQ=DAILY;UNTIL=20260303T235959Z' }, '2026-03-01', '2026-12-31')).toHaveLength(3);
    expect(dates({ rrule: 'FREQ=YEARLY' }, '2024-02-29', '2033-01-01')).toEqual([
      '2024-02-29',
      '2028-02-29',
      '2032-02-29',
    ]);
  });

  test('an expansion is bounded, and one that never matches comes to an end', () => {
    expect(dates({ rrule: 'FREQ=DAILY' }, '2020-01-01', '2040-01-01')).toHaveLength(MAX_DATES);
    expect(dates({ count: 7, per: 'week' }, '2020-01-01', '2040-01-01')).toHaveLength(MAX_DATES);
    expect(dates({ rrule: 'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30' }, '2026-01-01', '2026-12-31')).toEqual([]);
  });

  test('a rule that cannot be understood says why', () => {
    expect(problem({ rrule: 'hello there' })).toContain('not a recurrence rule (RFC 5545)');
    expect(problem({ rrule: 'BYDAY=TU' })).toContain('FREQ is missing');
    expect(problem({ rrule: 'FREQ=HOURLY' })).toContain('FREQ=HOURLY is not a valid FREQ');
    expect(problem({ rrule: 'FREQ=WEEKLY;BYHOUR=9' })).toContain('BYHOUR is not understood');
    expect(problem({ rrule: 'FREQ=WEEKLY;BYDAY=2TU' })).toContain('needs FREQ=MONTHLY or YEARLY');
    expect(problem({ rrule: 'FREQ=WEEKLY;INTERVAL=0' })).toContain('INTERVAL=0');
    expect(problem({ rrule: 'FREQ=DAILY;COUNT=3;UNTIL=20260101' })).toContain('exclude each other');
    expect(problem({ rrule: 'FREQ=DAILY\nDTSTART:20260101' })).toContain('is not a valid FREQ');
    expect(problem({ count: 8, per: 'week' })).toContain('one session a day');
  });

  test('every counted rhythm yields its count in each full window, in order, in the bounds', () => {
    const rhythm = fc
      .constantFrom(['week', 5] as const, ['fortnight', 10] as const, ['month', 20] as const)
      .chain(([per, most]) => fc.integer({ min: 1, max: most }).map((count) => ({ count, per })));
    const start = fc
      .integer({ min: 0, max: 4000 })
      .map((n) => new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10));
    fc.assert(
      fc.property(rhythm, start, (given, from) => {
        const to = day(`${Number(from.slice(0, 4)) + 1}-12-31`);
        const found = rhythmDates(Rhythm.parse(given), day(from), to);
        expect([...new Set(found)].sort()).toEqual(found);
        expect(found.every((date) => from <= date && date <= to)).toBe(true);
        const perWindow = new Map<string, number>();
        for (const date of found) {
          const window = rhythmWindow(given.per, date, day(from));
          if (window.from >= from && window.to <= to) perWindow.set(window.from, (perWindow.get(window.from) ?? 0) + 1);
        }
        expect([...perWindow.values()].every((count) => count === given.count)).toBe(true);
        if (given.count <= 4 && isoDay(day(from)) <= 5) expect(found[0]).toBe(from);
        if (isoDay(day(from)) <= 5) expect(found.every((date) => isoDay(date) <= 5)).toBe(true);
      }),
    );
  });
});

describe('what goes beyond a rhythm', () => {
  const at = (date: string, minutes = 210) => ({ date: day(date), minutes });

  test('one session more in a window', () => {
    expect(datesBeyondRhythm(rhythms.halfDayAWeek, [at('2026-03-05')], [at('2026-03-03')], day('2026-03-02'))).toEqual([
      '2026-03-05',
    ]);
    expect(datesBeyondRhythm(rhythms.halfDayAWeek, [at('2026-03-09')], [at('2026-03-03')], day('2026-03-02'))).toEqual(
      [],
    );
  });

  test('a fortnight is counted from the anchor', () => {
    const [first, second] = [at('2026-03-10'), at('2026-03-17')];
    expect(datesBeyondRhythm(rhythms.dayAFortnight, [second], [first], day('2026-03-02'))).toEqual([]);
    expect(datesBeyondRhythm(rhythms.dayAFortnight, [second], [first], day('2026-03-09'))).toEqual(['2026-03-17']);
  });

  test('a session that is too long', () => {
    expect(datesBeyondRhythm(rhythms.halfDayAWeek, [at('2026-03-05', 240)], [], day('2026-03-02'))).toEqual([
      '2026-03-05',
    ]);
  });

  test('a date that a recurrence rule does not have', () => {
    const rule = { rrule: 'FREQ=WEEKLY;BYDAY=TU' };
    expect(datesBeyondRhythm(rule, [at('2026-03-03'), at('2026-03-04')], [], day('2026-03-02'))).toEqual([
      '2026-03-04',
    ]);
  });
});
