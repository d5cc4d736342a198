import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as L from '../../test/lending.js';
import { SeatReleased, SeatTaken } from './events.js';
import { seatsLeft } from './queries.js';
import type { MissionState } from './state.js';

const seat = (n: number) => ({ missionId: L.ids.mission, assignmentId: L.uuid(100 + n) });
const two = L.given(...L.published({ seats: 2 }));

describe('seats', () => {
  test('are taken and given back, each once', () => {
    const taken = two.when('TakeSeat', seat(1), L.clerk);
    taken.expectEvents(SeatTaken.parse({ assignmentId: seat(1).assignmentId }));
    taken.next().when('TakeSeat', seat(1), L.clerk).expectAlreadySo();
    const released = taken.next().when('ReleaseSeat', seat(1), L.officer);
    released.expectEvents(SeatReleased.parse({ assignmentId: seat(1).assignmentId }));
    released.next().when('ReleaseSeat', seat(1), L.officer).expectAlreadySo();
  });
  test('run out', () => {
    const full = two.when('TakeSeat', seat(1), L.clerk).next().when('TakeSeat', seat(2), L.clerk).next();
    full.when('TakeSeat', seat(3), L.clerk).expectRefusals('mission.no-seat');
  });
  test('are those of a mission that goes on', () => {
    L.given().when('TakeSeat', seat(1), L.clerk).expectRefusals('mission.wrong-state');
  });
  test('are never more taken than there are, nor lost, whatever is tried', () => {
    const attempt = fc.record({ take: fc.boolean(), by: fc.nat(4) });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.array(attempt, { maxLength: 30 }), (seats, attempts) => {
        const held = new Set<number>();
        let history = L.given(...L.published({ seats }));
        for (const { take, by } of attempts) {
          const outcome = history.when(take ? 'TakeSeat' : 'ReleaseSeat', seat(by), L.clerk);
          expect(outcome.decision.accepted).toBe(!take || held.has(by) || held.size < seats);
          if (outcome.decision.accepted) take ? held.add(by) : held.delete(by);
          history = outcome.next();
          // The scenario folds the stream of a mission into its state.
          const state = history.state(L.onMission) as MissionState;
          expect(seatsLeft(state)).toBe(seats - held.size);
          expect(Object.keys(state.seats).length).toBe(state.seatsTaken);
        }
      }),
      { numRuns: 60 },
    );
  });
});
