import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as W from '../../test/working.js';
import { daysOf } from './claim.js';
import { DAILY_LIMIT_MINUTES } from './limits.js';
import { standingEntries } from './queries.js';
import { agentTimeRules } from './rules.js';
import { type AgentTimeState, agentTime } from './state.js';

const at = '2026-06-01T09:00:00Z';
const day = fc.integer({ min: 1, max: 3 }).map((n) => `2026-03-0${n}`);
const entry = fc.integer({ min: 50, max: 53 });
const start = fc.option(fc.constantFrom('08:00', '13:00', '22:00'), { nil: undefined });
const delta = fc.constantFrom(-120, -30, 30, 120);

type Act = readonly [command: string, data: object, actor: { id: string; role: string }];

const act: fc.Arbitrary<Act> = fc.oneof(
  fc
    .record({ n: entry, workDate: day, start, minutes: fc.constantFrom(60, 210, 420), other: fc.boolean() })
    .map(({ n, workDate, other, ...rest }): Act => {
      const { start: from, minutes } = rest;
      const assignmentId = other ? W.ids.otherAssignment : W.ids.assignment;
      const more = { minutes, assignmentId, ...(from === undefined ? {} : { start: from }) };
      return ['DeclareHours', W.hours(n, workDate, more), W.agent];
    }),
  entry.map((n): Act => ['ConfirmHours', W.onEntry(n), W.tutor]),
  entry.map((n): Act => ['ContestHours', W.onEntry(n, { claimedMinutes: 30 }), W.tutor]),
  entry.map((n): Act => ['ResolveContest', W.onEntry(n, { minutes: 45 }), W.officer]),
  fc.tuple(entry, delta).map(([n, by]): Act => ['CorrectHours', W.onEntry(n, { deltaMinutes: by }), W.agent]),
  entry.map((n): Act => ['WithdrawHours', W.onEntry(n), W.agent]),
  entry.map((n): Act => ['ValidateHours', W.onEntry(n), W.hr]),
  fc.constant<Act>(['ClosePeriod', { personId: W.ids.agent, employmentId: W.ids.employment, month: '2026-03' }, W.hr]),
  fc
    .tuple(entry, delta)
    .map(([n, by]): Act => ['RecordAdjustment', W.onEntry(n, { deltaMinutes: by, countsIn: '2026-04' }), W.hr]),
);

/** Acts that, given twice, are two acts: each changes the minutes by so much. */
const repeatable = new Set(['CorrectHours', 'RecordAdjustment']);

const stateOf = (world: ReturnType<typeof W.given>) => world.state(W.onTime) as AgentTimeState; // that stream's aggregate

describe('whatever is done, in any order', () => {
  test('limits hold, refusals change nothing, and the same act again changes nothing or is refused by a rule', () => {
    fc.assert(
      fc.property(fc.array(act, { minLength: 1, maxLength: 14 }), (acts) => {
        let world = W.engagedAgent().and(...W.engaged({ other: true }));
        for (const [command, data, actor] of acts) {
          const outcome = world.when(command, data, { actor, at });
          const { decision } = outcome;
          if (decision.accepted) {
            for (const { type } of decision.events) expect(Object.keys(agentTime.events)).toContain(type);
            const after = outcome.next();
            const again = after.when(command, data, { actor, at }).decision;
            if (again.accepted && !repeatable.has(command)) expect(again.events).toEqual([]);
            world = after;
          } else {
            expect(decision.refusals.length).toBeGreaterThan(0);
            for (const { rule } of decision.refusals) expect(Object.keys(agentTimeRules)).toContain(rule);
            expect(stateOf(outcome.next())).toEqual(stateOf(world));
          }
          const entries = standingEntries(stateOf(world));
          const byDay = new Map<string, number>();
          for (const { date, minutes } of entries.flatMap((each) => daysOf(each)))
            byDay.set(date, (byDay.get(date) ?? 0) + minutes);
          for (const minutes of byDay.values()) expect(minutes).toBeLessThanOrEqual(DAILY_LIMIT_MINUTES);
          for (const { declaredBy, confirmedBy, validatedBy, minutes } of entries) {
            const people = [declaredBy, confirmedBy, validatedBy].filter((id) => id !== undefined);
            expect(new Set(people).size).toBe(people.length);
            expect(minutes).toBeGreaterThanOrEqual(0);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('however long it is', () => {
  test('folds a working life', () => {
    const life = Array.from({ length: 5000 }, (_, n) => {
      const date = new Date(Date.UTC(2010, 0, 4 + n)).toISOString().slice(0, 10);
      return W.confirmed(1000 + n, date);
    }).flat();
    expect(Object.keys(stateOf(W.given(...life)).entries)).toHaveLength(5000);
  });
});
