import { describe, expect, test } from '@jest/globals';
import { domain } from '@probono/domain';
import { scenarios } from './scenario.js';

const handlers = Object.values(domain.handlers);
const officer = {
  actor: { id: '01900000-0000-7000-8000-000000000002', role: 'programme_officer' },
  at: '2026-03-02T09:00:00Z',
};
const mission = { missionId: '01900000-0000-7000-8000-000000000001' };

describe('a scenario', () => {
  test('tells which streams a decision read, its own first', () => {
    const { given } = scenarios({ handlers, rules: domain.rules });
    expect(given().when('StartMission', mission, officer).reads).toEqual([`mission-${mission.missionId}`]);
  });
  test('fails where a rule is told without one of its facts', () => {
    const message = { fr: 'Il manque {this}.', en: 'What is missing is {this}.' };
    const rules = { ...domain.rules, 'mission.wrong-state': { severity: 'refuse' as const, message } };
    const { given } = scenarios({ handlers, rules });
    expect(() => given().when('StartMission', mission, officer)).toThrow('mission.wrong-state is told without {this}');
  });
});
