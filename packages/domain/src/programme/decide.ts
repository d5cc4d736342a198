import { type Frameworks, frameworkIn } from '../framework/frameworks.js';
import { holdsOn } from '../framework/validity.js';
import { type CommandHandler, handle } from '../kernel/command.js';
import { sameFacts } from '../kernel/digest.js';
import type { OrganisationId, ProgrammeId } from '../kernel/identifiers.js';
import type { Judgement } from '../kernel/judgement.js';
import { type Reading, read } from '../kernel/reading.js';
import type { KernelRuleId } from '../kernel/rules.js';
import { requireRegistered } from '../organisation/designation.js';
import type { OrganisationRuleId } from '../organisation/rules.js';
import { type OrganisationState, organisation } from '../organisation/state.js';
import { CompleteChecklistItem, EvaluateExperiment, ProvideSupport, StartExperiment } from './commands.js';
import { ChecklistItemDone, ExperimentEvaluated, ExperimentStarted, SupportProvided } from './events.js';
import { openItems, type ProgrammeStatus, programmeStatus } from './queries.js';
import type { ProgrammeRuleId } from './rules.js';
import { type ProgrammeState, programme } from './state.js';

type Rules = Judgement<ProgrammeRuleId | OrganisationRuleId | KernelRuleId>;
type Administration = readonly [id: OrganisationId, state: Readonly<OrganisationState>];

const requireStatus = (
  rules: Rules,
  programmeId: ProgrammeId,
  state: Readonly<ProgrammeState>,
  expected: readonly ProgrammeStatus[],
): boolean => {
  const status = programmeStatus(state);
  return rules.require('programme.wrong-state', expected.includes(status), {
    programmeId,
    status,
    expected: [...expected],
  });
};

function* administrations(ids: readonly OrganisationId[] = []): Reading<readonly Administration[]> {
  const found: Administration[] = [];
  for (const id of ids) found.push([id, yield* read(organisation, id)]);
  return found;
}

/** The clock of the first administration in scope, and the framework of the experiment. */
const inScope = {
  id: (data: { programmeId: ProgrammeId }) => data.programmeId,
  context: ({ scope }: Readonly<ProgrammeState>) => administrations(scope?.administrationIds.slice(0, 1)),
  zone: (_: Readonly<ProgrammeState>, [first]: readonly Administration[]) => first?.[1].registered?.zone,
  framework: ({ scope }: Readonly<ProgrammeState>) => scope && { id: scope.framework, version: scope.frameworkVersion },
};

const start = (table: Frameworks): CommandHandler =>
  handle(StartExperiment, programme, {
    ...inScope,
    context: (_, { data }) => administrations(data.scope.administrationIds),
    framework: (_, __, { scope: { framework } }) => {
      const row = frameworkIn(table, framework);
      return row && { id: row.id, version: row.version };
    },
    decide(state, { data: { programmeId, scope: asked, checklist } }, found, rules: Rules) {
      // The version was written in when it started: asked again, it is the same.
      const scope = { ...asked, frameworkVersion: state.scope?.frameworkVersion ?? 0 };
      const known = { scope: state.scope, checklist: Object.keys(state.checklist).sort() };
      if (sameFacts(known, { scope, checklist: [...checklist].sort() })) return [];
      if (!requireStatus(rules, programmeId, state, ['none'])) return [];
      for (const [id, administration] of found) requireRegistered(rules, administration, id);
      const { framework, from } = asked;
      const row = frameworkIn(table, framework);
      const applies = row !== undefined && holdsOn(row.inForce.value, from);
      rules.require('programme.framework-not-in-force', applies, { programmeId, framework, from });
      if (row === undefined) return [];
      return rules.accept(() => [
        ExperimentStarted.of({ scope: { ...asked, frameworkVersion: row.version }, checklist }),
      ]);
    },
  });

const complete = handle(CompleteChecklistItem, programme, {
  ...inScope,
  decide(state, { data: { programmeId, item } }, _, rules: Rules) {
    // A code may be the name of something that every object has.
    const done = Object.hasOwn(state.checklist, item) ? state.checklist[item] : undefined;
    if (done || !requireStatus(rules, programmeId, state, ['started'])) return [];
    const items = Object.keys(state.checklist);
    rules.require('programme.item-unknown', done !== undefined, { programmeId, item, items });
    return rules.accept(() => [ChecklistItemDone.of({ item })]);
  },
});

const support = handle(ProvideSupport, programme, {
  ...inScope,
  decide(state, { data: { programmeId, ...given }, effectiveOn }, _, rules: Rules) {
    const { supportId, administrationId, on } = given;
    const known = state.supports[supportId];
    const again = known !== undefined && sameFacts(known, given);
    if (again || !requireStatus(rules, programmeId, state, ['started'])) return [];
    if (!rules.require('programme.support-differs', known === undefined, { supportId })) return [];
    const member = state.scope?.administrationIds.includes(administrationId) ?? false;
    rules.require('programme.administration-outside-scope', member, { programmeId, administrationId });
    rules.require('programme.support-in-the-future', on <= effectiveOn, { on, today: effectiveOn });
    return rules.accept(() => [SupportProvided.of(given)]);
  },
});

const evaluate = handle(EvaluateExperiment, programme, {
  ...inScope,
  decide(state, { data: { programmeId, ...evaluation }, effectiveOn }, _, rules: Rules) {
    const again = state.evaluated !== undefined && sameFacts(state.evaluated, evaluation);
    if (again || !requireStatus(rules, programmeId, state, ['started']) || state.scope === undefined) return [];
    const items = openItems(state);
    rules.require('programme.checklist-open', items.length === 0, { programmeId, items });
    const { to } = state.scope;
    rules.require('programme.before-the-end', to <= effectiveOn, { programmeId, to, today: effectiveOn });
    return rules.accept(() => [ExperimentEvaluated.of(evaluation)]);
  },
});

/** How an experiment is started, carried out and evaluated, under a table of legal frameworks. */
export const lifeHandlers = (table: Frameworks): readonly CommandHandler[] => [
  start(table),
  complete,
  support,
  evaluate,
];
