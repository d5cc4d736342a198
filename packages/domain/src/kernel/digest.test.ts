import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { digestOf, sameFacts } from './digest.js';

describe('the digest of facts', () => {
  test('is SHA-256 over canonical JSON', () => {
    const expected = createHash('sha256').update('{"minutes":210,"month":"2026-12"}').digest('hex');
    expect(digestOf({ month: '2026-12', minutes: 210 })).toBe(expected);
  });
  test('does not depend on the order of fields', () => {
    expect(digestOf({ a: 1, b: { c: 2, d: 'é' } })).toBe(digestOf({ b: { d: 'é', c: 2 }, a: 1 }));
  });
  test('tells facts apart', () => {
    expect(digestOf({ minutes: 210 })).not.toBe(digestOf({ minutes: 211 }));
  });
  test('refuses what has no JSON form', () => {
    expect(() => digestOf(undefined)).toThrow(TypeError);
  });
});

describe('the same facts', () => {
  test('may be written in another order, with what is undefined left out', () => {
    expect(sameFacts({ a: 1, b: [2], c: undefined }, { b: [2], a: 1 })).toBe(true);
  });
  test('differ by one figure', () => {
    expect(sameFacts({ a: 1 }, { a: 2 })).toBe(false);
  });
});
