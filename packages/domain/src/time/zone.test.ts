import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { addDays } from './calendar.js';
import { Instant, LocalDate, LocalTime, Zone } from './types.js';
import { instantsOf, localDateOf, localTimeOf, minutesByLocalDay, plusMinutes, resolveLocalTime } from './zone.js';

const paris = Zone.parse('Europe/Paris');
const reunion = Zone.parse('Indian/Reunion');
const miquelon = Zone.parse('America/Miquelon');
const marquesas = Zone.parse('Pacific/Marquesas');
const date = (text: string) => LocalDate.parse(text);
const time = (text: string) => LocalTime.parse(text);
const instant = (text: string) => Instant.parse(text);
const at = (day: string, hour: string, zone: Zone, fold?: 'first' | 'second') =>
  resolveLocalTime(date(day), time(hour), zone, fold);

/** Every zone of the Republic, and some whose clocks do rarer things. */
const zones = [
  'Europe/Paris',
  'America/Martinique',
  'America/Guadeloupe',
  'America/Cayenne',
  'America/Miquelon',
  'Indian/Reunion',
  'Indian/Mayotte',
  'Indian/Kerguelen',
  'Pacific/Noumea',
  'Pacific/Wallis',
  'Pacific/Tahiti',
  'Pacific/Marquesas',
  'Pacific/Gambier',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'Asia/Kathmandu',
].map((zone) => Zone.parse(zone));

describe('a local time in Paris', () => {
  test.each([
    ['2026-07-01', '09:00', '2026-07-01T07:00:00.000Z'],
    ['2026-12-01', '09:00', '2026-12-01T08:00:00.000Z'],
    ['2027-03-28', '01:59', '2027-03-28T00:59:00.000Z'],
    ['2027-03-28', '03:00', '2027-03-28T01:00:00.000Z'],
    ['2026-10-25', '01:59', '2026-10-24T23:59:00.000Z'],
    ['2026-10-25', '03:00', '2026-10-25T02:00:00.000Z'],
  ])('%s %s is %s', (day, hour, expected) => {
    expect(at(day, hour, paris)).toEqual({ instant: expected });
  });

  test.each(['02:00', '02:30', '02:59'])('%s does not exist on 28 March 2027', (hour) => {
    expect(at('2027-03-28', hour, paris)).toEqual({ problem: 'nonexistent' });
    expect(at('2027-03-28', hour, paris, 'second')).toEqual({ problem: 'nonexistent' });
  });

  test.each(['02:00', '02:30', '02:59'])('%s exists twice on 25 October 2026', (hour) => {
    expect(at('2026-10-25', hour, paris)).toEqual({ problem: 'ambiguous' });
    expect(instantsOf(date('2026-10-25'), time(hour), paris)).toHaveLength(2);
  });

  test('takes the fold that is named', () => {
    expect(at('2026-10-25', '02:30', paris, 'first')).toEqual({ instant: '2026-10-25T00:30:00.000Z' });
    expect(at('2026-10-25', '02:30', paris, 'second')).toEqual({ instant: '2026-10-25T01:30:00.000Z' });
  });

  test('does not mind a fold that is named without need', () => {
    expect(at('2026-10-26', '02:30', paris, 'second')).toEqual({ instant: '2026-10-26T01:30:00.000Z' });
  });
});

