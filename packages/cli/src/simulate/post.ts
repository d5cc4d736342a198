import { holidayOn, type LocalDate, LocalTime, resolveLocalTime, Zone } from '@probono/domain';
import type { Agent } from './agents.js';
import type { Cohort, Field } from './cohort.js';

/** An agent at work on a mission. */
export interface Post {
  readonly assignmentId: string;
  readonly agent: Agent;
  readonly cohort: Cohort;
  readonly field: Field;
  /** Of every session. */
  readonly minutes: number;
  /** The sessions of the agent that are still to come, so that those who leave early have them cancelled. */
  sessions?: readonly PlannedSession[];
}

/** A session as it was planned first. */
export interface PlannedSession {
  readonly sessionId: string;
  readonly date: LocalDate;
  readonly start: string;
}

export const holiday = ({ cohort }: Post, date: LocalDate): boolean =>
  holidayOn(date, cohort.host.site.holidayCalendar) !== undefined;

/** When a session begins, in milliseconds since 1970. */
export const startOf = ({ cohort }: Post, { date, start }: Pick<PlannedSession, 'date' | 'start'>): number => {
  const resolved = resolveLocalTime(date, LocalTime.parse(start), Zone.parse(cohort.host.site.zone));
  if (!('instant' in resolved)) throw new RangeError(`${date} ${start} is no time in ${cohort.host.site.zone}`);
  return Date.parse(resolved.instant);
};

/** True while the agent has not left before that day. */
export const present = ({ agent }: Post, date: LocalDate): boolean =>
  agent.lastDay === undefined || date <= agent.lastDay;
