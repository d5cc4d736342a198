import { describe, expect, test } from '@jest/globals';
import { past } from '@probono/testing';
import * as W from '../../test/working.js';
import { assignment } from '../assignment/state.js';
import { ConventionClosed } from '../convention/events.js';
import { convention } from '../convention/evolve.js';
import type { ConventionState } from '../convention/state.js';
import { AssignmentId, PersonId } from '../kernel/identifiers.js';
import { mission } from '../mission/state.js';
import { LocalDate } from '../time/types.js';
import { standingOn } from './engagement.js';

const day = LocalDate.parse('2026-03-03');

describe('an engagement', () => {
  test('stands closed on every day once its convention is', () => {
    const closed = W.engagedAgent().and(past(W.onConvention, ConventionClosed.parse({ totals: [] })));
    const under = closed.state(W.onConvention) as ConventionState; // that stream's aggregate
    const engagement = {
      assignmentId: AssignmentId.parse(W.ids.assignment),
      assignment: assignment.initial(),
      mission: mission.initial(),
    };
    const personId = PersonId.parse(W.ids.agent);
    expect(standingOn({ ...engagement, convention: under }, personId, day)).toBe('closed');
    expect(standingOn({ ...engagement, convention: convention.initial() }, personId, day)).toBe('outside_force');
    expect(standingOn(engagement, personId, day)).toBe('outside_assignment');
  });
});