describe('a local time overseas', () => {
  test('has no daylight saving in Réunion', () => {
    expect(at('2026-10-25', '02:30', reunion)).toEqual({ instant: '2026-10-24T22:30:00.000Z' });
    expect(at('2027-03-28', '02:30', reunion)).toEqual({ instant: '2027-03-27T22:30:00.000Z' });
  });

  test('has its own daylight saving in Miquelon', () => {
    // The second Sunday of March and the first of November, not the days of Paris.
    expect(at('2026-03-08', '02:30', miquelon)).toEqual({ problem: 'nonexistent' });
    expect(at('2026-11-01', '01:30', miquelon)).toEqual({ problem: 'ambiguous' });
    expect(at('2026-10-25', '02:30', miquelon)).toEqual({ instant: '2026-10-25T04:30:00.000Z' });
    expect(at('2026-12-01', '12:00', miquelon)).toEqual({ instant: '2026-12-01T15:00:00.000Z' });
  });

  test('is nine hours and a half behind in the Marquesas', () => {
    expect(at('2026-06-01', '14:30', marquesas)).toEqual({ instant: '2026-06-02T00:00:00.000Z' });
    expect(localDateOf(instant('2026-06-02T09:29:00Z'), marquesas)).toBe('2026-06-01');
    expect(localDateOf(instant('2026-06-02T09:30:00Z'), marquesas)).toBe('2026-06-02');
    expect(localTimeOf(instant('2026-06-02T09:29:00Z'), marquesas)).toBe('23:59');
  });
});

describe('the local date of an instant', () => {
  test('at 2026-03-31T21:00Z is 1 April in Réunion and still 31 March in Paris', () => {
    expect(localDateOf(instant('2026-03-31T21:00:00Z'), reunion)).toBe('2026-04-01');
    expect(localDateOf(instant('2026-03-31T21:00:00Z'), paris)).toBe('2026-03-31');
  });

  test('turns at midnight of the zone, and its time with it', () => {
    expect(localDateOf(instant('2026-03-31T22:00:00Z'), paris)).toBe('2026-04-01');
    expect(localTimeOf(instant('2026-03-31T22:00:00Z'), paris)).toBe('00:00');
  });
});

describe('minutes by local day', () => {
  const startOf = (day: string, hour: string, zone: Zone, fold?: 'first' | 'second') => {
    const resolved = at(day, hour, zone, fold);
    if (!('instant' in resolved)) throw new Error(`${day} ${hour} is ${resolved.problem}`);
    return resolved.instant;
  };

  test('within a day are that day', () => {
    expect(minutesByLocalDay(startOf('2026-03-02', '09:00', paris), 210, paris)).toEqual([
      { date: '2026-03-02', minutes: 210 },
    ]);
  });

  test('that end at midnight do not touch the next day', () => {
    expect(minutesByLocalDay(startOf('2026-03-02', '22:00', paris), 120, paris)).toEqual([
      { date: '2026-03-02', minutes: 120 },
    ]);
  });

  test('over new year are split at midnight', () => {
    expect(minutesByLocalDay(startOf('2026-12-31', '22:00', paris), 300, paris)).toEqual([
      { date: '2026-12-31', minutes: 120 },
      { date: '2027-01-01', minutes: 180 },
    ]);
  });

  test('over the night on which clocks go forward end an hour later by the clock', () => {
    const start = startOf('2027-03-27', '23:00', paris);
    expect(localTimeOf(plusMinutes(start, 300), paris)).toBe('05:00');
    expect(localDateOf(plusMinutes(start, 300), paris)).toBe('2027-03-28');
    expect(minutesByLocalDay(start, 300, paris)).toEqual([
      { date: '2027-03-27', minutes: 60 },
      { date: '2027-03-28', minutes: 240 },
    ]);
  });

  test('over the night on which clocks go back end an hour earlier by the clock', () => {
    const start = startOf('2026-10-24', '23:00', paris);
    expect(localTimeOf(plusMinutes(start, 300), paris)).toBe('03:00');
  });

  test('count 23 and 25 hours on the days that have them', () => {
    expect(minutesByLocalDay(startOf('2027-03-28', '00:00', paris), 24 * 60, paris)).toEqual([
      { date: '2027-03-28', minutes: 23 * 60 },
      { date: '2027-03-29', minutes: 60 },
    ]);
    expect(minutesByLocalDay(startOf('2026-10-25', '00:00', paris), 26 * 60, paris)).toEqual([
      { date: '2026-10-25', minutes: 25 * 60 },
      { date: '2026-10-26', minutes: 60 },
    ]);
  });

  test('fall on the days of the site, not of Paris', () => {
    const start = startOf('2026-06-01', '23:00', marquesas);
    expect(minutesByLocalDay(start, 120, marquesas)).toEqual([
      { date: '2026-06-01', minutes: 60 },
      { date: '2026-06-02', minutes: 60 },
    ]);
  });

  test('are those of a day that begins at one, where clocks go forward at midnight', () => {
    const cairo = Zone.parse('Africa/Cairo');
    expect(at('2026-04-24', '00:30', cairo)).toEqual({ problem: 'nonexistent' });
    expect(minutesByLocalDay(startOf('2026-04-23', '23:00', cairo), 120, cairo)).toEqual([
      { date: '2026-04-23', minutes: 60 },
      { date: '2026-04-24', minutes: 60 },
    ]);
  });

  test('step over a day that a zone never had', () => {
    const apia = Zone.parse('Pacific/Apia');
    expect(minutesByLocalDay(startOf('2011-12-29', '22:00', apia), 240, apia)).toEqual([
      { date: '2011-12-29', minutes: 120 },
      { date: '2011-12-31', minutes: 120 },
    ]);
  });

  test('are none when there are none', () => {
    expect(minutesByLocalDay(startOf('2026-03-02', '09:00', paris), 0, paris)).toEqual([]);
  });

  test('follow on each other and add up, in every zone and at every time', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 5 * 366 * 24 * 60 }),
        fc.integer({ min: 1, max: 4 * 24 * 60 }),
        (zone, offset, minutes) => {
          const start = plusMinutes(instant('2024-01-01T00:00:00Z'), offset);
          const days = minutesByLocalDay(start, minutes, zone);
          expect(days.reduce((sum, day) => sum + day.minutes, 0)).toBe(minutes);
          expect(days[0]?.date).toBe(localDateOf(start, zone));
          expect(days.at(-1)?.date).toBe(localDateOf(plusMinutes(start, minutes - 1), zone));
          for (const [i, day] of days.entries()) {
            expect(day.minutes).toBeGreaterThan(0);
            if (i > 0) expect(day.date).toBe(addDays(days[i - 1]?.date ?? day.date, 1));
          }
        },
      ),
    );
  });
});

