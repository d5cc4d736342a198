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
