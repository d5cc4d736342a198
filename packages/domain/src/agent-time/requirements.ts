import type { AssignmentRuleId } from '../assignment/rules.js';
import { textOn } from '../convention/queries.js';
import type { Actor } from '../kernel/envelope.js';
import type { EntryId, PersonId } from '../kernel/identifiers.js';
import type { Judgement } from '../kernel/judgement.js';
import { type Reading, read } from '../kernel/reading.js';
import type { KernelRuleId } from '../kernel/rules.js';
import { employedOn } from '../person/queries.js';
import { type PersonState, person } from '../person/state.js';
import { monthOf } from '../time/calendar.js';
import type { Instant, LocalDate } from '../time/types.js';
import { localDateOf, localTimeOf, plusMinutes } from '../time/zone.js';
import { type Claim, daysOf } from './claim.js';
import {
  type DayStanding,
  type Engagement,
  engagementOf,
  type HostedEngagement,
  hosted,
  isTutorOf,
  standingOn,
} from './engagement.js';
import { isClosed } from './queries.js';
import type { AgentTimeRuleId } from './rules.js';
import type { AgentTimeState, Entry, EntryStatus } from './state.js';

/** The rules that decisions on an agent's time may look at. */
export type RuleId = AgentTimeRuleId | AssignmentRuleId | KernelRuleId | 'session.wrong-state';

/** An entry with the assignment it was declared under. */
export interface Placed {
  readonly entry: Readonly<Entry>;
  readonly engagement: Engagement;
}

/** An entry whose host is known too. */
export interface HostedEntry extends Placed {
  readonly engagement: HostedEngagement;
}

/** Reads what an entry was declared under; nothing for an entry that does not exist. */
export function* placedEntry(state: Readonly<AgentTimeState>, entryId: EntryId): Reading<Placed | undefined> {
  const entry = state.entries[entryId];
  return entry === undefined ? undefined : { entry, engagement: yield* engagementOf(entry.assignmentId) };
}

/** The same, with the host. */
export function* hostedEntry(state: Readonly<AgentTimeState>, entryId: EntryId): Reading<HostedEntry | undefined> {
  const placed = yield* placedEntry(state, entryId);
  return placed && { ...placed, engagement: yield* hosted(placed.engagement) };
}

/** The same, with the agent's employments. */
export function* placedWithPerson(
  state: Readonly<AgentTimeState>,
  { personId, entryId }: { personId: PersonId; entryId: EntryId },
): Reading<(Placed & { person: Readonly<PersonState> }) | undefined> {
  const placed = yield* placedEntry(state, entryId);
  return placed && { ...placed, person: yield* read(person, personId) };
}

/** The legal framework that rules on an entry's day. */
export const frameworkOf = (placed: Placed | undefined) =>
  placed && frameworkOn(placed.engagement, placed.entry.workDate);

/** The legal framework that an engagement is under on a day. */
export const frameworkOn = ({ convention }: Engagement, date: LocalDate) => {
  const terms = convention && textOn(convention, date)?.terms;
  return terms && { id: terms.framework, version: terms.frameworkVersion };
};

/** Looks at whether the actor is the one meant; `scope` says for what. */
export const requireDesignated = (
  judgement: Judgement<RuleId>,
  { role }: Actor,
  designated: boolean,
  scope: string,
): boolean => judgement.require('role.not-designated', designated, { role, scope });

/** Looks at whether it is the agent in person who acts. */
export const requireInPerson = (judgement: Judgement<RuleId>, actor: Actor, personId: PersonId): boolean =>
  requireDesignated(judgement, actor, actor.id === personId, `person ${personId}`);

/** Looks at whether the actor is a tutor of the host, or of the mission. */
export const requireTutor = (judgement: Judgement<RuleId>, actor: Actor, { engagement }: HostedEntry): boolean =>
  requireDesignated(judgement, actor, isTutorOf(engagement, actor), `assignment ${engagement.assignmentId}`);

/** Looks at whether there is such an entry. */
export const requireKnown = <P extends Placed>(
  judgement: Judgement<RuleId>,
  entryId: EntryId,
  placed: P | undefined,
): placed is P => judgement.require('hours.unknown-entry', placed !== undefined, { entryId });

/** Looks at whether the convention is closed: what else there is to say is then moot. */
export const requireConventionOpen = (
  judgement: Judgement<RuleId>,
  { assignmentId, convention }: Engagement,
): boolean => judgement.require('hours.convention-closed', convention?.closed !== true, { assignmentId });

/** Looks at whether an entry may still change, and stands where the command needs it; the most telling rule only. */
export const requireStanding = (
  judgement: Judgement<RuleId>,
  state: Readonly<AgentTimeState>,
  { entry, engagement }: Placed,
  expected: readonly EntryStatus[],
): boolean => {
  const { entryId: id, employmentId, workDate, status } = entry;
  const month = monthOf(workDate);
  return (
    requireConventionOpen(judgement, engagement) &&
    judgement.require('hours.period-closed', !isClosed(state, employmentId, month), { month, employmentId }) &&
    judgement.require('hours.wrong-state', expected.includes(status), { id, status, expected })
  );
};

/** Looks at whether the actor has had no other part in the entry. */
export const requireAnother = (
  judgement: Judgement<RuleId>,
  actor: Actor,
  parts: Readonly<Record<string, string | undefined>>,
): boolean => {
  const as = Object.entries(parts)
    .filter(([, id]) => id === actor.id)
    .map(([part]) => part);
  return judgement.require('hours.same-person', as.length === 0, { as });
};

const ruleOf = {
  suspended: 'hours.in-suspension',
  outside_force: 'hours.outside-force',
  outside_assignment: 'hours.outside-assignment',
} as const satisfies Partial<Record<DayStanding, RuleId>>;

/** Looks at every local day on which minutes fall: employment, suspension, force, assignment; one rule a day speaks. */
export const judgeDays = (
  judgement: Judgement<RuleId>,
  claim: Claim,
  personId: PersonId,
  { engagement, person: agent }: { engagement: Engagement; person: Readonly<PersonState> },
): boolean => {
  const { assignmentId, employmentId } = claim;
  const dates = daysOf(claim).map(({ date }) => date);
  const left = dates.filter((date) => !employedOn(agent, employmentId, date));
  const present = dates.filter((date) => !left.includes(date));
  const employed = judgement.require('hours.agent-left', left.length === 0, { employmentId, dates: left });
  const verdicts = (['suspended', 'outside_force', 'outside_assignment'] as const).map((standing) => {
    const against = present.filter((date) => standingOn(engagement, personId, date) === standing);
    return judgement.require(ruleOf[standing], against.length === 0, { assignmentId, dates: against });
  });
  return employed && verdicts.every((holds) => holds);
};

/** Looks at whether the work is done: with a start its end, without one its date. */
export const requirePast = (judgement: Judgement<RuleId>, claim: Claim, now: Instant): boolean => {
  const { startsAt, minutes, workDate, zone } = claim;
  const ends = startsAt === undefined ? workDate : plusMinutes(startsAt, minutes);
  const today = localDateOf(now, zone);
  const past = startsAt === undefined ? workDate <= today : ends <= now;
  return judgement.require('hours.in-the-future', past, { ends, now: `${today} ${localTimeOf(now, zone)}`, zone });
};