describe('instants and wall clocks', () => {
  test('are each the way back from the other, in every zone and at every time', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 12 * 366 * 24 * 60 }), (zone, offset) => {
        const moment = plusMinutes(instant('2022-01-01T00:00:00Z'), offset);
        expect(instantsOf(localDateOf(moment, zone), localTimeOf(moment, zone), zone)).toContain(moment);
      }),
      { numRuns: 500 },
    );
  });

  test('give exactly the instants at which the clocks show that time', () => {
    // Looked for minute by minute, over the two nights on which clocks change and the days around them.
    for (const [zone, day] of [
      [paris, '2026-10-25'],
      [paris, '2027-03-28'],
      [miquelon, '2026-03-08'],
      [miquelon, '2026-11-01'],
      [Zone.parse('Australia/Lord_Howe'), '2026-04-05'],
      [Zone.parse('America/St_Johns'), '2026-11-01'],
    ] as const) {
      const shown = new Map<string, Instant[]>();
      for (let minute = -24 * 60; minute < 48 * 60; minute += 1) {
        const moment = plusMinutes(instant(`${day}T00:00:00Z`), minute);
        if (localDateOf(moment, zone) !== day) continue;
        const clock = localTimeOf(moment, zone);
        shown.set(clock, [...(shown.get(clock) ?? []), moment]);
      }
      for (let minute = 0; minute < 24 * 60; minute += 1) {
        const hour = String(Math.floor(minute / 60)).padStart(2, '0');
        const clock = time(`${hour}:${String(minute % 60).padStart(2, '0')}`);
        expect(instantsOf(date(day), clock, zone)).toEqual(shown.get(clock) ?? []);
      }
    }
  });
});
