import { handle } from '../kernel/command.js';
import type { PersonId } from '../kernel/identifiers.js';
import type { Judgement } from '../kernel/judgement.js';
import type { PersonState } from '../person/state.js';
import type { Instant } from '../time/types.js';
import { CorrectHours, WithdrawHours } from './commands.js';
import { HoursCorrected, HoursWithdrawn } from './events.js';
import { judgeLimits } from './limits.js';
import {
  frameworkOf,
  judgeDays,
  type Placed,
  placedEntry,
  placedWithPerson,
  type RuleId,
  requireInPerson,
  requireKnown,
  requirePast,
  requireStanding,
} from './requirements.js';
import { type AgentTimeState, agentTime } from './state.js';

const id = ({ personId }: { personId: PersonId }): PersonId => personId;

/**
 * Looks at a change of minutes: less must leave none below zero; more is judged like hours newly declared. What was
 * accepted before and only shrinks is not judged again.
 */
export const judgeDelta = (
  judgement: Judgement<RuleId>,
  state: Readonly<AgentTimeState>,
  { entry, engagement, person }: Placed & { person: Readonly<PersonState> },
  { personId, deltaMinutes }: { personId: PersonId; deltaMinutes: number },
  now: Instant,
): void => {
  const { entryId, minutes } = entry;
  const rest = minutes + deltaMinutes;
  judgement.require('hours.correction-below-zero', rest >= 0, { entryId, minutes, deltaMinutes });
  const terms = engagement.assignment.assigned;
  if (deltaMinutes <= 0 || terms === undefined) return;
  const claim = { ...entry, minutes: rest };
  requirePast(judgement, claim, now);
  judgeDays(judgement, claim, personId, { engagement, person });
  judgeLimits(judgement, state, claim, { engagement, terms, person });
};

const correct = handle(CorrectHours, agentTime, {
  id,
  context: (state, { data }) => placedWithPerson(state, data),
  zone: (_, placed) => placed?.entry.zone,
  framework: (_, placed) => frameworkOf(placed),
  decide(state, { data, meta: { actor }, recordedAt }, placed, judgement) {
    const { personId, entryId, deltaMinutes } = data;
    requireInPerson(judgement, actor, personId);
    if (!requireKnown(judgement, entryId, placed)) return [];
    if (!requireStanding(judgement, state, placed, ['declared', 'confirmed', 'validated'])) return [];
    judgeDelta(judgement, state, placed, data, recordedAt);
    return judgement.accept(() => (deltaMinutes === 0 ? [] : [HoursCorrected.of({ entryId, deltaMinutes })]));
  },
});

const withdraw = handle(WithdrawHours, agentTime, {
  id,
  context: (state, { data }) => placedEntry(state, data.entryId),
  zone: (_, placed) => placed?.entry.zone,
  framework: (_, placed) => frameworkOf(placed),
  decide(state, { data: { personId, entryId }, meta: { actor } }, placed, judgement) {
    requireInPerson(judgement, actor, personId);
    if (!requireKnown(judgement, entryId, placed) || placed.entry.status === 'withdrawn') return [];
    requireStanding(judgement, state, placed, ['declared', 'contested', 'confirmed', 'validated']);
    return judgement.accept(() => [HoursWithdrawn.of({ entryId })]);
  },
});

/** What the agent may still do with an entry. */
export const changeHandlers = [correct, withdraw];
