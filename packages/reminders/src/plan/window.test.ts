import { describe, expect, test } from '@jest/globals';
import { type HolidayCalendar, Instant, LocalDate, LocalTime, localDateOf, localTimeOf, Zone } from '@probono/domain';
import fc from 'fast-check';
import { atOnce, beforeSession, onDayFrom } from './due.js';
import { clockInstant, isOpen, isSendingDay, openFrom, openUpTo, type SendingWindow } from './window.js';

const at = (text: string): Instant => Instant.parse(text);
const time = (text: string): LocalTime => LocalTime.parse(text);
const hours = { from: time('08:00'), to: time('19:00') };
const site = (zone: string, calendar: HolidayCalendar): SendingWindow => ({ zone: Zone.parse(zone), calendar, hours });

const paris = site('Europe/Paris', 'fr');
const strasbourg = site('Europe/Paris', 'fr-alsace-moselle');
const reunion = site('Indian/Reunion', 'fr-974');

const quiet = (window: SendingWindow, from: string, to: string, zone: string = window.zone): SendingWindow => ({
  ...window,
  quiet: { from: time(from), to: time(to), zone: Zone.parse(zone) },
});

/** A session by the clocks of its site. */
const session = (date: string, start: string, { zone }: SendingWindow) => ({
  date: LocalDate.parse(date),
  startsAt: clockInstant(LocalDate.parse(date), time(start), zone),
});
const nine = time('09:00');

describe('sending hours', () => {
  test.each([
    ['2026-03-04T07:00:00Z', true],
    ['2026-03-04T06:59:59Z', false],
    ['2026-03-04T18:00:00Z', true],
    ['2026-03-04T18:00:01Z', false],
  ])('are 08:00 to 19:00 of the site: %s is open: %s', (instant, open) => {
    expect(isOpen(at(instant), paris)).toBe(open);
  });

  test('follow the clocks when they change', () => {
    expect(openFrom(at('2026-03-30T05:00:00Z'), paris)).toBe(at('2026-03-30T06:00:00Z'));
    expect(openFrom(at('2026-10-26T05:00:00Z'), paris)).toBe(at('2026-10-26T07:00:00Z'));
  });

  test('are those of the site, wherever the server is', () => {
    expect(openFrom(at('2026-03-04T01:00:00Z'), reunion)).toBe(at('2026-03-04T04:00:00Z'));
    expect(openUpTo(at('2026-03-04T23:00:00Z'), reunion)).toBe(at('2026-03-04T15:00:00Z'));
  });

  test('leave out week-ends', () => {
    expect(openFrom(at('2026-03-07T10:00:00Z'), paris)).toBe(at('2026-03-09T07:00:00Z'));
    expect(openUpTo(at('2026-03-08T10:00:00Z'), paris)).toBe(at('2026-03-06T18:00:00Z'));
  });

  test('leave out holidays of the site and no others', () => {
    expect(isSendingDay(LocalDate.parse('2026-04-03'), strasbourg)).toBe(false);
    expect(isSendingDay(LocalDate.parse('2026-04-03'), paris)).toBe(true);
    expect(isSendingDay(LocalDate.parse('2027-12-20'), reunion)).toBe(false);
    expect(isSendingDay(LocalDate.parse('2027-12-20'), paris)).toBe(true);
  });

  test('reach over Good Friday, Easter and Easter Monday in Strasbourg', () => {
    expect(openFrom(at('2026-04-03T10:00:00Z'), strasbourg)).toBe(at('2026-04-07T06:00:00Z'));
    expect(openUpTo(at('2026-04-06T10:00:00Z'), strasbourg)).toBe(at('2026-04-02T17:00:00Z'));
  });
});

describe("a recipient's quiet hours", () => {
  test('cut the day', () => {
    const window = quiet(paris, '12:00', '14:00');
    expect(openFrom(at('2026-03-04T11:30:00Z'), window)).toBe(at('2026-03-04T13:00:00Z'));
    expect(openUpTo(at('2026-03-04T11:30:00Z'), window)).toBe(at('2026-03-04T11:00:00Z'));
  });
  test('may span midnight', () => {
    const window = quiet(paris, '18:00', '09:30');
    expect(openFrom(at('2026-03-04T17:30:00Z'), window)).toBe(at('2026-03-05T08:30:00Z'));
    expect(openUpTo(at('2026-03-05T07:30:00Z'), window)).toBe(at('2026-03-04T17:00:00Z'));
  });
  test("are by the recipient's clocks", () => {
    // 20:00 to 07:00 in Réunion is 17:00 to 04:00 in Paris, in winter.
    const window = quiet(paris, '20:00', '07:00', 'Indian/Reunion');
    expect(openFrom(at('2026-03-04T16:30:00Z'), window)).toBe(at('2026-03-05T07:00:00Z'));
  });
  test('that leave no time at all are set aside', () => {
    expect(openFrom(at('2026-03-04T03:00:00Z'), quiet(paris, '07:00', '20:00'))).toBe(at('2026-03-04T07:00:00Z'));
  });
});

