import { describe, expect, test } from '@jest/globals';
import { past } from '@probono/testing';
import { told } from '../../test/told.js';
import * as W from '../../test/working.js';
import { AssignmentEnded } from '../assignment/events.js';
import { AllotmentReleased, ConventionSuspended, HoursAllotted } from '../convention/events.js';
import { EmploymentEnded, ServiceDutySet } from '../person/events.js';
import { HoursCorrected, HoursWithdrawn } from './events.js';

const later = '2026-06-01T09:00:00Z';
const world = W.engagedAgent();

describe('limits', () => {
  test('ten hours a local day, over all missions, with and without a start', () => {
    const two = world.and(...W.engaged({ other: true }));
    const morning = W.declare(two, W.hours(50, '2026-03-03', { start: '08:00', minutes: 300 }), later).next();
    const elsewhere = { assignmentId: W.ids.otherAssignment };
    W.declare(morning, W.hours(51, '2026-03-03', { minutes: 300, ...elsewhere }), later).expectFindings();
    const most = W.declare(morning, W.hours(51, '2026-03-03', { minutes: 301, ...elsewhere }), later);
    most.expectRefusals('hours.daily-limit');
  });

  test('the daily limit counts minutes on the day they fall', () => {
    const night = W.declare(world, W.hours(50, '2026-03-03', { start: '22:00', minutes: 600 }), later).next();
    W.declare(night, W.hours(51, '2026-03-03', { start: '10:00', minutes: 420 }), later).expectFindings();
    W.declare(night, W.hours(51, '2026-03-04', { start: '10:00', minutes: 120 }), later).expectFindings();
    W.declare(night, W.hours(51, '2026-03-04', { start: '10:00', minutes: 121 }), later).expectRefusals(
      'hours.daily-limit',
    );
  });

  test('entries that touch do not overlap; those that share a minute do', () => {
    const morning = W.declare(world, W.hours(50, '2026-03-03', { start: '09:00', minutes: 60 }), later).next();
    W.declare(morning, W.hours(51, '2026-03-03', { start: '10:00', minutes: 60 }), later).expectFindings();
    W.declare(morning, W.hours(51, '2026-03-03', { start: '09:59', minutes: 60 }), later).expectRefusals(
      'hours.overlap',
    );
    W.declare(morning, W.hours(51, '2026-03-03', { start: '08:30', minutes: 31 }), later).expectRefusals(
      'hours.overlap',
    );
    W.declare(morning, W.hours(51, '2026-03-03', { start: '08:00', minutes: 60 }), later).expectFindings();
    const withdrawn = morning.and(past(W.onTime, HoursWithdrawn.parse({ entryId: W.uuid(50) })));
    W.declare(withdrawn, W.hours(51, '2026-03-03', { start: '09:00', minutes: 60 }), later).expectFindings();
  });

  test('hours brought down to nothing overlap with nothing; hours without a start are not compared', () => {
    const nothing = past(W.onTime, HoursCorrected.parse({ entryId: W.uuid(50), deltaMinutes: -60 }));
    const ten = W.declare(world, W.hours(50, '2026-03-03', { start: '10:00', minutes: 60 }), later).next();
    W.declare(ten.and(nothing), W.hours(51, '2026-03-03', { start: '09:00', minutes: 120 }), later).expectFindings();
    const { decision } = W.declare(ten, W.hours(51, '2026-03-03', { minutes: 60 }), later).expectFindings();
    expect(decision.examined.map(({ rule }) => rule)).not.toContain('hours.overlap');
  });

  test('what is too much is told by day, by window and by entry', () => {
    const ten = W.declare(world, W.hours(50, '2026-03-03', { start: '10:00', minutes: 300 }), later).next();
    const day = ten.and(W.declared(52, '2026-03-04', 60), W.declared(53, '2026-03-01', 60));
    const long = W.declare(day, W.hours(51, '2026-03-03', { start: '14:00', minutes: 700 }), later);
    expect(told(long)).toEqual({
      'hours.overlap': { entryIds: [W.uuid(50)] },
      'hours.daily-limit': { dates: ['2026-03-03'], minutes: 900, limit: 600 },
      'hours.quota-exceeded': {
        ...{ assignmentId: W.ids.assignment, quota: '1/2', window: '2026-W10', ceiling: 1050, minutes: 1060 },
      },
    });
  });

  test('a weekly quota counts neither the days beside the week nor another assignment', () => {
    const tenth = W.engagedAgent({ quota: { num: 1, den: 10, window: 'week' } }).and(
      ...[W.declared(50, '2026-03-01'), W.declared(51, '2026-03-09'), W.declared(52, '2026-03-04', 210, true)],
    );
    W.declare(tenth, W.hours(53, '2026-03-04'), later).expectFindings();
    W.declare(tenth.and(W.declared(54, '2026-03-02', 1)), W.hours(53, '2026-03-08'), later).expectRefusals(
      'hours.quota-exceeded',
    );
  });

  test('a yearly quota counts the days of the assignment and of the employment, and the duty of each', () => {
    const quota = { num: 1, den: 365, window: 'year' } as const;
    const setting = { from: '2026-07-01', to: '2028-06-30', quota };
    const at = '2028-01-10T09:00:00Z';
    const ceilingOf = (history: ReturnType<typeof W.given>, workDate = '2027-05-05') =>
      told(W.declare(history, W.hours(50, workDate, { minutes: 600 }), at))['hours.quota-exceeded']?.ceiling;
    const duty = (weeklyMinutes: number, from: string) =>
      past(W.onPerson, ServiceDutySet.parse({ employmentId: W.ids.employment, weeklyMinutes, from }));
    const ended = past(W.onAssignment, AssignmentEnded.parse({ on: '2027-06-30', cause: 'completed' }));
    const left = past(W.onPerson, EmploymentEnded.parse({ employmentId: W.ids.employment, on: '2027-05-31' }));
    const year = W.engagedAgent(setting);
    expect(ceilingOf(year)).toBe(264); // 96,420 / 365 = 264.16
    expect(ceilingOf(year, '2026-09-09')).toBe(133); // 184 days of 365
    expect(ceilingOf(W.engagedAgent({ ...setting, assignedFrom: '2027-04-01' }))).toBe(199); // 275 days
    expect(ceilingOf(W.engagedAgent({ ...setting, assignedTo: '2027-09-30' }))).toBe(197); // 273 days
    expect(ceilingOf(year.and(ended))).toBe(130); // 181 days: 130.99
    expect(ceilingOf(year.and(ended, left))).toBe(109); // 151 days
    expect(ceilingOf(year.and(duty(1050, '2026-10-01'), duty(2100, '2027-01-01')))).toBe(264);
    expect(ceilingOf(year.and(duty(1050, '2028-01-01')))).toBe(264);
    expect(ceilingOf(W.engagedAgent({ ...setting, assignedTo: '2027-09-30' }).and(duty(1050, '2027-11-01')))).toBe(197);
    expect(ceilingOf(year.and(duty(1050, '2027-12-31')))).toBe(263); // half a day less: 263.8
    // As set: the later one first.
    expect(ceilingOf(year.and(duty(2100, '2027-10-01'), duty(1050, '2027-07-01')))).toBe(230); // 92 half days: 230.87
  });

  test('a weekly quota is counted over the ISO week and follows the duty', () => {
    const tenth = W.engagedAgent({ quota: { num: 1, den: 10, window: 'week' } });
    const full = W.declare(tenth, W.hours(50, '2026-03-02', { minutes: 210 }), later).next();
    W.declare(full, W.hours(51, '2026-03-08', { minutes: 1 }), later).expectRefusals('hours.quota-exceeded');
    W.declare(full, W.hours(51, '2026-03-09', { minutes: 210 }), later).expectFindings();
    const half = tenth.and(
      past(
        W.onPerson,
        ServiceDutySet.parse({ employmentId: W.ids.employment, weeklyMinutes: 1050, from: '2026-01-01' }),
      ),
    );
    W.declare(half, W.hours(50, '2026-03-02', { minutes: 106 }), later).expectRefusals('hours.quota-exceeded');
    W.declare(half, W.hours(50, '2026-03-02', { minutes: 105 }), later).expectFindings();
  });

  test('a yearly quota is prorated by the days in force, suspended days left out, and follows the duty', () => {
    const quota = { num: 1, den: 365, window: 'year' } as const;
    const year = W.engagedAgent({ from: '2027-01-01', to: '2027-12-31', quota });
    const at = '2028-01-10T09:00:00Z';
    const ceiling = (from: typeof year, minutes: number) => W.declare(from, W.hours(50, '2027-01-02', { minutes }), at);
    ceiling(year, 264).expectFindings(); // 96,420 / 365 = 264.16
    ceiling(year, 265).expectRefusals('hours.quota-exceeded');
    const days = { from: '2027-07-01', to: '2027-12-31' }; // 184 days; 181 are left
    const suspended = year.and(past(W.onConvention, ConventionSuspended.parse(days)));
    ceiling(suspended, 130).expectFindings(); // 264.16 × 181 / 365 = 130.99
    ceiling(suspended, 131).expectRefusals('hours.quota-exceeded');
    const half = { employmentId: W.ids.employment, weeklyMinutes: 1050, from: '2027-07-01' };
    const halved = year.and(past(W.onPerson, ServiceDutySet.parse(half)));
    ceiling(halved, 197).expectFindings(); // 264.16 × (181 + 184 / 2) / 365 = 197.58
    ceiling(halved, 198).expectRefusals('hours.quota-exceeded');
  });

  test('an allotment is for all of the assignment', () => {
    const pooled = W.engagedAgent({ allottedMinutes: 400 }).and(W.declared(50, '2026-03-03'));
    W.declare(pooled, W.hours(51, '2026-04-03', { minutes: 190 }), later).expectFindings();
    W.declare(pooled, W.hours(51, '2026-04-03', { minutes: 191 }), later).expectRefusals('hours.allotment-exceeded');
  });

  test('what an assignment was given counts where the pool holds nothing in its name', () => {
    const unheld = W.engagedAgent({ allottedMinutes: 200, poolMinutes: 400 });
    W.declare(unheld, W.hours(50, '2026-03-03', { minutes: 200 }), later).expectFindings();
    W.declare(unheld, W.hours(50, '2026-03-03', { minutes: 201 }), later).expectRefusals('hours.allotment-exceeded');
  });

  test('what went back to the pool can be declared late, until somebody else has it', () => {
    const personId = W.ids.agent;
    const share = (assignmentId: string, minutes: number) => ({ assignmentId, personId, minutes });
    const released = W.engagedAgent({ allottedMinutes: 400, poolMinutes: 400 }).and(
      past(W.onConvention, HoursAllotted.parse(share(W.ids.assignment, 400))),
      W.declared(50, '2026-03-03'),
      past(W.onConvention, AllotmentReleased.parse(share(W.ids.assignment, 190))),
    );
    const late = (from: typeof released, minutes: number) =>
      W.declare(from, W.hours(51, '2026-04-03', { minutes }), later);
    late(released, 190).expectFindings();
    late(released, 191).expectRefusals('hours.allotment-exceeded');
    const given = released.and(past(W.onConvention, HoursAllotted.parse(share(W.ids.otherAssignment, 180))));
    late(given, 10).expectFindings();
    late(given, 11).expectRefusals('hours.allotment-exceeded');
  });
});
