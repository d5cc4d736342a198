import { type AgentTimeState, agentTime } from '../agent-time/state.js';
import { type Frameworks, frameworkIn } from '../framework/frameworks.js';
import { type CommandHandler, handle } from '../kernel/command.js';
import { sameFacts } from '../kernel/digest.js';
import { type Reading, read } from '../kernel/reading.js';
import { addDays, monthOf } from '../time/calendar.js';
import type { LocalDate } from '../time/types.js';
import { localDateOf } from '../time/zone.js';
import { amended } from './amended.js';
import { ProposeAmendment } from './commands.js';
import { judgeSignatories } from './decide-drafting.js';
import { AmendmentProposed } from './events.js';
import { convention } from './evolve.js';
import { later, type Span } from './force.js';
import { judgeTerms, requiredSteps } from './judge-terms.js';
import { agentsEver } from './queries.js';
import { frameworkRef, type Rules, statusIn, zoneOf } from './standing.js';
import type { ConventionState } from './state.js';
import { type ConventionTerms, type LentAgent, present } from './terms.js';
import { termsContext } from './terms-context.js';

type Times = readonly (LentAgent & { readonly time: Readonly<AgentTimeState> })[];

function* timesOf(agents: readonly LentAgent[]): Reading<Times> {
  const times: (LentAgent & { time: Readonly<AgentTimeState> })[] = [];
  for (const agent of agents) times.push({ ...agent, time: yield* read(agentTime, agent.personId) });
  return times;
}

/** The agents for whom a closed month holds that day, or lies after it. */
const closedAfter = (times: Times, day: LocalDate): readonly string[] =>
  times
    .filter(({ time, employmentId }) =>
      Object.entries(time.months[employmentId] ?? {}).some(
        ([month, { closed }]) => closed !== undefined && month >= monthOf(day),
      ),
    )
    .map(({ personId }) => personId);

/** The period that an amendment adds, when it moves the end to a later day. */
const addedPeriod = (before: ConventionTerms, after: ConventionTerms): Span | undefined =>
  after.to > before.to ? { from: addDays(before.to, 1), to: after.to } : undefined;

const judgePool = (
  rules: Rules,
  conventionId: string,
  state: Readonly<ConventionState>,
  terms: ConventionTerms,
): void => {
  if (terms.poolMinutes === undefined) return;
  const fits = state.allottedMinutes <= terms.poolMinutes;
  const facts = { conventionId, left: terms.poolMinutes, asked: state.allottedMinutes };
  rules.require('convention.pool-exhausted', fits, facts);
};

const propose = (table: Frameworks): CommandHandler =>
  handle(ProposeAmendment, convention, {
    id: (data) => data.conventionId,
    *context(state, { data, meta, recordedAt }) {
      if (state.terms === undefined) return undefined;
      const terms = amended(state.terms, data.delta);
      const framework = frameworkIn(table, terms.framework, terms.frameworkVersion);
      const today = meta.effectiveOn ?? localDateOf(recordedAt, terms.site.zone);
      const known = yield* termsContext(terms, framework, today);
      return { ...known, terms, framework, times: yield* timesOf(agentsEver(state)) };
    },
    zone: zoneOf,
    framework: frameworkRef,
    decide(state, { data, effectiveOn }, context, rules: Rules) {
      const { conventionId, ...proposal } = data;
      const { effectiveFrom, docHash, signatories } = proposal;
      const pending = state.pending;
      const open = statusIn(rules, state, conventionId, effectiveOn, ['signed', 'in_force', 'suspended']);
      if (!open || context === undefined) return [];
      const { terms, framework, times } = context;
      const again =
        pending?.effectiveFrom === effectiveFrom &&
        pending.submission?.docHash === docHash &&
        sameFacts(pending.terms, terms);
      if (again || sameFacts(state.terms, terms)) return [];
      if (framework === undefined) {
        rules.require('convention.framework-not-in-force', false, { framework: terms.framework, day: effectiveFrom });
        return [];
      }
      const period = state.terms && addedPeriod(state.terms, terms);
      const day = later(effectiveFrom, terms.from);
      const judged = { conventionId, terms, framework, day, today: effectiveOn, ...(period ? { period } : {}) };
      judgeTerms(rules, judged, context);
      judgeSignatories(rules, signatories, context);
      judgePool(rules, conventionId, state, terms);
      const closed = closedAfter(times, effectiveFrom);
      const facts = { effectiveFrom, personIds: closed };
      rules.require('convention.amendment-retroactive', closed.length === 0, facts);
      const required = requiredSteps(framework, context.home);
      const version = state.lastVersion + 1;
      return rules.accept(() => [AmendmentProposed.of({ ...proposal, delta: present(data.delta), version, required })]);
    },
  });

/** Amendments; they are then communicated, consented to and signed as the first text was. */
export const amendingHandlers = (table: Frameworks): readonly CommandHandler[] => [propose(table)];
