import { describe, expect, test } from '@jest/globals';
import { judge } from './judgement.js';
import type { Rule } from './rule.js';

const rules = {
  'a.refused': {
    severity: 'refuse',
    message: { fr: 'Il manque {n} minutes.', en: '{n} minutes are missing.' },
    source: 'art. 1',
  },
  'a.justified': { severity: 'justify', message: { fr: 'À justifier.', en: 'To be justified.' } },
  'a.noted': { severity: 'warn', message: { fr: 'À noter.', en: 'To be noted.' } },
} as const satisfies Record<string, Rule>;

describe('a judgement', () => {
  test('gives every reason at once, with its facts told in both languages and its source', () => {
    const ledger = judge(rules, false);
    ledger.require('a.refused', false, { n: 30 });
    ledger.require('a.justified', false);
    expect(ledger.refusals).toEqual([
      {
        rule: 'a.refused',
        severity: 'refuse',
        message: { fr: 'Il manque 30 minutes.', en: '30 minutes are missing.' },
        facts: { n: 30 },
        source: 'art. 1',
      },
      { rule: 'a.justified', severity: 'justify', message: { fr: 'À justifier.', en: 'To be justified.' }, facts: {} },
    ]);
  });

  test('lets a written justification overcome a rule that asks for one, and notes it', () => {
    const ledger = judge(rules, true);
    ledger.require('a.justified', false);
    expect(ledger.refused()).toBe(false);
    expect(ledger.notes.map(({ rule }) => rule)).toEqual(['a.justified']);
  });

  test('a justification does not overcome a refusal', () => {
    const ledger = judge(rules, true);
    ledger.require('a.refused', false, { n: 1 });
    expect(ledger.refused()).toBe(true);
  });

  test('notes a warning and lets pass', () => {
    const ledger = judge(rules, false);
    expect(ledger.require('a.noted', false)).toBe(false);
    expect(ledger.refused()).toBe(false);
    expect(ledger.notes).toHaveLength(1);
  });

  test('lets a framework be milder than the rule, and name its own source', () => {
    const ledger = judge(rules, false);
    ledger.require('a.refused', false, { n: 1 }, { severity: 'warn', source: 'charte' });
    expect(ledger.notes).toMatchObject([{ rule: 'a.refused', severity: 'warn', source: 'charte' }]);
  });

  test('remembers the rules that hold, for those who want to know what was looked at', () => {
    const ledger = judge(rules, false);
    ledger.require('a.refused', true, { n: 0 });
    expect(ledger.examined).toMatchObject([{ rule: 'a.refused', outcome: 'holds' }]);
  });

  test('does not compute the events of a refused command', () => {
    const ledger = judge(rules, false);
    ledger.require('a.refused', false);
    expect(
      ledger.accept(() => {
        throw new Error('must not be called');
      }),
    ).toEqual([]);
  });

  test('refuses to judge by a rule that is not published', () => {
    expect(() => judge(rules, false).require('a.unknown', true)).toThrow('a.unknown is not published');
  });
});
