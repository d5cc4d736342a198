import * as z from 'zod';

/** How often sessions take place: so many per week, fortnight or month; or by an RFC 5545 recurrence rule. */
export const Rhythm = z.union([
  z.strictObject({
    count: z.int().positive().max(31),
    per: z.enum(['week', 'fortnight', 'month']),
    minutes: z.int().positive().max(600).optional(),
  }),
  z.strictObject({ rrule: z.string().min(5).max(400) }),
]);
export type Rhythm = z.output<typeof Rhythm>;
