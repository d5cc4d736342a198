import { describe, expect, test } from '@jest/globals';
import * as W from '../../test/working.js';
import { AssignmentId, EmploymentId, EntryId } from '../kernel/identifiers.js';
import { Instant, LocalDate, Zone } from '../time/types.js';
import { type Claim, daysOf, entriesNear } from './claim.js';
import type { AgentTimeState } from './state.js';

const workDate = LocalDate.parse('2026-03-10');
const claim: Claim = {
  entryId: EntryId.parse(W.uuid(50)),
  assignmentId: AssignmentId.parse(W.ids.assignment),
  employmentId: EmploymentId.parse(W.ids.employment),
  workDate,
  startsAt: Instant.parse('2026-03-10T22:00:00Z'),
  zone: Zone.parse('Europe/Paris'),
  minutes: 120,
};

describe('a claim', () => {
  test('falls on the local days that its minutes reach', () => {
    expect(daysOf(claim)).toEqual([
      { date: '2026-03-10', minutes: 60 },
      { date: '2026-03-11', minutes: 60 },
    ]);
  });
  test('that was brought down to nothing falls on its work date', () => {
    expect(daysOf({ ...claim, minutes: 0 })).toEqual([{ date: '2026-03-10', minutes: 0 }]);
  });
  test('has near it what lies within three days, itself and the withdrawn left out', () => {
    const dates = ['2026-03-06', '2026-03-07', '2026-03-10', '2026-03-13', '2026-03-14'];
    const world = W.engagedAgent().and(...dates.map((date, n) => W.declared(51 + n, date)), W.declared(50, workDate));
    const state = world.state(W.onTime) as AgentTimeState; // that stream's aggregate
    expect(entriesNear(state, claim, workDate, workDate).map((entry) => entry.workDate)).toEqual(dates.slice(1, 4));
  });
});
