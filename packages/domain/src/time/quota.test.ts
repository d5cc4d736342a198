import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { atMostWhole, ceilingMinutes, sameQuota, shareText, sumOfQuotas, WorkQuota } from './quota.js';

const quota = (num: number, den: number, window: 'week' | 'year' = 'week') => WorkQuota.parse({ num, den, window });

describe('the sum of quotas', () => {
  test('three thirds are exactly the whole', () => {
    expect(sumOfQuotas([quota(1, 3), quota(1, 3), quota(1, 3)])).toEqual({ num: 1n, den: 1n });
  });
  test('nine tenths, 99/1000 and 10/10000 are the whole, and a ten-thousandth more is not', () => {
    const whole = [quota(9, 10), quota(99, 1000), quota(10, 10_000)];
    expect(atMostWhole(sumOfQuotas(whole))).toBe(true);
    expect(atMostWhole(sumOfQuotas([...whole, quota(1, 10_000)]))).toBe(false);
  });
  test('stays exact where a double would not', () => {
    // 1/9973 + 1/9967 + … over primes: the denominator passes 2^53 at the fourth.
    const primes = [9973, 9967, 9949, 9941, 9931];
    const { den } = sumOfQuotas(primes.map((prime) => quota(1, prime)));
    expect(den).toBe(primes.reduce((product, prime) => product * BigInt(prime), 1n));
  });
  test('is nothing for none', () => {
    expect(shareText(sumOfQuotas([]))).toBe('0/1');
  });
  test('does not depend on order', () => {
    const quotas = fc.array(fc.tuple(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 99, max: 10_000 })));
    fc.assert(
      fc.property(quotas, (pairs) => {
        const all = pairs.map(([num, den]) => quota(num, den));
        expect(sumOfQuotas([...all].reverse())).toEqual(sumOfQuotas(all));
      }),
    );
  });
});

describe('the same quota', () => {
  test('may be written with other figures', () => expect(sameQuota(quota(1, 2), quota(2, 4))).toBe(true));
  test('is of the same window', () => expect(sameQuota(quota(1, 2), quota(1, 2, 'year'))).toBe(false));
});

describe('the ceiling of minutes', () => {
  test('full-time, a tenth by year, in force all 2027: 9,642 minutes', () => {
    expect(ceilingMinutes(quota(1, 10, 'year'), 2100, 'year', 365, 365)).toBe(9642);
  });
  test('a half-day a week of 35 hours is a tenth: 210 minutes', () => {
    expect(ceilingMinutes(quota(1, 10), 2100, 'week', 7, 365)).toBe(210);
  });
  test('a weekly base is not prorated', () => {
    expect(ceilingMinutes(quota(1, 10), 2100, 'week', 0, 365)).toBe(210);
  });
  test('a weekly base is floored to the minute', () => {
    expect(ceilingMinutes(quota(1, 3), 2000, 'week', 7, 365)).toBe(666);
  });
  test('a year is prorated by days in force, and floored once', () => {
    // 96,420 × 1680/2100 × 1/7 × 100/366 = 3,010.77…
    expect(ceilingMinutes(quota(1, 7, 'year'), 1680, 'year', 100, 366)).toBe(3010);
  });
  test('no day in force allows nothing', () => {
    expect(ceilingMinutes(quota(1, 1, 'year'), 2100, 'year', 0, 365)).toBe(0);
  });
  test('the whole of a leap year in force is the whole', () => {
    expect(ceilingMinutes(quota(1, 1, 'year'), 2100, 'year', 366, 366)).toBe(96_420);
  });
});
