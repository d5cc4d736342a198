import { describe, expect, test } from '@jest/globals';
import type { Given } from '@probono/testing';
import * as fc from 'fast-check';
import * as C from '../../test/convention-life.js';
import { addDays } from '../time/calendar.js';
import { daysInForce } from './force.js';
import { forceOn } from './queries.js';

const first = C.day('2026-12-06');
const dayNumber = fc.integer({ min: 0, max: 220 }).map((n) => addDays(first, n));
const pair = fc.tuple(dayNumber, dayNumber);

/** Commands that may or may not be accepted, in any order. */
const step = fc.oneof(
  fc.record({ on: dayNumber, from: dayNumber, to: fc.option(dayNumber, { nil: undefined }) }).map(
    ({ on, from, to }) =>
      (history: Given) =>
        C.act(history, 'SuspendConvention', on, C.host, { from, ...(to === undefined ? {} : { to }) }),
  ),
  pair.map(
    ([on, again]) =>
      (history: Given) =>
        C.act(history, 'ResumeConvention', on, C.home, { on: again }),
  ),
  fc.record({ on: dayNumber, endsOn: dayNumber, personId: fc.constantFrom(undefined, C.ada, C.ben) }).map(
    ({ on, endsOn, personId }) =>
      (history: Given) =>
        C.act(history, 'GiveTerminationNotice', on, C.home, { endsOn, ...(personId ? { personId } : {}) }),
  ),
  fc.tuple(dayNumber, fc.constantFrom(C.ada, C.ben)).map(
    ([on, personId]) =>
      (history: Given) =>
        C.act(history, 'WithdrawAgentConsent', on, C.agent(personId), { personId, version: 1 }),
  ),
  fc.tuple(dayNumber, fc.constantFrom(C.ada, C.ben)).map(
    ([on, personId]) =>
      (history: Given) =>
        C.act(history, 'GiveAgentConsent', on, C.agent(personId), { personId, version: 1 }),
  ),
  pair.map(
    ([on, effectiveFrom]) =>
      (history: Given) =>
        C.propose(history, on, { agents: [C.both[1]], to: '2027-07-15' }, effectiveFrom),
  ),
  dayNumber.map((on) => (history: Given) => C.tell(history, C.ben, 2, on)),
  dayNumber.map((on) => (history: Given) => C.sign(history, C.host, on, { version: 2, docHash: C.otherHash })),
);

const begin = C.signed({ ...C.pilot, agents: C.both }, [C.ada, C.ben]);

describe('force, whatever happens to a convention', () => {
  test('a refusal changes nothing, and the same act again is already so or refused', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 6 }), (steps) => {
        let history = begin;
        for (const act of steps) {
          const outcome = act(history);
          const before = JSON.stringify(C.stateOf(history));
          if (!outcome.decision.accepted) {
            expect(JSON.stringify(C.stateOf(outcome.next()))).toBe(before);
            continue;
          }
          history = outcome.next();
          const again = act(history).decision;
          expect(again.accepted ? again.events : []).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });
  test('days in force are those on which it is in force', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 6 }), pair, (steps, [a, b]) => {
        const end = steps.reduce((history, act) => act(history).next(), begin);
        const state = C.stateOf(end);
        for (const personId of [C.ada, C.ben]) {
          let days = 0;
          for (let date = a; date <= b; date = addDays(date, 1)) {
            if (forceOn(state, personId, date) === 'in_force') days += 1;
          }
          expect(daysInForce(state, personId, a, b)).toBe(days);
        }
      }),
      { numRuns: 60 },
    );
  });
});
