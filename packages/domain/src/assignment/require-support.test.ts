import { describe, expect, test } from '@jest/globals';
import { proposal } from '../../test/lending.js';
import { type Framework, idf2017Pilot } from '../framework/index.js';
import { MissionId } from '../kernel/identifiers.js';
import { judge } from '../kernel/judgement.js';
import type { Severity } from '../kernel/rule.js';
import { MissionProposal } from '../mission/events.js';
import { missionRules } from '../mission/rules.js';
import { type MissionState, mission } from '../mission/state.js';
import { requireSupport } from './require-support.js';

const missionId = MissionId.parse('01900000-0000-7000-8000-000000000001');
const asking = (value: 'allowed' | Severity): Framework => ({
  ...idf2017Pilot,
  generalSupport: { value, source: 'the table', certainty: 'probable' },
});
const support: MissionState = { ...mission.initial(), approved: { skillsUseful: false } };
const skilled: MissionState = { ...mission.initial(), approved: { skillsUseful: true } };

const generalSupport = MissionProposal.parse({ ...proposal, kind: 'general_support' });

const judged = (on: MissionState, framework: Framework | undefined, justified: boolean) => {
  const ledger = judge(missionRules, justified);
  requireSupport(ledger, missionId, on, framework);
  const { refusals, notes } = ledger;
  return { refused: refusals.map(({ rule }) => rule), noted: notes.map(({ rule, source }) => ({ rule, source })) };
};

const rule = 'mission.general-support-needs-justification';

describe('a mission that draws on no skill', () => {
  test('needs a written justification where the framework asks for one', () => {
    expect(judged(support, asking('justify'), false)).toEqual({ refused: [rule], noted: [] });
  });
  test('is told by its id, with the framework that asks', () => {
    const ledger = judge(missionRules, false);
    requireSupport(ledger, missionId, support, asking('justify'));
    expect(ledger.refusals).toEqual([expect.objectContaining({ facts: { missionId, framework: 'idf-2017-pilot' } })]);
  });
  test('is one by its kind, too', () => {
    const byKind = { ...mission.initial(), approved: { skillsUseful: true }, proposed: generalSupport };
    expect(judged(byKind, asking('justify'), false).refused).toEqual([rule]);
  });
  test('is noted, with the source of the table, once it is justified', () => {
    expect(judged(support, asking('justify'), true)).toEqual({ refused: [], noted: [{ rule, source: 'the table' }] });
  });
  test('is refused where the framework does not admit it, justified or not', () => {
    expect(judged(support, asking('refuse'), true)).toEqual({ refused: [rule], noted: [] });
  });
  test('is as good as any where the framework allows it', () => {
    expect(judged(support, asking('allowed'), false)).toEqual({ refused: [], noted: [] });
  });
});

test('a mission that draws on skills needs none', () => {
  expect(judged(skilled, asking('justify'), false)).toEqual({ refused: [], noted: [] });
});
