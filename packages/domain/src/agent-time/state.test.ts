import { describe, expect, test } from '@jest/globals';
import { past } from '@probono/testing';
import * as W from '../../test/working.js';
import { AssignmentId, ConventionId, EmploymentId, EntryId } from '../kernel/identifiers.js';
import { Month } from '../time/types.js';
import { AdjustmentRecorded, ContestResolved, HoursConfirmed, HoursDeclared } from './events.js';
import { totalsOfMonth } from './months.js';
import { assignmentsWithQuota, declaredMinutes, quotasSum, unsettledEntries, validatedMinutes } from './queries.js';
import type { AgentTimeState } from './state.js';

const assignmentId = AssignmentId.parse(W.ids.assignment);
const world = W.engagedAgent().and(...W.validated(50, '2026-03-03'), ...W.confirmed(51, '2026-03-10', 60));
const timeOf = (history: typeof world) => history.state(W.onTime) as AgentTimeState; // that stream's aggregate

describe('an agent’s time', () => {
  test('knows what was declared, validated and is still to settle', () => {
    const state = timeOf(world);
    expect(declaredMinutes(state, assignmentId)).toBe(270);
    expect(validatedMinutes(state, assignmentId)).toBe(210);
    const conventionId = ConventionId.parse(W.ids.convention);
    expect(unsettledEntries(state, { conventionId }).map(({ entryId }) => entryId)).toEqual([W.uuid(51)]);
    expect(unsettledEntries(state, { assignmentId })).toHaveLength(1);
  });
  test('tells the hours of one assignment from those of another', () => {
    const state = timeOf(world.and(...W.validated(52, '2026-03-11', 30, true), W.declared(53, '2026-03-12', 15, true)));
    const other = AssignmentId.parse(W.ids.otherAssignment);
    expect([declaredMinutes(state, assignmentId), declaredMinutes(state, other)]).toEqual([270, 45]);
    expect([validatedMinutes(state, assignmentId), validatedMinutes(state, other)]).toEqual([210, 30]);
    expect(unsettledEntries(state, { assignmentId: other }).map(({ entryId }) => entryId)).toEqual([W.uuid(53)]);
  });
  test('counts hours of a closed month as validated and settled', () => {
    const closed = timeOf(W.engagedAgent().and(...W.validated(50, '2026-03-03'), W.closed('2026-03')));
    expect(validatedMinutes(closed, assignmentId)).toBe(210);
    expect(unsettledEntries(closed, { assignmentId })).toEqual([]);
  });
  test('keeps an entry as it was declared, with nothing in it that was not said', () => {
    const said = {
      ...{ assignmentId, employmentId: W.ids.employment, workDate: '2026-03-03', zone: 'Europe/Paris' },
      ...{ minutes: 60, declaredMinutes: 60, status: 'declared', declaredBy: W.ids.agent },
    };
    const bare = { entryId: W.uuid(60), assignmentId, employmentId: W.ids.employment, workDate: '2026-03-03' };
    const hours = { ...bare, zone: 'Europe/Paris', minutes: 60, activity: 'atelier' };
    const at = { start: '09:00', startsAt: '2026-03-03T08:00:00.000Z' };
    const under = { conventionId: W.ids.convention, sessionId: W.uuid(61) };
    const state = timeOf(
      W.given(
        past(W.onTime, HoursDeclared.parse(hours), { actor: W.agent }),
        past(W.onTime, HoursDeclared.parse({ ...hours, entryId: W.uuid(62), ...at, ...under }), { actor: W.agent }),
      ),
    );
    expect(state).toStrictEqual({
      entries: {
        [W.uuid(60)]: { ...said, entryId: W.uuid(60) },
        [W.uuid(62)]: { ...said, entryId: W.uuid(62), ...at, ...under },
      },
      months: { [W.ids.employment]: { '2026-03': { entryIds: [W.uuid(60), W.uuid(62)], adjustments: [] } } },
      quotas: {},
    });
  });
  test('is not harmed by a fact about an entry that it does not hold, or a contest that it does not know', () => {
    const stray = [
      past(W.onTime, HoursConfirmed.parse({ entryId: W.uuid(99) }), { actor: W.tutor }),
      past(W.onTime, AdjustmentRecorded.parse({ entryId: W.uuid(99), deltaMinutes: 5, countsIn: '2026-04' })),
    ];
    expect(timeOf(world.and(...stray))).toEqual(timeOf(world));
    const resolved = past(W.onTime, ContestResolved.parse({ entryId: W.uuid(51), minutes: 20 }), { actor: W.officer });
    const entry = timeOf(world.and(resolved)).entries[EntryId.parse(W.uuid(51))];
    expect(entry).toMatchObject({ minutes: 20, status: 'confirmed', confirmedBy: W.officer.id });
    expect(entry).not.toHaveProperty('contest');
  });
  test('totals an open month by its validated entries', () => {
    const state = timeOf(world);
    const employmentId = EmploymentId.parse(W.ids.employment);
    expect(totalsOfMonth(state, employmentId, Month.parse('2026-03'))).toEqual([
      { assignmentId, entries: 1, minutes: 210 },
    ]);
    expect(totalsOfMonth(state, employmentId, Month.parse('2026-05'))).toEqual([]);
  });
  test('adds up the shares of the duty that live assignments hold', () => {
    const state = timeOf(world);
    expect(assignmentsWithQuota(state)).toEqual([assignmentId]);
    expect(quotasSum(state)).toEqual({ num: 1n, den: 2n });
  });
  test('keeps nothing personal in its state, and survives JSON', () => {
    const state = timeOf(world);
    expect(JSON.stringify(state)).not.toContain('atelier');
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  });
});
