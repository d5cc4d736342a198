import {
  addDays,
  agentsEver,
  type ConventionState,
  forceSpans,
  type LocalDate,
  statusOn,
  type Zone,
} from '@probono/domain';
import { beginningOf } from './day.js';
import type { SecondmentRow } from './tables.js';
import type { Task } from './task.js';

/** A secondment as it was recorded last. */
type Recorded = Pick<SecondmentRow, 'from_on' | 'to_on' | 'times'>;

const whole = 'whole';
const running = ['signed', 'in_force', 'suspended', 'notice_given'];

/** All that is to be noted of a convention, by its dates. */
export const conventionTasks = (
  conventionId: string,
  state: ConventionState,
  recorded: ReadonlyMap<string, Recorded>,
): readonly Task[] => {
  if (state.terms === undefined) return [];
  const { zone } = state.terms.site;
  return [
    ...expiry(conventionId, state, state.terms.to, zone),
    ...terminations(conventionId, state, state.terms.to, zone),
    ...resumptions(conventionId, state, state.terms.to, zone),
    ...agentsEver(state).flatMap(({ personId }) => [
      ...entry(conventionId, state, personId, zone),
      ...secondment(conventionId, state, personId, zone, recorded.get(personId)),
    ]),
  ];
};

/** Due on the day itself, and effective on it, however late it is done. */
const dated = (day: LocalDate, zone: Zone) => ({ dueAt: beginningOf(day, zone), effective: day });

const expiry = (conventionId: string, state: ConventionState, on: LocalDate, zone: Zone): readonly Task[] => {
  const after = addDays(on, 1);
  if (state.expiredOn === on || statusOn(state, after) !== 'expired') return [];
  return [{ name: 'ExpireConvention', data: { conventionId, on }, round: on, ...dated(after, zone) }];
};

const terminations = (conventionId: string, state: ConventionState, to: LocalDate, zone: Zone): readonly Task[] =>
  Object.entries(state.notices).flatMap(([scope, { endsOn: on, withdrawn, givenOn }]): readonly Task[] => {
    if (withdrawn || state.terminated[scope] === on || on >= to) return [];
    const data = scope === whole ? { conventionId, on } : { conventionId, personId: scope, on };
    return [{ name: 'TerminateConvention', data, round: givenOn, ...dated(addDays(on, 1), zone) }];
  });

const resumptions = (conventionId: string, state: ConventionState, end: LocalDate, zone: Zone): readonly Task[] =>
  state.suspensions.flatMap(({ to, resumedOn }): readonly Task[] => {
    if (to === undefined || resumedOn !== undefined) return [];
    const on = addDays(to, 1);
    // What ended before the suspension did is not resumed.
    if (on > end || !running.includes(statusOn(state, on))) return [];
    return [{ name: 'ResumeConvention', data: { conventionId, on }, round: on, ...dated(on, zone) }];
  });

const entry = (conventionId: string, state: ConventionState, personId: string, zone: Zone): readonly Task[] => {
  const on = forceSpans(state, personId)[0]?.from;
  if (on === undefined || state.entered[personId] === on) return [];
  const text = state.texts.at(-1);
  const lent = text?.terms.agents.some((agent) => agent.personId === personId) === true;
  if (!lent || text.withdrawals[personId] !== undefined) return [];
  return [{ name: 'EnterConventionIntoForce', data: { conventionId, personId, on }, round: on, ...dated(on, zone) }];
};

/** The time spent with the host: shortened only once a notice has run out, since it may be withdrawn until then. */
const secondment = (
  conventionId: string,
  state: ConventionState,
  personId: string,
  zone: Zone,
  recorded: Recorded | undefined,
): readonly Task[] => {
  const { terms } = state;
  const spans = forceSpans({ ...state, notices: {} }, personId);
  const [first, last] = [spans[0], spans.at(-1)];
  if (terms === undefined || first === undefined || last === undefined) return [];
  const { from } = first;
  const { to } = last;
  if (recorded?.from_on === from && recorded.to_on === to) return [];
  const { hostId, framework } = terms;
  const data = { personId, conventionId, hostId, framework, from, to };
  // The first record counts from the first day, a change of the period from the fact that changed it.
  const effective = recorded === undefined ? from : 'with-the-fact';
  const round = recorded?.times ?? 0;
  return [{ name: 'RecordSecondment', data, round, dueAt: beginningOf(from, zone), effective }];
};
