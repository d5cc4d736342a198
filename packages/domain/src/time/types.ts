import * as z from 'zod';

/** A point in time, UTC, to the millisecond: `2026-03-02T09:00:00.000Z`. Instants compare as strings. */
export const Instant = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text).toISOString())
  .brand<'Instant'>();
export type Instant = z.output<typeof Instant>;

/** A day of the civil calendar, without a zone: `2026-03-02`. Local dates compare as strings. */
export const LocalDate = z.iso.date().brand<'LocalDate'>();
export type LocalDate = z.output<typeof LocalDate>;

/** A time of day on a wall clock: `09:30`. */
export const LocalTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day, HH:MM')
  .brand<'LocalTime'>();
export type LocalTime = z.output<typeof LocalTime>;

/** A calendar month: `2026-03`. */
export const Month = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month, YYYY-MM')
  .brand<'Month'>();
export type Month = z.output<typeof Month>;

/** An IANA time zone: `Europe/Paris`. */
export const Zone = z.string().max(64).refine(isZone, 'an IANA time zone, such as Europe/Paris').brand<'Zone'>();
export type Zone = z.output<typeof Zone>;

/** Which of the two instants an ambiguous local time means, on the night the clocks go back. */
export const Fold = z.enum(['first', 'second']);
export type Fold = z.output<typeof Fold>;

/** Whole minutes. */
export const Minutes = z.int().min(0).max(527_040);

/** Asking for a zone's format tells of every name, aliases too, but costs much more than looking here first. */
const commonZones: ReadonlySet<string> = new Set(Intl.supportedValuesOf('timeZone'));

function isZone(zone: string): boolean {
  if (commonZones.has(zone)) return true;
  try {
    return (
      new Intl.DateTimeFormat('en-US', { timeZone: zone }).resolvedOptions().timeZone.length > 0 && /[A-Z]/.test(zone)
    );
  } catch {
    return false;
  }
}
