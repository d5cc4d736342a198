import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { isErased, personal, personalFields } from './personal.js';

describe('the personal fields of a schema', () => {
  const name = z.string().max(10);

  test('are found in objects, arrays, unions and behind optional and nullable', () => {
    const schema = z.strictObject({
      plain: z.string(),
      name: personal(name, '@stream').optional(),
      people: z.array(z.strictObject({ personId: z.string(), note: personal(z.string(), 'personId').nullable() })),
      either: z.union([z.strictObject({ text: personal(z.string(), '@actor') }), z.strictObject({ n: z.int() })]),
    });
    expect(personalFields(schema)).toEqual([
      { path: ['name'], subject: '@stream' },
      { path: ['people', '*', 'note'], subject: 'personId' },
      { path: ['either', 'text'], subject: '@actor' },
    ]);
  });

  test('are marked on a schema of their own: another use of the same shape stays plain', () => {
    personal(name, '@stream');
    expect(personalFields(z.strictObject({ name }))).toEqual([]);
  });

  test('may not be declared where no path leads to: they would be stored in clear', () => {
    const secret = personal(name, '@stream');
    for (const hidden of [
      z.record(z.string(), secret),
      z.tuple([secret]),
      z.intersection(z.object({ secret }), z.object({})),
    ])
      expect(() => personalFields(z.strictObject({ hidden }))).toThrow('cannot be encrypted');
  });

  test('keep the checks of the schema they are made from', () => {
    expect(personal(name, '@stream').safeParse('far too long for ten').success).toBe(false);
  });
});

test('the marker of an erased value is told from any value', () => {
  expect(isErased({ erased: true })).toBe(true);
  expect([undefined, null, '', 'erased', {}, { erased: false }].some(isErased)).toBe(false);
});
