import { describe, expect, test } from '@jest/globals';
import { domain } from '../domain.js';
import { Instant } from '../time/types.js';
import { parseCommand } from './parse-command.js';

const officer = { id: '01890000-0000-7000-8000-000000000001', role: 'programme_officer' };
const personId = '01890000-0000-7000-8000-000000000002';
const defaults = {
  recordedAt: Instant.parse('2026-03-02T09:00:00Z'),
  commandId: '01890000-0000-7000-8000-000000000003',
};
const parse = (input: unknown) => parseCommand(domain, input, defaults);
const problems = (input: unknown) => {
  const parsed = parse(input);
  return parsed.ok ? [] : parsed.invalid.map(({ path }) => path);
};
const suggestion = { command: 'SetManager', data: { personId }, meta: { actor: officer } };

describe('a command from outside', () => {
  test('is given its default id and the time of the clock', () => {
    const parsed = parse({
      command: 'DeclareCareerStage',
      data: { personId, stage: 'towards retirement' },
      meta: { actor: officer },
    });
    expect(parsed).toMatchObject({
      ok: true,
      command: {
        name: 'DeclareCareerStage',
        recordedAt: '2026-03-02T09:00:00.000Z',
        meta: { commandId: defaults.commandId },
      },
    });
  });

  test('is told all its problems at once, each with its path', () => {
    const input = {
      command: 'SetManager',
      data: { personId: 'x', rank: 1 },
      meta: { actor: { role: 'king' } },
      extra: 1,
    };
    expect(problems(input)).toEqual(
      expect.arrayContaining(['extra', 'data.personId', 'data.employmentId', 'data.rank', 'meta.actor.role']),
    );
  });

  test('that is misspelt is told what it may have meant', () => {
    expect(parse({ ...suggestion, command: 'SetManger' })).toMatchObject({
      ok: false,
      invalid: [{ path: 'command', message: expect.stringContaining('did you mean SetManager') }],
    });
  });

  test.each([
    ['nothing', null],
    ['a list', []],
    ['a text', 'DeclareHours'],
    ['no command', {}],
    ['a command that only an object has', { ...suggestion, command: 'constructor' }],
    ['a command named like a prototype', { ...suggestion, command: '__proto__' }],
    ['a prototype as a field', JSON.parse('{"command":"SetManager","__proto__":{"x":1},"data":{},"meta":{}}')],
    ['a NUL', { ...suggestion, data: { personId: '\u0000' } }],
    ['a lone surrogate', { ...suggestion, data: { personId: '\ud800' } }],
    ['meta that is no object', { ...suggestion, meta: 7 }],
    ['a date that does not exist', { ...suggestion, meta: { actor: officer, effectiveOn: '2026-02-30' } }],
  ])('that is %s is invalid, and does not throw', (_what, input) => {
    expect(problems(input).length).toBeGreaterThan(0);
  });

  test('of the system has no free text: it is no person under whose key it could lie', () => {
    const meta = { actor: { id: 'system:clerk', role: 'system' }, justification: 'because' };
    expect(problems({ ...suggestion, meta })).toContain('meta.actor.role');
  });

  test('of 20,000 levels is invalid, and does not exhaust the stack', () => {
    const deep = JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`);
    expect(problems({ ...suggestion, data: deep }).length).toBeGreaterThan(0);
  });

  test('of five megabytes is invalid', () => {
    expect(problems({ ...suggestion, data: { personId: 'x'.repeat(5_000_000) } }).length).toBeGreaterThan(0);
  });

  test('loses what is undefined: to its caller it is absent', () => {
    const parsed = parse({
      command: 'DeclareCareerStage',
      data: { personId, stage: 'towards retirement' },
      meta: { actor: officer, reason: undefined },
    });
    expect(parsed.ok && 'reason' in parsed.command.meta).toBe(false);
  });
});
