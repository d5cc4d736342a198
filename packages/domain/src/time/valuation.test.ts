import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { valueInCents } from './valuation.js';

const worth = (minutes: number, centsPerYear: number) => valueInCents([{ minutes, centsPerYear }]);

describe('the value of hours', () => {
  test('is the loaded cost of a year for the 1,607 hours of one', () => {
    expect(worth(1607 * 60, 6_000_000)).toBe(6_000_000);
    expect(worth(60, 6_000_000)).toBe(3734);
    expect(worth(154 * 60, 6_000_000)).toBe(574_984);
    expect(worth(0, 6_000_000)).toBe(0);
  });
  test('rounds half a cent to the even neighbour', () => {
    // 96,420 minutes a year: 48,210 of them at one cent a year are half a cent.
    expect([1, 3, 5, 7].map((cents) => worth(48_210, cents))).toEqual([0, 2, 2, 4]);
    expect(worth(-48_210, 3)).toBe(-2);
    expect(worth(48_211, 1)).toBe(1);
  });
  test('is rounded once for a sum: halves of a cent do not get lost', () => {
    const halves = Array.from({ length: 10 }, () => ({ minutes: 48_210, centsPerYear: 1 }));
    expect(valueInCents(halves)).toBe(5);
  });
  test('of whole years at any cost is exact', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 100_000_000 }), (years, cents) => {
        expect(worth(years * 1607 * 60, cents)).toBe(years * cents);
      }),
    );
  });
  test('does not depend on how the work is cut up', () => {
    const minutes = fc.array(fc.integer({ min: -600, max: 600 }), { maxLength: 20 });
    fc.assert(
      fc.property(minutes, fc.integer({ min: 0, max: 20_000_000 }), (parts, centsPerYear) => {
        const whole = parts.reduce((sum, part) => sum + part, 0);
        expect(valueInCents(parts.map((part) => ({ minutes: part, centsPerYear })))).toBe(worth(whole, centsPerYear));
      }),
    );
  });
  test('of a part of a minute is refused', () => expect(() => worth(0.5, 1)).toThrow(RangeError));
});
