import type { Aggregate } from '../kernel/aggregate.js';
import type { Recorded } from '../kernel/event.js';
import type { AssignmentId, ConventionId, EmploymentId, EntryId, SessionId } from '../kernel/identifiers.js';
import { monthOf } from '../time/calendar.js';
import type { WorkQuota } from '../time/quota.js';
import type { Instant, LocalDate, LocalTime, Month, Zone } from '../time/types.js';
import { type AgentTimeFact, agentTimeEvents, type MonthTotal } from './events.js';

/** Where an entry of hours stands; `locked` once its month is closed. */
export type EntryStatus = 'declared' | 'contested' | 'confirmed' | 'validated' | 'locked' | 'withdrawn';

/** One entry of hours. */
export interface Entry {
  readonly entryId: EntryId;
  readonly assignmentId: AssignmentId;
  readonly employmentId: EmploymentId;
  readonly conventionId?: ConventionId | undefined;
  readonly sessionId?: SessionId | undefined;
  readonly workDate: LocalDate;
  readonly start?: LocalTime | undefined;
  readonly zone: Zone;
  readonly startsAt?: Instant | undefined;
  /** The minutes first declared. */
  readonly declaredMinutes: number;
  /** The minutes as they stand: corrected, resolved and adjusted. */
  minutes: number;
  status: EntryStatus;
  /** Those who took part in it as it stands; corrections start over. */
  readonly declaredBy: string;
  confirmedBy?: string;
  validatedBy?: string;
  contest?: { readonly by: string; readonly claimedMinutes: number; readonly resolvedTo?: number };
}

/** A difference on an entry of a closed month, counted in another. */
export interface Adjustment {
  readonly entryId: EntryId;
  readonly assignmentId: AssignmentId;
  readonly deltaMinutes: number;
}

/** One month of one employment. */
export interface TimeMonth {
  /** The entries whose work date lies in it, in the order declared. */
  readonly entryIds: EntryId[];
  /** The adjustments that count in it. */
  readonly adjustments: Adjustment[];
  closed?: { readonly by: string; readonly totals: readonly MonthTotal[]; readonly digest: string };
}

/** A person's time on missions, over all missions and years: overlap, limits and quota are decided inside it. */
export interface AgentTimeState {
  readonly entries: Record<EntryId, Entry>;
  readonly months: Record<EmploymentId, Record<Month, TimeMonth>>;
  readonly quotas: Record<AssignmentId, WorkQuota>;
}

const monthIn = (draft: AgentTimeState, employmentId: EmploymentId, month: Month): TimeMonth => {
  let months = draft.months[employmentId];
  if (months === undefined) {
    months = {};
    draft.months[employmentId] = months;
  }
  let held = months[month];
  if (held === undefined) {
    held = { entryIds: [], adjustments: [] };
    months[month] = held;
  }
  return held;
};

/** Field by field: an agent’s stream is long, and taking the rest of an object cost more than all else of a fold. */
const entryOf = ({ data, actor }: Recorded<Extract<AgentTimeFact, { type: 'HoursDeclared' }>>): Entry => {
  const { entryId, assignmentId, employmentId, workDate, zone, minutes } = data;
  const entry: { -readonly [K in keyof Entry]: Entry[K] } = {
    entryId,
    assignmentId,
    employmentId,
    workDate,
    zone,
    declaredMinutes: minutes,
    minutes,
    status: 'declared',
    declaredBy: actor.id,
  };
  if (data.conventionId !== undefined) entry.conventionId = data.conventionId;
  if (data.sessionId !== undefined) entry.sessionId = data.sessionId;
  if (data.start !== undefined) entry.start = data.start;
  if (data.startsAt !== undefined) entry.startsAt = data.startsAt;
  return entry;
};

/** The agent's time: stream `agenttime-{personId}`, one for life. */
export const agentTime: Aggregate<AgentTimeState, AgentTimeFact> = {
  category: 'agenttime',
  events: agentTimeEvents,
  initial: () => ({ entries: {}, months: {}, quotas: {} }),
  evolve(draft, event) {
    switch (event.type) {
      case 'HoursDeclared': {
        const { entryId, employmentId, workDate } = event.data;
        draft.entries[entryId] = entryOf(event);
        monthIn(draft, employmentId, monthOf(workDate)).entryIds.push(entryId);
        return;
      }
      case 'PeriodClosed': {
        const { employmentId, month, totals, digest } = event.data;
        const closing = monthIn(draft, employmentId, month);
        closing.closed = { by: event.actor.id, totals, digest };
        for (const id of closing.entryIds) {
          const entry = draft.entries[id];
          if (entry?.status === 'validated') entry.status = 'locked';
        }
        return;
      }
      case 'QuotaTaken':
        draft.quotas[event.data.assignmentId] = event.data.quota;
        return;
      case 'QuotaReleased':
        delete draft.quotas[event.data.assignmentId];
        return;
      default: {
        const entry = draft.entries[event.data.entryId];
        if (entry !== undefined) evolveEntry(draft, entry, event);
      }
    }
  },
};

type EntryFact = Extract<AgentTimeFact, { data: { entryId: EntryId } }>;
type LaterEntryFact = Exclude<EntryFact, { type: 'HoursDeclared' }>;

const evolveEntry = (draft: AgentTimeState, entry: Entry, event: Recorded<LaterEntryFact>): void => {
  switch (event.type) {
    case 'HoursConfirmed':
      entry.status = 'confirmed';
      entry.confirmedBy = event.actor.id;
      return;
    case 'HoursContested':
      entry.status = 'contested';
      entry.contest = { by: event.actor.id, claimedMinutes: event.data.claimedMinutes };
      return;
    case 'ContestResolved':
      entry.status = 'confirmed';
      entry.confirmedBy = event.actor.id;
      entry.minutes = event.data.minutes;
      if (entry.contest) entry.contest = { ...entry.contest, resolvedTo: event.data.minutes };
      return;
    case 'HoursCorrected':
      // The figure is new, so those who stood by the old one start over.
      entry.status = 'declared';
      entry.minutes += event.data.deltaMinutes;
      delete entry.confirmedBy;
      delete entry.validatedBy;
      delete entry.contest;
      return;
    case 'HoursWithdrawn':
      entry.status = 'withdrawn';
      return;
    case 'HoursValidated':
      entry.status = 'validated';
      entry.validatedBy = event.actor.id;
      return;
    case 'AdjustmentRecorded': {
      const { entryId, deltaMinutes, countsIn } = event.data;
      entry.minutes += deltaMinutes;
      const { assignmentId, employmentId } = entry;
      monthIn(draft, employmentId, countsIn).adjustments.push({ entryId, assignmentId, deltaMinutes });
      return;
    }
    default:
      event satisfies never;
  }
};
