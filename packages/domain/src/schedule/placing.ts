import { engagementOf, type HostedEngagement, hosted, standingOn } from '../agent-time/engagement.js';
import { assignmentsWithQuota } from '../agent-time/queries.js';
import { agentTime } from '../agent-time/state.js';
import type { AssignmentId, PersonId } from '../kernel/identifiers.js';
import type { Judgement } from '../kernel/judgement.js';
import { type Reading, read } from '../kernel/reading.js';
import { holidayOn } from '../time/holidays.js';
import type { Rhythm } from '../time/rhythm.js';
import { datesBeyondRhythm } from '../time/rhythm-excess.js';
import type { Site } from '../time/site.js';
import type { Fold, LocalDate, LocalTime } from '../time/types.js';
import { minutesByLocalDay, resolveLocalTime } from '../time/zone.js';
import type { Slot } from './events.js';
import { type IdentifiedSession, overlap, takenSessions } from './queries.js';
import type { ScheduleRuleId } from './rules.js';
import { schedule } from './state.js';

/** What planning a session must know beside the schedule. */
export interface Planning extends HostedEngagement {
  /** Sessions of the person's other live assignments. */
  readonly elsewhere: readonly IdentifiedSession[];
}

/** Reads what planning must know: the engagement, and the schedules of the person's other live assignments. */
export function* planningOf(assignmentId: AssignmentId): Reading<Planning> {
  const engagement = yield* hosted(yield* engagementOf(assignmentId));
  const personId = engagement.assignment.assigned?.personId;
  const elsewhere: IdentifiedSession[] = [];
  if (personId !== undefined) {
    for (const other of assignmentsWithQuota(yield* read(agentTime, personId))) {
      if (other !== assignmentId) elsewhere.push(...takenSessions(yield* read(schedule, other)));
    }
  }
  return { ...engagement, elsewhere };
}

/** A wall-clock time that a session is wanted at. */
export interface Wanted {
  readonly date: LocalDate;
  readonly start: LocalTime;
  readonly fold?: Fold | undefined;
  readonly minutes: number;
}

/** Resolves wanted times to slots; those that the clock does not have, or has twice, are refused by their dates. */
export const slotsOf = (
  wanted: readonly Wanted[],
  { zone, place }: Pick<Site, 'zone' | 'place'>,
  judgement: Judgement<ScheduleRuleId>,
): readonly Slot[] => {
  const problems = { nonexistent: [] as LocalDate[], ambiguous: [] as LocalDate[] };
  const slots = wanted.flatMap(({ date, start, fold, minutes }): Slot[] => {
    const resolved = resolveLocalTime(date, start, zone, fold);
    if ('problem' in resolved) {
      problems[resolved.problem].push(date);
      return [];
    }
    return [{ date, start, zone, startsAt: resolved.instant, minutes, place, ...(fold === undefined ? {} : { fold }) }];
  });
  for (const problem of ['nonexistent', 'ambiguous'] as const) {
    const facts = { start: wanted[0]?.start ?? null, zone, dates: problems[problem] };
    judgement.require(`session.${problem}-local-time`, problems[problem].length === 0, facts);
  }
  return slots;
};

/** What is judged of slots: those of one command, beside the sessions that are there already. */
export interface Placing {
  readonly planning: Planning;
  readonly personId: PersonId;
  readonly slots: readonly Slot[];
  /** Sessions of the same assignment that stay where they are. */
  readonly beside: readonly IdentifiedSession[];
  readonly calendar: Site['holidayCalendar'];
}

/** Looks at every rule on where sessions may be placed. */
export const judgePlacing = (judgement: Judgement<ScheduleRuleId>, placing: Placing): void => {
  const { planning, personId, slots, beside, calendar } = placing;
  const { assignmentId } = planning;
  const standing = (slot: Slot) =>
    minutesByLocalDay(slot.startsAt, slot.minutes, slot.zone).map(({ date }) => standingOn(planning, personId, date));
  const suspended = slots.filter((slot) => standing(slot).includes('suspended'));
  const outside = slots.filter((slot) => !suspended.includes(slot) && standing(slot).some((day) => day !== 'on'));
  judgement.require('session.in-suspension', suspended.length === 0, { assignmentId, dates: datesOf(suspended) });
  judgement.require('session.outside-force', outside.length === 0, { assignmentId, dates: datesOf(outside) });
  const holidays = slots.filter(({ date }) => holidayOn(date, calendar) !== undefined);
  judgement.require('session.on-holiday', holidays.length === 0, { calendar, dates: datesOf(holidays) });
  requireNoOverlap(judgement, slots, beside, 'refuse');
  requireNoOverlap(judgement, slots, planning.elsewhere, 'warn');
  const { proposed } = planning.mission;
  const { assigned } = planning.assignment;
  if (proposed === undefined || assigned === undefined) return;
  const beyond = datesBeyondRhythm(proposed.rhythm, slots, beside, assigned.from);
  judgement.require('session.exceeds-rhythm', beyond.length === 0, { rhythm: told(proposed.rhythm), dates: beyond });
};

const requireNoOverlap = (
  judgement: Judgement<ScheduleRuleId>,
  slots: readonly Slot[],
  others: readonly IdentifiedSession[],
  severity: 'refuse' | 'warn',
): void => {
  const met = slots.flatMap((slot) => others.filter((other) => overlap(slot, other)).map((other) => ({ slot, other })));
  const facts = {
    dates: [...new Set(met.map(({ slot }) => slot.date))],
    sessionIds: [...new Set(met.map(({ other }) => other.sessionId))].slice(0, 1000),
  };
  judgement.require('session.overlaps-session', met.length === 0, facts, { severity });
};

const datesOf = (slots: readonly Slot[]): readonly LocalDate[] => slots.map(({ date }) => date);

const told = (rhythm: Rhythm): string =>
  'rrule' in rhythm
    ? rhythm.rrule
    : `${rhythm.count}/${rhythm.per}${rhythm.minutes === undefined ? '' : `, ${rhythm.minutes} min`}`;
