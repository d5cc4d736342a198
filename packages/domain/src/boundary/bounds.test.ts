import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkBounds } from './bounds.js';

const roomy = { maxBytes: 1_000_000 };
const nested = (levels: number): unknown => {
  let value: unknown = 'core';
  for (let level = 0; level < levels; level++) value = level % 2 === 0 ? [value] : { in: value };
  return value;
};
const notInNfc = 'e\u0301te\u0301';

describe('a value from outside', () => {
  test('passes when it is JSON of normal size', () => {
    expect(checkBounds({ title: 'Été à l’école\n\tligne', minutes: 210, tags: ['é', null, true] }, roomy)).toEqual([]);
  });
  test('passes with an absent optional field', () => {
    expect(checkBounds({ note: undefined }, roomy)).toEqual([]);
  });
  test('passes at 64 levels and not at 65', () => {
    expect(checkBounds(nested(64), roomy)).toEqual([]);
    expect(checkBounds(nested(65), roomy)[0]?.message).toBe('is nested more than 64 levels deep');
  });
  test('may be deeper than the stack is, and is still answered', () => {
    expect(checkBounds(nested(200_000), roomy)).toHaveLength(1);
  });
  test('may go in a circle, and is still answered', () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    expect(checkBounds(circle, roomy)[0]?.path.split('.')).toHaveLength(64);
  });
  test('is measured as the JSON text it came from', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        // Control characters have longer escapes; they are refused, whatever their length.
        fc.pre(checkBounds(value, roomy).length === 0 && !JSON.stringify(value).includes('-0'));
        const bytes = Buffer.byteLength(JSON.stringify(value));
        expect(checkBounds(value, { maxBytes: bytes })).toEqual([]);
        expect(checkBounds(value, { maxBytes: bytes - 1 })).toHaveLength(1);
      }),
    );
  });
  test('is refused when it shares parts so that writing it out would never end', () => {
    let doubled: unknown = 'x';
    for (let level = 0; level < 60; level++) doubled = [doubled, doubled];
    expect(checkBounds(doubled, { maxBytes: 10_000 }).at(-1)?.message).toBe('is larger than 10000 bytes');
  });
});

describe('a text from outside', () => {
  const problemOf = (text: string) => checkBounds({ note: text }, roomy);
  test.each([
    ['half a surrogate pair', 'a\ud800b', 'is not well-formed Unicode'],
    ['a carriage return', 'a\r\nb', 'has a control character other than line feed and tab'],
    ['a NUL', 'a\u0000b', 'has a control character other than line feed and tab'],
    ['a C1 control', 'a\u0085b', 'has a control character other than line feed and tab'],
    ['letters apart from their accents', notInNfc, 'is not in Unicode normalisation form C'],
  ])('is refused with %s', (_, text, message) => {
    expect(problemOf(text)).toEqual([{ path: 'note', message }]);
  });
  test('passes with letters beyond the basic plane', () => {
    expect(problemOf('𝄞 🇫🇷')).toEqual([]);
  });
  test('is named by its path', () => {
    expect(checkBounds({ agents: [{}, { name: 'a\u0007' }] }, roomy)[0]?.path).toEqual('agents.1.name');
  });
  test('is held to the same as a field’s name', () => {
    expect(checkBounds({ [notInNfc]: 1 }, roomy)[0]?.message).toBe('is not in Unicode normalisation form C');
  });
});

describe('what is not JSON', () => {
  test.each([
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['a bigint', 1n],
    ['a function', () => 0],
    ['not a number', Number.NaN],
    ['undefined in an array', [undefined]],
  ])('%s is refused', (_, value) => {
    expect(checkBounds({ value }, roomy)[0]?.message).toBe('is not a JSON value');
  });
  test('names that reach into prototypes are refused', () => {
    const parsed: unknown = JSON.parse('{"__proto__": {"a": 1}, "in": {"constructor": 1}}');
    expect(checkBounds(parsed, roomy).map(({ path }) => path)).toEqual(['__proto__', 'in.constructor']);
  });
  test('a hostile value is answered briefly', () => {
    expect(checkBounds(Array(1000).fill('\u0000'), roomy)).toHaveLength(20);
  });
});
