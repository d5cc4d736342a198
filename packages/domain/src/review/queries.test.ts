import { describe, expect, test } from '@jest/globals';
import * as C from '../../test/convention-life.js';
import { ConventionId } from '../kernel/identifiers.js';
import { isFinalReviewOf, reviewStatus } from './queries.js';
import type { ReviewState } from './state.js';

const conventionId = ConventionId.parse(C.conventionId);
const nobody = { submissions: {}, countersignatures: {}, agents: {} };
const asked: ReviewState = { ...nobody, requested: { kind: 'final', conventionId } };
const outcomes = { objectives: 'met' as const };
const byHost: ReviewState = { ...asked, submissions: { host: outcomes } };
const seenByHome: ReviewState = { ...byHost, countersignatures: { home: { by: C.home.id, covers: ['host'] } } };

describe('a review', () => {
  test.each([
    ['none', nobody],
    ['requested', asked],
    ['submitted', byHost],
    ['submitted', { ...byHost, agents: { [C.ada]: { by: C.ada, covers: ['host' as const] } } }],
    ['countersigned', seenByHome],
    ['countersigned', { ...asked, submissions: { home: outcomes, host: outcomes } }],
  ])('is %s', (status, state) => {
    expect(reviewStatus(state)).toBe(status);
  });
  test.each([
    ['once submitted', true, byHost],
    ['once countersigned', true, seenByHome],
    ['not when only asked for', false, asked],
    ['not when nobody asked', false, nobody],
    ['not when half-way', false, { ...byHost, requested: { kind: 'mid' as const, conventionId } }],
  ])('is one to close on %s', (_, holds, state) => {
    expect(isFinalReviewOf(state, conventionId)).toBe(holds);
    expect(isFinalReviewOf(state, ConventionId.parse(C.id(7)))).toBe(false);
  });
});
