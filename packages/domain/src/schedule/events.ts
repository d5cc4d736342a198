import * as z from 'zod';
import { Role } from '../kernel/envelope.js';
import { defineEvent, type FactOf } from '../kernel/event.js';
import { SeriesId, SessionId } from '../kernel/identifiers.js';
import { Rhythm } from '../time/rhythm.js';
import { Site } from '../time/site.js';
import { Fold, Instant, LocalDate, LocalTime, Zone } from '../time/types.js';

/** A session's length in minutes: at most ten hours, the longest working day. */
export const SessionMinutes = z.int().positive().max(600);

/**
 * When and where a session takes place: wall clock and zone of the site, and the instant derived from them once, so
 * that a later release of the time-zone database never moves what was planned.
 */
export const Slot = z.strictObject({
  date: LocalDate,
  start: LocalTime,
  fold: Fold.optional(),
  zone: Zone,
  startsAt: Instant,
  minutes: SessionMinutes,
  place: z.string().min(1).max(200),
});
/** See {@link Slot}. */
export type Slot = z.output<typeof Slot>;

/** A series, as it was asked for; its sessions follow as {@link SessionPlanned}. */
export const SessionSeriesPlanned = defineEvent(
  'SessionSeriesPlanned',
  z.strictObject({
    seriesId: SeriesId,
    rhythm: Rhythm,
    from: LocalDate,
    to: LocalDate,
    site: Site,
    start: LocalTime,
    minutes: SessionMinutes,
    skipHolidays: z.boolean(),
    exclusions: z.array(LocalDate).max(400),
  }),
);

/** A session is to take place. */
export const SessionPlanned = defineEvent(
  'SessionPlanned',
  z.strictObject({
    sessionId: SessionId,
    /** Counts from 1; a moved session has the next one. */
    version: z.int().positive(),
    seriesId: SeriesId.optional(),
    ...Slot.shape,
  }),
);

/** A session moves; `by` is the role of whoever moved it. */
export const SessionRescheduled = defineEvent(
  'SessionRescheduled',
  z.strictObject({ sessionId: SessionId, version: z.int().positive(), from: Slot, to: Slot, by: Role }),
);

/** A session does not take place; `by` is the role of whoever cancelled it. */
export const SessionCancelled = defineEvent(
  'SessionCancelled',
  z.strictObject({ sessionId: SessionId, version: z.int().positive(), by: Role }),
);

/** A cancelled session takes place after all, as it stood. */
export const SessionReinstated = defineEvent(
  'SessionReinstated',
  z.strictObject({ sessionId: SessionId, version: z.int().positive() }),
);

/** A session took place. */
export const SessionHeld = defineEvent('SessionHeld', z.strictObject({ sessionId: SessionId }));

/** Whether excused, never why: the reasons of an absence are not recorded. */
export const SessionMissed = defineEvent(
  'SessionMissed',
  z.strictObject({ sessionId: SessionId, excused: z.boolean() }),
);

/** Every event of a schedule. */
export const scheduleEvents = {
  SessionSeriesPlanned,
  SessionPlanned,
  SessionRescheduled,
  SessionCancelled,
  SessionReinstated,
  SessionHeld,
  SessionMissed,
} as const;

/** Any fact of a schedule. */
export type ScheduleFact = FactOf<typeof scheduleEvents>;
