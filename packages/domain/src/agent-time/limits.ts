import type { AssignmentTerms } from '../assignment/events.js';
import { daysInForce } from '../convention/force.js';
import { poolLeft } from '../convention/queries.js';
import type { Judgement } from '../kernel/judgement.js';
import { employmentOf, weeklyMinutesOn } from '../person/queries.js';
import type { PersonState } from '../person/state.js';
import { addDays, daysInclusive, isoDay, isoWeekOf } from '../time/calendar.js';
import { ceilingMinutes, shareText, type WorkQuota } from '../time/quota.js';
import type { LocalDate } from '../time/types.js';
import { type Claim, daysOf, entriesNear } from './claim.js';
import type { Engagement } from './engagement.js';
import { declaredMinutes } from './queries.js';
import type { AgentTimeRuleId } from './rules.js';
import type { AgentTimeState } from './state.js';

/** Ten hours: the longest working day, in minutes. */
export const DAILY_LIMIT_MINUTES = 600;

/** What limits are judged against, beside the agent's own time. */
export interface Limiting {
  readonly engagement: Engagement;
  readonly terms: AssignmentTerms;
  readonly person: Readonly<PersonState>;
}

/** Looks at overlap, the daily limit, quota and allotment of a claim with minutes in it. */
export const judgeLimits = (
  judgement: Judgement<AgentTimeRuleId>,
  state: Readonly<AgentTimeState>,
  claim: Claim,
  limiting: Limiting,
): void => {
  requireNoOverlap(judgement, state, claim);
  requireDailyLimit(judgement, state, claim);
  const { quota, allottedMinutes: given } = limiting.terms;
  if (quota !== undefined) requireQuota(judgement, state, claim, limiting, quota);
  if (given === undefined) return;
  const { assignmentId } = claim;
  const minutes = declaredMinutes(state, assignmentId) - (state.entries[claim.entryId]?.minutes ?? 0) + claim.minutes;
  const allotted = allottedNow(limiting.engagement, given);
  judgement.require('hours.allotment-exceeded', minutes <= allotted, { assignmentId, allotted, minutes });
};

/** What was released is declared late all the same, as long as nobody else has taken it from the pool. */
const allottedNow = ({ assignmentId, convention }: Engagement, given: number): number => {
  const left = convention && poolLeft(convention);
  if (convention === undefined || left === undefined) return given;
  const held = convention.allotments[assignmentId]?.minutes ?? given;
  return Math.min(given, held + Math.max(0, left));
};

const MINUTE = 60_000;

/** Entries with a start compare as instants, over all missions, whatever the day, the year or the zone. */
const requireNoOverlap = (
  judgement: Judgement<AgentTimeRuleId>,
  state: Readonly<AgentTimeState>,
  claim: Claim,
): void => {
  if (claim.startsAt === undefined) return;
  const start = Date.parse(claim.startsAt);
  const end = start + claim.minutes * MINUTE;
  const met = entriesNear(state, claim, claim.workDate, claim.workDate).filter(({ startsAt, minutes }) => {
    if (startsAt === undefined || minutes <= 0) return false;
    const at = Date.parse(startsAt);
    return at < end && start < at + minutes * MINUTE;
  });
  judgement.require('hours.overlap', met.length === 0, { entryIds: met.map(({ entryId }) => entryId) });
};

/** All minutes of a local day of the claim's site, over all missions; entries without a start count on their date. */
const requireDailyLimit = (
  judgement: Judgement<AgentTimeRuleId>,
  state: Readonly<AgentTimeState>,
  claim: Claim,
): void => {
  const byDay = new Map(daysOf(claim).map(({ date, minutes }) => [date, minutes]));
  for (const other of entriesNear(state, claim, claim.workDate, claim.workDate)) {
    for (const { date, minutes } of daysOf(other, claim.zone)) {
      const sum = byDay.get(date);
      if (sum !== undefined) byDay.set(date, sum + minutes);
    }
  }
  const dates = [...byDay].filter(([, minutes]) => minutes > DAILY_LIMIT_MINUTES).map(([date]) => date);
  judgement.require('hours.daily-limit', dates.length === 0, {
    dates,
    minutes: Math.max(...byDay.values()),
    limit: DAILY_LIMIT_MINUTES,
  });
};

/** A window of a quota; both ends are days in it. */
interface QuotaWindow {
  readonly name: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
}

const windowOf = (date: LocalDate, window: WorkQuota['window']): QuotaWindow => {
  if (window === 'week') {
    const from = addDays(date, 1 - isoDay(date));
    return { name: isoWeekOf(date), from, to: addDays(from, 6) };
  }
  const year = date.slice(0, 4);
  return { name: year, from: `${year}-01-01` as LocalDate, to: `${year}-12-31` as LocalDate }; // ISO dates
};

/** One finding per window that the claim's minutes fall in. */
const requireQuota = (
  judgement: Judgement<AgentTimeRuleId>,
  state: Readonly<AgentTimeState>,
  claim: Claim,
  limiting: Limiting,
  quota: WorkQuota,
): void => {
  const { assignmentId } = claim;
  const days = daysOf(claim);
  const windows = new Map(days.map(({ date }) => [windowOf(date, quota.window).name, windowOf(date, quota.window)]));
  for (const window of windows.values()) {
    const { name, from, to } = window;
    const others = entriesNear(state, claim, from, to).filter((other) => other.assignmentId === assignmentId);
    const minutes = [...days, ...others.flatMap((other) => daysOf(other))]
      .filter(({ date }) => from <= date && date <= to)
      .reduce((sum, day) => sum + day.minutes, 0);
    const ceiling =
      quota.window === 'week' ? weekCeiling(claim, limiting, quota) : yearCeiling(window, limiting, quota);
    const facts = { assignmentId, quota: shareText(quota), window: name, ceiling, minutes };
    judgement.require('hours.quota-exceeded', minutes <= ceiling, facts);
  }
};

const weekCeiling = ({ employmentId, workDate }: Claim, { person }: Limiting, quota: WorkQuota): number =>
  ceilingMinutes(quota, weeklyMinutesOn(person, employmentId, workDate), 'week', 7, 7);

/** Prorated by the assignment's days in force; a duty that changes within the year counts for its days only. */
const yearCeiling = (window: QuotaWindow, { engagement, terms, person }: Limiting, quota: WorkQuota): number => {
  const { employmentId, personId } = terms;
  const { assignment, convention } = engagement;
  if (employmentId === undefined || convention === undefined) return 0;
  const employment = employmentOf(person, employmentId);
  const ends = [window.to, terms.to, assignment.ended?.on, employment?.endedOn].filter((date) => date !== undefined);
  const to = ends.sort()[0] ?? window.to;
  const start = [window.from, terms.from].sort()[1] ?? window.from;
  const changes = (employment?.duties ?? []).map((duty) => duty.from).filter((date) => start < date && date <= to);
  const begins = [start, ...new Set(changes)].sort();
  const dutyDays = begins.reduce((sum, from, i) => {
    const next = begins[i + 1];
    const last = next === undefined ? to : addDays(next, -1);
    return sum + weeklyMinutesOn(person, employmentId, from) * daysInForce(convention, personId, from, last);
  }, 0);
  // Minutes of duty times days stand in for the two factors, so that the sum over the year is floored once.
  return ceilingMinutes(quota, dutyDays, 'year', 1, daysInclusive(window.from, window.to));
};
