import { within } from '../time/calendar.js';
import type { LocalDate } from '../time/types.js';
import type { Validity } from './columns.js';

/** True when a row of a framework's table holds on `day`. */
export const holdsOn = ({ from, until }: Validity, day: LocalDate): boolean => within(day, from ?? day, until);
