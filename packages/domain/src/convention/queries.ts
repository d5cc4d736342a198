import { within } from '../time/calendar.js';
import type { LocalDate } from '../time/types.js';
import { forceSpans, noticeEnd, suspendedOn } from './force.js';
import { type ConventionState, type ConventionText, scopeOf } from './state.js';
import type { LentAgent } from './terms.js';

/** Where a convention stands in its life. */
export type ConventionStatus =
  | 'none'
  | 'draft'
  | 'submitted'
  | 'partially_signed'
  | 'signed'
  | 'in_force'
  | 'suspended'
  | 'notice_given'
  | 'terminated'
  | 'expired'
  | 'closed';

/**
 * Whether the convention is in force for this agent on this day. Computed from dates: it waits for no clerk.
 *
 * `closed` once the convention was closed, whatever the day; `outside` before, after, or for a stranger to it.
 */
export const forceOn = (
  convention: ConventionState,
  personId: string,
  date: LocalDate,
): 'in_force' | 'suspended' | 'outside' | 'closed' => {
  if (convention.closed) return 'closed';
  if (!forceSpans(convention, personId).some(({ from, to }) => within(date, from, to))) return 'outside';
  return suspendedOn(convention, date) ? 'suspended' : 'in_force';
};

/** The first day on which the convention is in force for this agent, when the dates already say one. */
export const forceStart = (convention: ConventionState, personId: string): LocalDate | undefined =>
  forceSpans(convention, personId)[0]?.from;

/** The agent's entry in the newest text that lends them (signed texts before the draft). */
export const agentOf = (convention: ConventionState, personId: string): LentAgent | undefined => {
  const texts = convention.texts.length > 0 || !convention.pending ? convention.texts : [convention.pending];
  for (const { terms } of texts.toReversed()) {
    const agent = terms.agents.find((lent) => lent.personId === personId);
    if (agent !== undefined) return agent;
  }
  return undefined;
};

/** Minutes of the pool that no assignment holds; `undefined` when the convention has no pool. */
export const poolLeft = (convention: ConventionState): number | undefined =>
  convention.terms?.poolMinutes === undefined ? undefined : convention.terms.poolMinutes - convention.allottedMinutes;

/** The signed text that rules on a day: the last whose turn has come; the first one before that. */
export const textOn = (convention: ConventionState, date: LocalDate): ConventionText | undefined =>
  convention.texts.findLast(({ effectiveFrom }) => effectiveFrom === undefined || effectiveFrom <= date);

/** Everyone whom a signed text lends or lent. */
export const agentsEver = (convention: ConventionState): readonly LentAgent[] => {
  const agents = new Map(convention.texts.flatMap(({ terms }) => terms.agents.map((a) => [a.personId, a] as const)));
  return [...agents.values()];
};

/** The standing of the convention as a whole on a day; suspended or in force as soon as it is for one agent. */
export const statusOn = (convention: ConventionState, date: LocalDate): ConventionStatus => {
  const { terms, pending, texts } = convention;
  if (convention.closed) return 'closed';
  if (terms === undefined) return 'none';
  if (texts.length === 0) {
    if (pending?.submission === undefined) return 'draft';
    return Object.keys(pending.signatures).length > 0 ? 'partially_signed' : 'submitted';
  }
  const ends = terms.agents.map(({ personId }) => noticeEnd(convention, personId));
  if (ends.every((end) => end !== undefined && end < date && end < terms.to)) return 'terminated';
  if (date > terms.to) return 'expired';
  const whole = convention.notices[scopeOf(undefined)];
  if (whole && !whole.withdrawn && whole.givenOn <= date) return 'notice_given';
  const forces = terms.agents.map(({ personId }) => forceOn(convention, personId, date));
  if (forces.includes('in_force')) return 'in_force';
  return forces.includes('suspended') ? 'suspended' : 'signed';
};

/** The text that binds or is on the table in this version; `undefined` for any other version. */
export const textOf = (convention: ConventionState, version: number): ConventionText | undefined =>
  [convention.pending, convention.texts.at(-1)].find((text) => text?.version === version);