describe('what precedes a session', () => {
  test('comes on the calendar day before, not 24 hours before', () => {
    expect(beforeSession(session('2026-03-05', '14:00', paris), 'J-1', nine, paris)).toBe(at('2026-03-04T08:00:00Z'));
  });
  test('J-1 of the Monday after the clocks went forward is on Friday, by the old clock', () => {
    expect(beforeSession(session('2026-03-30', '09:00', paris), 'J-1', nine, paris)).toBe(at('2026-03-27T08:00:00Z'));
  });
  test('J-7 over the night the clocks go back keeps its hour', () => {
    expect(beforeSession(session('2026-10-28', '09:00', paris), 'J-7', nine, paris)).toBe(at('2026-10-21T07:00:00Z'));
  });
  test('J-1 on a holiday Monday shifts over the week-end to Friday', () => {
    // Whit Monday, 25 May 2026.
    expect(beforeSession(session('2026-05-26', '14:00', paris), 'J-1', nine, paris)).toBe(at('2026-05-22T07:00:00Z'));
  });
  test('J-1 of the Tuesday after Easter shifts to Maundy Thursday in Strasbourg, to Good Friday in Paris', () => {
    const tuesday = session('2026-04-07', '10:00', paris);
    expect(beforeSession(tuesday, 'J-1', nine, strasbourg)).toBe(at('2026-04-02T07:00:00Z'));
    expect(beforeSession(tuesday, 'J-1', nine, paris)).toBe(at('2026-04-03T07:00:00Z'));
  });
  test('J-1 in Réunion is by its clocks and its holidays', () => {
    expect(beforeSession(session('2027-12-21', '08:00', reunion), 'J-1', nine, reunion)).toBe(
      at('2027-12-17T05:00:00Z'),
    );
  });
  test('H-2 is two hours before', () => {
    expect(beforeSession(session('2026-03-05', '14:00', paris), 'H-2', nine, paris)).toBe(at('2026-03-05T11:00:00Z'));
  });
  test('H-2 of a session at nine shifts to the evening before', () => {
    expect(beforeSession(session('2026-03-05', '09:00', paris), 'H-2', nine, paris)).toBe(at('2026-03-04T18:00:00Z'));
  });
  test('H-2 of a session on Saturday shifts to Friday evening', () => {
    expect(beforeSession(session('2026-03-07', '14:00', paris), 'H-2', nine, paris)).toBe(at('2026-03-06T18:00:00Z'));
  });
  test('shifts earlier for quiet hours', () => {
    const window = quiet(paris, '08:30', '12:00');
    expect(beforeSession(session('2026-03-05', '14:00', paris), 'J-1', nine, window)).toBe(at('2026-03-04T07:30:00Z'));
  });
});

describe('what follows a session', () => {
  test.each([
    ['2026-03-05', '2026-03-05T08:00:00.000Z', 'a working day keeps its hour'],
    ['2026-03-07', '2026-03-09T08:00:00.000Z', 'Saturday shifts to Monday, at the same hour'],
    ['2026-05-23', '2026-05-26T07:00:00.000Z', 'the Saturday before Whit Monday shifts to Tuesday'],
    ['2026-03-28', '2026-03-30T07:00:00.000Z', 'over the change of the clocks'],
  ])('%s → %s: %s', (date, due) => {
    expect(onDayFrom(LocalDate.parse(date), nine, paris)).toBe(due);
  });
  test('waits for the end of quiet hours', () => {
    expect(onDayFrom(LocalDate.parse('2026-03-05'), nine, quiet(paris, '20:00', '10:00'))).toBe(
      at('2026-03-05T09:00:00Z'),
    );
  });
});

describe('what has just happened', () => {
  const evening = at('2026-03-04T20:00:00Z');
  test('is told at once in sending hours', () => {
    const now = at('2026-03-04T10:00:00Z');
    expect(atOnce(now, at('2026-03-10T10:00:00Z'), paris)).toEqual({ dueAt: now, urgent: false });
  });
  test('waits for the morning when the session is later', () => {
    expect(atOnce(evening, at('2026-03-05T13:00:00Z'), paris)).toEqual({
      dueAt: at('2026-03-05T07:00:00Z'),
      urgent: false,
    });
  });
  test('is told at once all the same when the session comes first', () => {
    expect(atOnce(evening, at('2026-03-05T06:30:00Z'), paris)).toEqual({ dueAt: evening, urgent: true });
  });
});

describe('for any instant and window', () => {
  const instant = fc
    .date({ min: new Date('2020-01-01T00:00:00Z'), max: new Date('2040-01-01T00:00:00Z'), noInvalidDate: true })
    .map((date) => at(date.toISOString()));
  const clock = fc
    .integer({ min: 0, max: 1439 })
    .map((n) => time(`${String(Math.floor(n / 60)).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}`));
  const place = fc.constantFrom(
    paris,
    strasbourg,
    reunion,
    site('America/Miquelon', 'fr-975'),
    site('Pacific/Marquesas', 'fr-987'),
    site('Pacific/Noumea', 'fr-988'),
  );
  const window = fc
    .tuple(place, fc.option(fc.tuple(clock, clock, place)))
    .map(
      ([where, hush]): SendingWindow =>
        hush === null ? where : { ...where, quiet: { from: hush[0], to: hush[1], zone: hush[2].zone } },
    );

  test('the next open instant is not before, the last one not after', () => {
    fc.assert(
      fc.property(instant, window, (now, where) => {
        expect(openFrom(now, where) >= now).toBe(true);
        expect(openUpTo(now, where) <= now).toBe(true);
      }),
    );
  });
  test('what is found is open, on a sending day, in sending hours', () => {
    fc.assert(
      fc.property(instant, window, (now, where) => {
        for (const found of [openFrom(now, where), openUpTo(now, where)]) {
          expect(isSendingDay(localDateOf(found, where.zone), where)).toBe(true);
          const clock = localTimeOf(found, where.zone);
          expect(clock >= '08:00' && clock <= '19:00').toBe(true);
          expect(openFrom(found, where)).toBe(found);
        }
      }),
    );
  });
});
