import { type CommandHandler, handle } from '../kernel/command.js';
import { digestOf } from '../kernel/digest.js';
import type { EmploymentId } from '../kernel/identifiers.js';
import type { Judgement } from '../kernel/judgement.js';
import { type Reading, read } from '../kernel/reading.js';
import type { KernelRuleId } from '../kernel/rules.js';
import { requireRegistered, requireRepresentative } from '../organisation/designation.js';
import type { OrganisationRuleId } from '../organisation/rules.js';
import { type OrganisationState, organisation } from '../organisation/state.js';
import type { LocalDate } from '../time/types.js';
import { EndEmployment, SetLoadedCost, SetManager, SetServiceDuty, StartEmployment } from './commands.js';
import { EmploymentEnded, EmploymentStarted, LoadedCostSet, ManagerSet, ServiceDutySet } from './events.js';
import { employmentOf } from './queries.js';
import type { PersonRuleId } from './rules.js';
import { requireEmployment, requireReadable } from './standing.js';
import { type Employment, type From, type PersonState, person } from './state.js';
import { fullestWeek, LONGEST_WEEK_MINUTES } from './weekly-duty.js';

type Ruling = Judgement<PersonRuleId | OrganisationRuleId | KernelRuleId>;
type Employer = Readonly<OrganisationState> | undefined;

const ofPerson = {
  id: ({ personId }: { personId: string }) => personId,
  zone: ({ registered }: Readonly<PersonState>, employer: Employer) => employer?.registered?.zone ?? registered?.zone,
};

const ofEmployment = {
  ...ofPerson,
  *context(
    state: Readonly<PersonState>,
    { data }: { readonly data: { readonly employmentId: EmploymentId } },
  ): Reading<Employer> {
    const employment = employmentOf(state, data.employmentId);
    return employment && (yield* read(organisation, employment.employerId));
  },
};

/** The value of that very day, as set last: setting it to the same again changes nothing. */
const setFor = <T>(values: readonly From<T>[], from: LocalDate): T | undefined =>
  values.findLast((each) => each.from === from)?.value;

const judgeWeek = (
  judgement: Ruling,
  state: Readonly<PersonState>,
  changed: Employment,
  from: LocalDate,
  dutyKnown: boolean,
): void => {
  const facts = { employmentId: changed.employmentId, longest: LONGEST_WEEK_MINUTES };
  const known = fullestWeek(state, changed, from, true);
  const assumed = fullestWeek(state, changed, from, false);
  const rule = 'person.employment-overlap-full';
  if (dutyKnown && !judgement.require(rule, known.weeklyMinutes <= LONGEST_WEEK_MINUTES, { ...facts, ...known }))
    return;
  // Full time is only assumed of a duty that is yet to be set: worth a warning, not a refusal.
  const severity = 'warn';
  judgement.require(rule, assumed.weeklyMinutes <= LONGEST_WEEK_MINUTES, { ...facts, ...assumed }, { severity });
};

/** Employments, with what is set of them from a day on; by HR of the employer. */
export const employmentHandlers: readonly CommandHandler[] = [
  handle(StartEmployment, person, {
    id: ofPerson.id,
    context: (_state, { data }) => read(organisation, data.employerId),
    zone: ofPerson.zone,
    decide(state, { data: { personId, ...started }, meta }, employer: Readonly<OrganisationState>, judgement: Ruling) {
      requireReadable(judgement, state, personId);
      if (requireRegistered(judgement, employer, started.employerId)) {
        requireRepresentative(judgement, employer, started.employerId, meta.actor, 'hr');
      }
      const known = employmentOf(state, started.employmentId);
      const already = known !== undefined && digestOf(started) === digestOf(startOf(known));
      judgement.require('person.wrong-state', known === undefined || already, {
        personId,
        employmentId: started.employmentId,
        status: known === undefined ? 'none' : 'employed',
        expected: 'none',
      });
      if (known === undefined) {
        const fresh = { ...started, duties: [], costs: [], managers: [] };
        judgeWeek(judgement, state, fresh, started.from, false);
      }
      return judgement.accept(() => (already ? [] : [EmploymentStarted.of(started)]));
    },
  }),

  handle(EndEmployment, person, {
    ...ofEmployment,
    decide(state, { data: { personId, employmentId, on }, meta }, employer, judgement: Ruling) {
      const employment = requireEmployment(judgement, state, personId, employmentId);
      if (employment === undefined || employer === undefined) return [];
      requireRepresentative(judgement, employer, employment.employerId, meta.actor, 'hr');
      const already = employment.endedOn === on;
      const running = employment.endedOn === undefined && employment.from <= on;
      judgement.require('person.wrong-state', running || already, {
        personId,
        employmentId,
        on,
        from: employment.from,
        endedOn: employment.endedOn ?? null,
        status: employment.endedOn === undefined ? 'not begun' : 'ended',
        expected: 'employed',
      });
      return judgement.accept(() => (already ? [] : [EmploymentEnded.of({ employmentId, on })]));
    },
  }),

  handle(SetServiceDuty, person, {
    ...ofEmployment,
    decide(state, { data: { personId, ...set }, meta }, employer, judgement: Ruling) {
      const { employmentId, weeklyMinutes, from } = set;
      const employment = requireEmployment(judgement, state, personId, employmentId, from);
      if (employment === undefined || employer === undefined) return [];
      requireRepresentative(judgement, employer, employment.employerId, meta.actor, 'hr');
      if (setFor(employment.duties, from) === weeklyMinutes) return [];
      const changed = { ...employment, duties: [...employment.duties, { from, value: weeklyMinutes }] };
      judgeWeek(judgement, state, changed, from, true);
      return judgement.accept(() => [ServiceDutySet.of(set)]);
    },
  }),

  handle(SetLoadedCost, person, {
    ...ofEmployment,
    decide(state, { data: { personId, ...set }, meta }, employer, judgement: Ruling) {
      const employment = requireEmployment(judgement, state, personId, set.employmentId, set.from);
      if (employment === undefined || employer === undefined) return [];
      requireRepresentative(judgement, employer, employment.employerId, meta.actor, 'hr');
      const already = setFor(employment.costs, set.from) === set.centsPerYear;
      return judgement.accept(() => (already ? [] : [LoadedCostSet.of(set)]));
    },
  }),

  handle(SetManager, person, {
    ...ofEmployment,
    decide(state, { data: { personId, employmentId, managerId, from }, meta }, employer, judgement: Ruling) {
      const employment = requireEmployment(judgement, state, personId, employmentId, from);
      if (employment === undefined || employer === undefined) return [];
      requireRepresentative(judgement, employer, employment.employerId, meta.actor, 'hr');
      const already = setFor(employment.managers, from) === managerId;
      return judgement.accept(() => (already ? [] : [ManagerSet.of({ employmentId, personId: managerId, from })]));
    },
  }),
];

/** What was said of an employment when it began. */
const startOf = ({ employmentId, employerId, branch, status, from }: Employment) => ({
  employmentId,
  employerId,
  branch,
  status,
  from,
});
