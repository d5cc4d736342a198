import { FULL_YEAR_MINUTES } from './quota.js';

/** Minutes done at a loaded cost of so many euro cents a year, charges included. */
export interface ValuedMinutes {
  readonly minutes: number;
  readonly centsPerYear: number;
}

/** Half of an odd numerator has no whole: the even neighbour is nearer to nobody's advantage. */
const roundHalfEven = (num: bigint, den: bigint): bigint => {
  const negative = num < 0n;
  const size = negative ? -num : num;
  const whole = size / den;
  const twice = (size % den) * 2n;
  const up = twice > den || (twice === den && whole % 2n === 1n);
  const rounded = up ? whole + 1n : whole;
  return negative ? -rounded : rounded;
};

/**
 * What an exact sum of `minutes × cents per year` comes to, in euro cents: divided by the minutes of a year and rounded
 * half to even. For those who keep such a sum. Throws a `RangeError` when the value is too large for a number to be exact.
 */
export const centsOfWork = (work: bigint): number => {
  const cents = Number(roundHalfEven(work, BigInt(FULL_YEAR_MINUTES)));
  if (!Number.isSafeInteger(cents)) throw new RangeError('the value is too large to be exact');
  return cents;
};

/**
 * What minutes of work are worth, in euro cents: `minutes × cents per year / (60 × 1607)`, summed exactly and rounded
 * half to even once, at the end. Adjustments may be negative. Throws a `RangeError` on what is no whole number, or
 * when the sum is too large for a number to be exact.
 *
 * @example valueInCents([{ minutes: 9240, centsPerYear: 6_000_000 }]) // 574_984: 154 hours at 60,000 euros a year
 */
export const valueInCents = (work: Iterable<ValuedMinutes>): number => {
  let sum = 0n;
  // BigInt itself throws a RangeError on a fraction.
  for (const { minutes, centsPerYear } of work) sum += BigInt(minutes) * BigInt(centsPerYear);
  return centsOfWork(sum);
};
