import { digestOf } from '../kernel/digest.js';
import { type SeriesId, SessionId } from '../kernel/identifiers.js';
import type { LocalDate } from '../time/types.js';

const VARIANTS = '89ab';

/**
 * The id of a series' session on a date: the same whenever it is derived, so that a series planned twice is the same
 * sessions. In the form of a UUIDv7 (RFC 9562, section 5.7) whose time is the date and whose random bits are a digest.
 */
export const sessionIdOf = (seriesId: SeriesId, date: LocalDate): SessionId => {
  const time = Math.max(0, Date.parse(`${date}T00:00:00.000Z`))
    .toString(16)
    .padStart(12, '0');
  const digest = digestOf({ seriesId, date });
  const variant = VARIANTS.charAt(Number.parseInt(digest.charAt(3), 16) % 4);
  return SessionId.parse(
    `${time.slice(0, 8)}-${time.slice(8)}-7${digest.slice(0, 3)}-${variant}${digest.slice(4, 7)}-${digest.slice(7, 19)}`,
  );
};
