import {
  agentsEver,
  type ConventionFact,
  ConventionId,
  type ConventionState,
  convention,
  idOf,
  type PersonFact,
  type Recorded,
  type ReviewFact,
} from '@probono/domain';
import { conventionTasks } from './convention-tasks.js';
import { giveBack, take } from './fold-holdings.js';
import { reviewTasks } from './review-tasks.js';
import { settleAssignments } from './settle-assignments.js';
import type { Agenda, ConventionRow } from './tables.js';
import { settle } from './task.js';

/** Facts after which other days may be in force: assignments and sessions are looked at again. */
const touchesForce: ReadonlySet<ConventionFact['type']> = new Set([
  'ConventionSigned',
  'ConventionAmended',
  'SecondmentOrderIssued',
  'AgentConsentGiven',
  'AgentConsentWithdrawn',
  'ConventionSuspended',
  'ConventionResumed',
  'TerminationNoticeGiven',
  'TerminationNoticeWithdrawn',
  'ConventionTerminated',
] as const);

const scopeOf = (conventionId: string) => ({ name: `convention-${conventionId}`, conventionId });

/** Derives again what is to be noted and asked of a convention. */
export const settleConvention = (agenda: Agenda, row: ConventionRow, event: Recorded): void => {
  const { convention_id, host_id, home_id, state, reviews } = row;
  // A draft has no tasks and had none.
  if (state.texts.length === 0) return;
  const scope = scopeOf(convention_id);
  const there = agenda.tasks.where('scope', scope.name);
  const secondments = agenda.secondments.where('convention_id', convention_id);
  const recorded = new Map(secondments.map((secondment) => [secondment.person_id, secondment]));
  const turn = host_id === null || home_id === null ? undefined : agenda.accreditations.get(host_id, home_id);
  const wanted = state.closed
    ? []
    : [
        ...conventionTasks(convention_id, state, recorded),
        ...reviewTasks(ConventionId.parse(convention_id), state, reviews, turn),
      ];
  settle(agenda, scope, there, wanted, event);
};

const evolved = (row: ConventionRow | undefined, event: Recorded<ConventionFact>): ConventionState => {
  const state = row === undefined ? convention.initial() : structuredClone(row.state);
  convention.evolve(state, event);
  return state;
};

/** Whom a fact is about, where it is about one agent only. */
const personIn = ({ data }: Recorded<ConventionFact>): string | undefined =>
  'personId' in data ? data.personId : undefined;

const foldTerms = (
  agenda: Agenda,
  event: Exclude<Recorded<ConventionFact>, { readonly type: 'HoursAllotted' | 'AllotmentReleased' }>,
): void => {
  const conventionId = idOf(event.stream);
  const row = agenda.conventions.get(conventionId);
  const state = evolved(row, event);
  const before = row?.suspended_at ?? [];
  const suspended_at = event.type === 'ConventionSuspended' ? [...before, event.recordedAt] : before;
  const { hostId: host_id = null, homeId: home_id = null } = state.terms ?? {};
  const changed = {
    ...{ convention_id: conventionId, host_id, home_id, state, suspended_at },
    reviews: row?.reviews ?? [],
  };
  agenda.conventions.put(changed);
  settleConvention(agenda, changed, event);
  const under = { conventionId, state, suspended_at };
  if (touchesForce.has(event.type)) settleAssignments(agenda, under, personIn(event), event);
  if (event.type === 'ConventionClosed') dropPool(agenda, conventionId, event);
};

export const foldConvention = (agenda: Agenda, event: Recorded<ConventionFact>): void => {
  // The pool is kept beside the state, which would otherwise be written anew for every assignment.
  if (event.type === 'HoursAllotted') take(agenda, event, event.data.assignmentId, 'hours');
  else if (event.type === 'AllotmentReleased') giveBack(agenda, event, event.data.assignmentId, 'hours');
  else foldTerms(agenda, event);
};

/** The pool of a closed convention is nobody's any more. */
const dropPool = (agenda: Agenda, conventionId: string, event: Recorded): void => {
  for (const { assignment_id } of agenda.holdings.where('subject_id', conventionId)) {
    giveBack(agenda, event, assignment_id, 'hours', true);
  }
};

export const foldSecondment = (
  agenda: Agenda,
  event: Recorded<Extract<PersonFact, { readonly type: 'SecondmentRecorded' }>>,
): void => {
  const { conventionId, from, to } = event.data;
  const personId = idOf(event.stream);
  const times = (agenda.secondments.get(conventionId, personId)?.times ?? 0) + 1;
  agenda.secondments.put({ convention_id: conventionId, person_id: personId, from_on: from, to_on: to, times });
  const row = agenda.conventions.get(conventionId);
  if (row !== undefined && agentsEver(row.state).length > 0) settleConvention(agenda, row, event);
};

export const foldReview = (
  agenda: Agenda,
  event: Recorded<Extract<ReviewFact, { readonly type: 'ReviewRequested' }>>,
): void => {
  const { conventionId, kind } = event.data;
  const row = agenda.conventions.get(conventionId);
  if (row === undefined) return;
  const changed = { ...row, reviews: [...row.reviews, { reviewId: idOf(event.stream), kind }] };
  agenda.conventions.put(changed);
  settleConvention(agenda, changed, event);
};
