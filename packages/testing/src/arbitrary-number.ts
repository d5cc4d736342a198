import fc, { type Arbitrary } from 'fast-check';
import type * as z from 'zod';
import { checksOf } from './checks.js';

/** Numbers that the log can hold: no −0, no integers that a double cannot tell apart. */
const isExact = (value: number): boolean =>
  !Object.is(value, -0) && (!Number.isInteger(value) || Number.isSafeInteger(value));

/** Numbers within the bounds of a schema. */
export const numberArbitrary = (def: z.core.$ZodNumberDef): Arbitrary<number> => {
  const checks = checksOf(def);
  const whole = ('format' in def && def.format === 'safeint') || checks.some(({ check }) => check === 'number_format');
  let [min, max] = [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
  let [above, below] = [false, false];
  for (const { check, value = 0, inclusive = true } of checks) {
    if (check === 'greater_than' && value >= min) [min, above] = [value, !inclusive];
    if (check === 'less_than' && value <= max) [max, below] = [value, !inclusive];
  }
  if (whole) return fc.integer({ min: Math.ceil(min) + (above ? 1 : 0), max: Math.floor(max) - (below ? 1 : 0) });
  return fc.double({ min, max, minExcluded: above, maxExcluded: below, noNaN: true }).filter(isExact);
};
