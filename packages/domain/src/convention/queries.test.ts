import { describe, expect, test } from '@jest/globals';
import * as C from '../../test/convention-life.js';
import { agentOf, forceOn, forceStart, poolLeft } from './queries.js';
import { initialConvention } from './state.js';

describe('questions to a convention', () => {
  test('nothing is lent, allotted or in force before it is drafted', () => {
    const none = initialConvention();
    expect(agentOf(none, C.ada)).toBeUndefined();
    expect(poolLeft(none)).toBeUndefined();
    expect(forceOn(none, C.ada, C.day('2026-12-06'))).toBe('outside');
    expect(forceStart(none, C.ada)).toBeUndefined();
  });
  test('a draft already says whom it means to lend', () => {
    expect(agentOf(C.stateOf(C.drafted()), C.ada)).toEqual({ personId: C.ada, employmentId: C.adaJob });
    expect(poolLeft(C.stateOf(C.drafted({ ...C.pilot, poolMinutes: 900 })))).toBe(900);
  });
});
