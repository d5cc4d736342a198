import { describe, expect, test } from '@jest/globals';
import { past } from '@probono/testing';
import * as W from '../../test/working.js';
import { digestOf } from '../kernel/digest.js';
import { EmploymentId, PersonId } from '../kernel/identifiers.js';
import { Month } from '../time/types.js';
import { AdjustmentRecorded, HoursWithdrawn, PeriodClosed } from './events.js';
import { digestOfMonth, earlierOpenMonths, totalsOfMonth, unsettledInMonth } from './months.js';
import type { AgentTimeState } from './state.js';

const personId = PersonId.parse(W.ids.agent);
const employmentId = EmploymentId.parse(W.ids.employment);
const { assignment, otherAssignment } = W.ids;
const [january, march, april] = ['2026-01', '2026-03', '2026-04'].map((month) => Month.parse(month)) as [
  Month,
  Month,
  Month,
];
const timeOf = (history: typeof world) => history.state(W.onTime) as AgentTimeState; // that stream's aggregate
const world = W.engagedAgent();
const withdrawn = (n: number) => past(W.onTime, HoursWithdrawn.parse({ entryId: W.uuid(n) }));
const adjusted = (n: number, deltaMinutes: number, countsIn: string) =>
  past(W.onTime, AdjustmentRecorded.parse({ entryId: W.uuid(n), deltaMinutes, countsIn }));
const elsewhere = (n: number, workDate: string) => W.validated(n, workDate, 210, true);

describe('a month', () => {
  test('is totalled by assignment, in the order of their ids', () => {
    const time = timeOf(world.and(...elsewhere(51, '2026-03-04'), ...W.validated(50, '2026-03-03')));
    expect(totalsOfMonth(time, employmentId, march)).toEqual([
      { assignmentId: assignment, entries: 1, minutes: 210 },
      { assignmentId: otherAssignment, entries: 1, minutes: 210 },
    ]);
    const reversed = timeOf(world.and(...W.validated(50, '2026-03-03'), ...elsewhere(51, '2026-03-04')));
    expect(totalsOfMonth(reversed, employmentId, march)).toEqual(totalsOfMonth(time, employmentId, march));
  });
  test('keeps the totals it was closed with', () => {
    const totals = [{ assignmentId: assignment, entries: 7, minutes: 70 }];
    const closed = PeriodClosed.parse({ employmentId, month: march, totals, digest: '0'.repeat(64) });
    const time = timeOf(world.and(...W.validated(50, '2026-03-03'), past(W.onTime, closed, { actor: W.hr })));
    expect(totalsOfMonth(time, employmentId, march)).toEqual(totals);
    expect(time.months[employmentId]?.[march]?.closed).toEqual({ by: W.hr.id, totals, digest: '0'.repeat(64) });
  });
  test('in which nothing was declared has nothing in it', () => {
    const time = timeOf(world.and(...W.validated(50, '2026-03-03')));
    const stranger = EmploymentId.parse(W.uuid(999));
    for (const [whose, month] of [
      [employmentId, april],
      [stranger, march],
    ] as const) {
      expect(totalsOfMonth(time, whose, month)).toEqual([]);
      expect(unsettledInMonth(time, whose, month)).toEqual([]);
      expect(digestOfMonth(time, personId, whose, month)).toBe(
        digestOf({ personId, employmentId: whose, month, entries: [], adjustments: [] }),
      );
    }
    expect(earlierOpenMonths(time, stranger, april)).toEqual([]);
  });
  test('has a digest of its validated entries, by id, and of the adjustments that count in it', () => {
    const started = W.declare(world, W.hours(53, '2026-03-09', { start: '09:00', minutes: 60 }), '2026-03-10T09:00:00Z')
      .next()
      .when('ConfirmHours', W.onEntry(53), { actor: W.tutor, at: '2026-03-10T10:00:00Z' })
      .next()
      .when('ValidateHours', W.onEntry(53), { actor: W.hr, at: '2026-03-10T11:00:00Z' })
      .next();
    const history = [...W.validated(51, '2026-03-04'), ...W.validated(50, '2026-03-03')];
    const aside = [...W.confirmed(52, '2026-03-05'), W.declared(54, '2026-03-06'), withdrawn(54)];
    const time = timeOf(
      started.and(...history, ...aside, ...W.validated(40, '2026-01-05'), adjusted(40, -5, '2026-03')),
    );
    const entry = (n: number, workDate: string, minutes = 210, startsAt?: string) => ({
      ...{ entryId: W.uuid(n), assignmentId: assignment, workDate, minutes },
      ...(startsAt === undefined ? {} : { startsAt }),
    });
    const entries = [
      entry(50, '2026-03-03'),
      entry(51, '2026-03-04'),
      entry(53, '2026-03-09', 60, '2026-03-09T08:00:00.000Z'),
    ];
    const adjustments = [{ entryId: W.uuid(40), assignmentId: assignment, deltaMinutes: -5 }];
    expect(digestOfMonth(time, personId, employmentId, march)).toBe(
      digestOf({ personId, employmentId, month: march, entries, adjustments }),
    );
  });
  test('is not open before another once all of it was withdrawn, but is when an adjustment counts in it', () => {
    const empty = world.and(W.declared(50, '2026-01-12'), withdrawn(50));
    expect(earlierOpenMonths(timeOf(empty), employmentId, april)).toEqual([]);
    const december = W.engagedAgent({ from: '2025-01-01' }).and(...W.validated(40, '2025-12-15'), W.closed('2025-12'));
    const counted = timeOf(december.and(adjusted(40, -5, '2026-01')));
    expect(earlierOpenMonths(counted, employmentId, april)).toEqual([january]);
    expect(earlierOpenMonths(counted, employmentId, january)).toEqual([]);
  });
  test('can be closed when nothing was declared in it', () => {
    const by = { actor: W.hr, at: '2026-06-01T09:00:00Z' };
    world.when('ClosePeriod', { personId, employmentId, month: '2026-03' }, by).expectFindings();
  });
  test('locks what was validated, and leaves the withdrawn withdrawn', () => {
    const time = timeOf(
      world.and(...W.validated(50, '2026-03-03'), W.declared(51, '2026-03-04'), withdrawn(51), W.closed('2026-03')),
    );
    expect(Object.values(time.entries).map(({ status }) => status)).toEqual(['locked', 'withdrawn']);
  });
});
