import { handle } from '../kernel/command.js';
import type { EntryId, PersonId } from '../kernel/identifiers.js';
import { read } from '../kernel/reading.js';
import { isRepresentative } from '../organisation/queries.js';
import { organisation } from '../organisation/state.js';
import { employmentOf } from '../person/queries.js';
import { schedule } from '../schedule/state.js';
import { ConfirmHours, ContestHours, ResolveContest, ValidateHours } from './commands.js';
import { ContestResolved, HoursConfirmed, HoursContested, HoursValidated } from './events.js';
import { isSettled } from './queries.js';
import {
  frameworkOf,
  type HostedEntry,
  hostedEntry,
  judgeDays,
  placedEntry,
  placedWithPerson,
  requireAnother,
  requireDesignated,
  requireKnown,
  requireStanding,
  requireTutor,
} from './requirements.js';
import { type AgentTimeState, agentTime } from './state.js';

const id = ({ personId }: { personId: PersonId }): PersonId => personId;

const byTutor = {
  id,
  context: (state: Readonly<AgentTimeState>, { data }: { data: { entryId: EntryId } }) =>
    hostedEntry(state, data.entryId),
  zone: (_: unknown, placed: HostedEntry | undefined) => placed?.entry.zone,
  framework: (_: unknown, placed: HostedEntry | undefined) => frameworkOf(placed),
};

const confirm = handle(ConfirmHours, agentTime, {
  ...byTutor,
  decide(state, { data: { entryId }, meta: { actor } }, placed, judgement) {
    if (!requireKnown(judgement, entryId, placed)) return [];
    requireTutor(judgement, actor, placed);
    const { confirmedBy, declaredBy, status } = placed.entry;
    if (confirmedBy === actor.id && status !== 'withdrawn') return [];
    requireStanding(judgement, state, placed, ['declared']);
    requireAnother(judgement, actor, { declared: declaredBy });
    return judgement.accept(() => [HoursConfirmed.of({ entryId })]);
  },
});

const contest = handle(ContestHours, agentTime, {
  ...byTutor,
  decide(state, { data: { entryId, claimedMinutes }, meta: { actor } }, placed, judgement) {
    if (!requireKnown(judgement, entryId, placed)) return [];
    requireTutor(judgement, actor, placed);
    const { contest: standing, declaredBy, status } = placed.entry;
    const again = standing?.by === actor.id && standing.claimedMinutes === claimedMinutes;
    if (again && status !== 'withdrawn') return [];
    requireStanding(judgement, state, placed, ['declared']);
    requireAnother(judgement, actor, { declared: declaredBy });
    return judgement.accept(() => [HoursContested.of({ entryId, claimedMinutes })]);
  },
});

const resolve = handle(ResolveContest, agentTime, {
  id,
  context: (state, { data }) => placedEntry(state, data.entryId),
  zone: (_, placed) => placed?.entry.zone,
  framework: (_, placed) => frameworkOf(placed),
  decide(state, { data: { entryId, minutes }, meta: { actor } }, placed, judgement) {
    if (!requireKnown(judgement, entryId, placed)) return [];
    const { contest: standing, confirmedBy, declaredBy, minutes: declared, status } = placed.entry;
    const again = standing?.resolvedTo === minutes && confirmedBy === actor.id;
    if (again && status !== 'withdrawn') return [];
    if (requireStanding(judgement, state, placed, ['contested']))
      judgement.require('hours.resolution-above-declared', minutes <= declared, { entryId, minutes, declared });
    requireAnother(judgement, actor, { declared: declaredBy, contested: standing?.by });
    return judgement.accept(() => [ContestResolved.of({ entryId, minutes })]);
  },
});

/** HR validates what was confirmed, unless facts recorded since reach back and take the day away. */
const validate = handle(ValidateHours, agentTime, {
  id,
  *context(state, { data }) {
    const placed = yield* placedWithPerson(state, data);
    if (placed === undefined) return undefined;
    const { employmentId, assignmentId, sessionId } = placed.entry;
    const employerId = employmentOf(placed.person, employmentId)?.employerId;
    const employer = employerId === undefined ? organisation.initial() : yield* read(organisation, employerId);
    const sessions = sessionId === undefined ? {} : (yield* read(schedule, assignmentId)).sessions;
    return { ...placed, employer, session: sessionId && sessions[sessionId] };
  },
  zone: (_, placed) => placed?.entry.zone,
  framework: (_, placed) => frameworkOf(placed),
  decide(state, { data: { personId, entryId }, meta: { actor } }, placed, judgement) {
    if (!requireKnown(judgement, entryId, placed)) return [];
    const { entry, employer, session } = placed;
    const { employmentId, confirmedBy, contest: standing, declaredBy, sessionId, validatedBy } = entry;
    const designated = isRepresentative(employer, actor.id, 'hr');
    requireDesignated(judgement, actor, designated, `employment ${employmentId}`);
    if (isSettled(entry) && validatedBy === actor.id) return [];
    const open = requireStanding(judgement, state, placed, ['confirmed']);
    requireAnother(judgement, actor, { declared: declaredBy, contested: standing?.by, confirmed: confirmedBy });
    // A session falls with its day: only the day is then named.
    if (open && judgeDays(judgement, entry, personId, placed) && sessionId !== undefined)
      judgement.require('hours.session-cancelled', session?.status !== 'cancelled', { sessionId });
    return judgement.accept(() => [HoursValidated.of({ entryId })]);
  },
});

/** What others do with the agent's entry: the tutor, the officer, HR. */
export const checkHandlers = [confirm, contest, resolve, validate];
