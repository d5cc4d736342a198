import * as z from 'zod';

/** The share of a duty that an assignment may take: an exact fraction, counted over a week or a year. */
export const WorkQuota = z
  .strictObject({
    num: z.int().positive().max(10_000),
    den: z.int().positive().max(10_000),
    window: z.enum(['week', 'year']),
  })
  .refine(({ num, den }) => num <= den, 'at most the whole: num ≤ den');
export type WorkQuota = z.output<typeof WorkQuota>;

/** An exact fraction; bigint, because the common denominator of many quotas outgrows a double. */
export interface Share {
  readonly num: bigint;
  readonly den: bigint;
}

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));

/** The exact sum of quotas, reduced; 0/1 for none. Weekly and yearly quotas are shares of the same duty, so they add. */
export const sumOfQuotas = (quotas: Iterable<Pick<WorkQuota, 'num' | 'den'>>): Share => {
  let num = 0n;
  let den = 1n;
  for (const quota of quotas) {
    num = num * BigInt(quota.den) + BigInt(quota.num) * den;
    den *= BigInt(quota.den);
    const shared = gcd(num, den);
    num /= shared;
    den /= shared;
  }
  return { num, den };
};

/** True when a share is at most the whole duty. */
export const atMostWhole = ({ num, den }: Share): boolean => num <= den;

/** A share as people write it: `3/10`. */
export const shareText = ({ num, den }: { readonly num: bigint | number; readonly den: bigint | number }): string =>
  `${num}/${den}`;

/** True when two quotas are the same share (1/2 is 2/4) of the same window. */
export const sameQuota = (a: WorkQuota, b: WorkQuota): boolean =>
  a.window === b.window && a.num * b.den === b.num * a.den;

/** Yearly working time at full duty, in minutes: 1,607 hours (CGFP art. L611-1). */
export const FULL_YEAR_MINUTES = 1607 * 60;

/** Weekly working time at full duty, in minutes: 35 hours (CGFP art. L611-1; code du travail art. L3121-27). */
export const FULL_WEEK_MINUTES = 2100;

/**
 * How many minutes a quota allows in one window, floored once, at the end.
 *
 * A week allows `weeklyMinutes × quota`, and is not prorated. A year allows
 * `1,607 h × weeklyMinutes / 2,100 × quota × daysInForce / daysInYear`.
 *
 * @param weeklyMinutes the weekly duty of the employment
 * @param daysInForce days of the year on which the convention is in force for the agent (suspended days are not)
 * @param daysInYear 365 or 366
 * @example ceilingMinutes({ num: 1, den: 10, window: 'year' }, 2100, 'year', 365, 365) // 9642
 */
export const ceilingMinutes = (
  quota: Pick<WorkQuota, 'num' | 'den'>,
  weeklyMinutes: number,
  window: WorkQuota['window'],
  daysInForce: number,
  daysInYear: number,
): number => {
  const share = BigInt(weeklyMinutes) * BigInt(quota.num);
  // Division of non-negative bigints floors.
  if (window === 'week') return Number(share / BigInt(quota.den));
  const whole = share * BigInt(FULL_YEAR_MINUTES) * BigInt(daysInForce);
  return Number(whole / (BigInt(FULL_WEEK_MINUTES) * BigInt(quota.den) * BigInt(daysInYear)));
};
