import { describe, expect, test } from '@jest/globals';
import * as W from '../../test/working.js';
import { AssignmentId, ConventionId, EmploymentId } from '../kernel/identifiers.js';
import { Month } from '../time/types.js';
import { totalsOfMonth } from './months.js';
import { assignmentsWithQuota, declaredMinutes, quotasSum, unsettledEntries, validatedMinutes } from './queries.js';
import type { AgentTimeState } from './state.js';

const assignmentId = AssignmentId.parse(W.ids.assignment);
const world = W.engagedAgent().and(...W.validated(50, '2026-03-03'), ...W.confirmed(51, '2026-03-10', 60));
const state = world.state(W.onTime) as AgentTimeState; // that stream's aggregate

describe('an agent’s time', () => {
  test('knows what was declared, validated and is still to settle', () => {
    expect(declaredMinutes(state, assignmentId)).toBe(270);
    expect(validatedMinutes(state, assignmentId)).toBe(210);
    const conventionId = ConventionId.parse(W.ids.convention);
    expect(unsettledEntries(state, { conventionId }).map(({ entryId }) => entryId)).toEqual([W.uuid(51)]);
    expect(unsettledEntries(state, { assignmentId })).toHaveLength(1);
  });
  test('totals an open month by its validated entries', () => {
    const employmentId = EmploymentId.parse(W.ids.employment);
    expect(totalsOfMonth(state, employmentId, Month.parse('2026-03'))).toEqual([
      { assignmentId, entries: 1, minutes: 210 },
    ]);
    expect(totalsOfMonth(state, employmentId, Month.parse('2026-05'))).toEqual([]);
  });
  test('adds up the shares of the duty that live assignments hold', () => {
    expect(assignmentsWithQuota(state)).toEqual([assignmentId]);
    expect(quotasSum(state)).toEqual({ num: 1n, den: 2n });
  });
  test('keeps nothing personal in its state, and survives JSON', () => {
    expect(JSON.stringify(state)).not.toContain('atelier');
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  });
  test('folds a working life in no time', () => {
    const life = Array.from({ length: 5000 }, (_, n) => {
      const date = new Date(Date.UTC(2010, 0, 4 + n)).toISOString().slice(0, 10);
      return W.confirmed(1000 + n, date);
    }).flat();
    const long = W.given(...life);
    const before = performance.now();
    const folded = long.state(W.onTime) as AgentTimeState; // that stream's aggregate
    expect(Object.keys(folded.entries)).toHaveLength(5000);
    expect(performance.now() - before).toBeLessThan(2000);
  });
});
