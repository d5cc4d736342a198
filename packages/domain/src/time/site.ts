import * as z from 'zod';
import { Zone } from './types.js';

/** Whose public holidays a site keeps; `fr` is metropolitan France without Alsace-Moselle. */
export const HolidayCalendar = z.enum([
  'fr',
  'fr-alsace-moselle',
  'fr-971',
  'fr-972',
  'fr-973',
  'fr-974',
  'fr-975',
  'fr-976',
  'fr-977',
  'fr-978',
  'fr-986',
  'fr-987',
  'fr-988',
]);
export type HolidayCalendar = z.output<typeof HolidayCalendar>;

/** Where a mission takes place: its clock and its holidays come from here (Strasbourg keeps Paris time, not its holidays). */
export const Site = z.strictObject({ place: z.string().min(1).max(200), zone: Zone, holidayCalendar: HolidayCalendar });
export type Site = z.output<typeof Site>;
