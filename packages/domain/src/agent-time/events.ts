import * as z from 'zod';
import { defineEvent, type FactOf } from '../kernel/event.js';
import { AssignmentId, ConventionId, EmploymentId, EntryId, SessionId } from '../kernel/identifiers.js';
import { personal } from '../kernel/personal.js';
import { WorkQuota } from '../time/quota.js';
import { Fold, Instant, LocalDate, LocalTime, Month, Zone } from '../time/types.js';

const delta = z.int().min(-1440).max(1440);

/**
 * The agent's own word. The wall clock is kept as it was given, and the instant beside it: derived once, at the
 * decision, so that a later release of the time-zone database never moves what was decided.
 */
export const HoursDeclared = defineEvent(
  'HoursDeclared',
  z.strictObject({
    entryId: EntryId,
    assignmentId: AssignmentId,
    employmentId: EmploymentId,
    conventionId: ConventionId.optional(),
    sessionId: SessionId.optional(),
    workDate: LocalDate,
    start: LocalTime.optional(),
    fold: Fold.optional(),
    /** The zone of the site. */
    zone: Zone,
    /** The instant of `start`; absent when no start was given. */
    startsAt: Instant.optional(),
    minutes: z.int().positive().max(1440),
    activity: personal(z.string().min(1).max(500), '@stream'),
  }),
);

/** The tutor stands by the entry as it is. */
export const HoursConfirmed = defineEvent('HoursConfirmed', z.strictObject({ entryId: EntryId }));

/** The tutor says it was another figure: `claimedMinutes`. */
export const HoursContested = defineEvent(
  'HoursContested',
  z.strictObject({ entryId: EntryId, claimedMinutes: z.int().min(0).max(1440) }),
);

/** The officer's resolution is the confirmation. */
export const ContestResolved = defineEvent(
  'ContestResolved',
  z.strictObject({ entryId: EntryId, minutes: z.int().min(0).max(1440) }),
);

/** The agent takes minutes off or adds some; whoever stood by the entry starts over. */
export const HoursCorrected = defineEvent('HoursCorrected', z.strictObject({ entryId: EntryId, deltaMinutes: delta }));

/** The agent takes the entry back; it counts nowhere any more. */
export const HoursWithdrawn = defineEvent('HoursWithdrawn', z.strictObject({ entryId: EntryId }));

/** HR admits the entry as working time. */
export const HoursValidated = defineEvent('HoursValidated', z.strictObject({ entryId: EntryId }));

/** What a closed month holds for one assignment: validated minutes of its entries, and adjustments that count in it. */
export const MonthTotal = z.strictObject({
  assignmentId: AssignmentId,
  entries: z.int().nonnegative(),
  /** May be below zero, when adjustments of earlier months outweigh it. */
  minutes: z.int().min(-527_040).max(527_040),
});
/** See {@link MonthTotal}. */
export type MonthTotal = z.output<typeof MonthTotal>;

/** HR closes a month of an employment: its entries are locked. */
export const PeriodClosed = defineEvent(
  'PeriodClosed',
  z.strictObject({
    employmentId: EmploymentId,
    month: Month,
    totals: z.array(MonthTotal).max(200),
    /** SHA-256 (hex) over the canonical form of the month's validated entries and adjustments. */
    digest: z.string().regex(/^[0-9a-f]{64}$/),
  }),
);

/** After closure: a closed month never changes, so the difference counts in a later month that is open. */
export const AdjustmentRecorded = defineEvent(
  'AdjustmentRecorded',
  z.strictObject({ entryId: EntryId, deltaMinutes: delta, countsIn: Month }),
);

const share = z.strictObject({ assignmentId: AssignmentId, quota: WorkQuota });

/** An assignment gives its share of the duty back. */
export const QuotaReleased = defineEvent('QuotaReleased', share);

/** An assignment holds this share of the duty. */
export const QuotaTaken = defineEvent('QuotaTaken', share, [], QuotaReleased.of);

/** Every event of an agent's time. */
export const agentTimeEvents = {
  HoursDeclared,
  HoursConfirmed,
  HoursContested,
  ContestResolved,
  HoursCorrected,
  HoursWithdrawn,
  HoursValidated,
  PeriodClosed,
  AdjustmentRecorded,
  QuotaTaken,
  QuotaReleased,
} as const;

/** Any fact of an agent's time. */
export type AgentTimeFact = FactOf<typeof agentTimeEvents>;
