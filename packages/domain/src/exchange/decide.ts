import { sinceAssigned } from '../assignment/requirements.js';
import type { AssignmentRuleId } from '../assignment/rules.js';
import { type CommandHandler, handle } from '../kernel/command.js';
import type { ExchangeId, PersonId } from '../kernel/identifiers.js';
import type { Judgement } from '../kernel/judgement.js';
import { read } from '../kernel/reading.js';
import type { KernelRuleId } from '../kernel/rules.js';
import { requireRegistered } from '../organisation/designation.js';
import type { OrganisationRuleId } from '../organisation/rules.js';
import { organisation } from '../organisation/state.js';
import type { PersonRuleId } from '../person/rules.js';
import { requireReadable } from '../person/standing.js';
import { type PersonState, person } from '../person/state.js';
import { EnrolCohort, PairExchange } from './commands.js';
import { CohortEnrolled, ExchangePaired } from './events.js';
import { comesFrom, type Leg, legOf } from './leg.js';
import type { ExchangeRuleId } from './rules.js';
import { type ExchangeState, exchange } from './state.js';

type Rules = Judgement<ExchangeRuleId | AssignmentRuleId | OrganisationRuleId | PersonRuleId | KernelRuleId>;
type Pair = readonly [there: Leg, back: Leg];

/** Looks at whether both legs were assigned, and are not paired otherwise; an ended one may be: back comes after there. */
const requireLegs = (
  rules: Rules,
  exchangeId: ExchangeId,
  { paired }: Readonly<ExchangeState>,
  pair: Pair,
): boolean => {
  const holds = pair.map(({ assignmentId, going: { status } }) => {
    const pairedWith = paired[assignmentId] ?? null;
    const facts = { exchangeId, assignmentId, status: 'paired', pairedWith, expected: 'not paired' };
    const free = rules.require('exchange.wrong-state', pairedWith === null, facts);
    const expected = [...sinceAssigned];
    return (
      rules.require('assignment.wrong-state', expected.includes(status), { assignmentId, status, expected }) && free
    );
  });
  return holds.every(Boolean);
};

/** Looks at whether two people go, each to where the other comes from. */
const requireReciprocal = (rules: Rules, [there, back]: Pair): void => {
  const personId = there.going.assigned?.personId ?? null;
  const different = personId !== back.going.assigned?.personId;
  if (!rules.require('exchange.same-person', different, { personId })) return;
  const oneSided = [
    ...(comesFrom(back, there) ? [] : [there.assignmentId]),
    ...(comesFrom(there, back) ? [] : [back.assignmentId]),
  ];
  rules.require('exchange.not-reciprocal', oneSided.length === 0, { assignmentIds: oneSided });
};

const pairUp = handle(PairExchange, exchange, {
  id: ({ exchangeId }) => exchangeId,
  *context(_, { data }) {
    const [there, back] = data.legs;
    return [yield* legOf(there), yield* legOf(back)] as const;
  },
  zone: (_, [there]) => there.on.proposed?.site.zone,
  decide(state, { data: { exchangeId, legs } }, pair, rules: Rules) {
    const [there, back] = legs;
    if (state.paired[there] === back) return [];
    if (!requireLegs(rules, exchangeId, state, pair)) return [];
    requireReciprocal(rules, pair);
    const enrolled = pair.some(({ going }) => state.cohort[going.assigned?.personId ?? ''] !== undefined);
    const held = Object.keys(state.cohort).length > 0;
    rules.require('exchange.outside-cohort', !held || enrolled, { exchangeId });
    return rules.accept(() => [ExchangePaired.of({ legs })]);
  },
});

const enrol = handle(EnrolCohort, exchange, {
  id: ({ exchangeId }) => exchangeId,
  *context({ cohort }, { data }) {
    const school = yield* read(organisation, data.schoolId);
    const fresh: { readonly personId: PersonId; readonly who: Readonly<PersonState> }[] = [];
    for (const personId of data.personIds)
      if (cohort[personId] === undefined) fresh.push({ personId, who: yield* read(person, personId) });
    return { school, fresh };
  },
  zone: (_, { school }) => school.registered?.zone,
  decide({ cohort }, { data: { schoolId, personIds } }, { school, fresh }, rules: Rules) {
    requireRegistered(rules, school, schoolId);
    for (const { personId, who } of fresh) requireReadable(rules, who, personId);
    const elsewhere = personIds.filter((personId) => cohort[personId] !== undefined && cohort[personId] !== schoolId);
    rules.require('exchange.in-other-cohort', elsewhere.length === 0, { schoolId, personIds: elsewhere });
    return rules.accept(() =>
      fresh.length === 0 ? [] : [CohortEnrolled.of({ schoolId, personIds: fresh.map(({ personId }) => personId) })],
    );
  },
});

/** How people are paired, and those of a school take part. */
export const lifeHandlers: readonly CommandHandler[] = [pairUp, enrol];
