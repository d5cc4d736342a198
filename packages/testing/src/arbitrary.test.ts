import { describe, expect, test } from '@jest/globals';
import { checkBounds, domain, EnvelopeSchema } from '@probono/domain';
import fc from 'fast-check';
import * as z from 'zod';
import { arbitraryOf } from './arbitrary.js';
import { commandData, eventData } from './facts.js';

const numRuns = 25;

describe('generated values', () => {
  test.each(Object.keys(domain.handlers))('are data that %s takes', (name) => {
    const schema = domain.handlers[name]?.spec.schema;
    fc.assert(
      fc.property(commandData(domain, name), (data) => {
        expect(schema?.safeParse(data)).toMatchObject({ success: true });
        expect(checkBounds(data)).toEqual([]);
      }),
      { numRuns },
    );
  });

  test.each(Object.keys(domain.events))('are data that %s takes', (type) => {
    const schema = domain.events[type]?.schema;
    fc.assert(
      fc.property(eventData(domain, type), (data) => {
        expect(schema?.safeParse(data)).toMatchObject({ success: true });
      }),
      { numRuns },
    );
  });

  test('are envelopes', () => {
    fc.assert(
      fc.property(arbitraryOf(EnvelopeSchema), (envelope) => {
        expect(EnvelopeSchema.safeParse(envelope)).toMatchObject({ success: true });
      }),
      { numRuns },
    );
  });

  test('reach both ends of what a schema allows, and leave optional fields out', () => {
    const schema = z.strictObject({ minutes: z.int().positive().max(3), note: z.string().min(1).max(2).optional() });
    const seen = fc.sample(arbitraryOf(schema), { numRuns: 200, seed: 1 });
    expect(new Set(seen.map(({ minutes }) => minutes))).toEqual(new Set([1, 2, 3]));
    expect(new Set(seen.map((value) => 'note' in value))).toEqual(new Set([true, false]));
  });

  test('stand where they are steered, by the path of the field', () => {
    const schema = z.strictObject({ people: z.array(z.strictObject({ id: z.uuidv7() })).min(1) });
    const id = '01900000-0000-7000-8000-000000000001';
    const at = (path: readonly string[]) => (path.join('.') === 'people.*.id' ? fc.constant(id) : undefined);
    for (const { people } of fc.sample(arbitraryOf(schema, { at }), 20))
      expect(new Set(people.map((one) => one.id))).toEqual(new Set([id]));
  });

  test('are refused for what JSON does not have', () => {
    expect(() => arbitraryOf(z.strictObject({ born: z.date() }))).toThrow(
      "born: no values can be generated for zod's date",
    );
  });
});
