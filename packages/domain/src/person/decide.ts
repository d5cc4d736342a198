import { type Frameworks, frameworks } from '../framework/frameworks.js';
import { type CommandHandler, handle, nothing } from '../kernel/command.js';
import { digestOf } from '../kernel/digest.js';
import type { Judgement } from '../kernel/judgement.js';
import type { KernelRuleId } from '../kernel/rules.js';
import {
  ChangeContactPreferences,
  DeclareCareerStage,
  DestroySubjectKey,
  RecordSecondment,
  RegisterPerson,
  UpdateSkills,
} from './commands.js';
import { employmentHandlers } from './decide-employment.js';
import { leaveHandlers } from './decide-leave.js';
import {
  CareerStageDeclared,
  ContactPreferencesChanged,
  PersonRegistered,
  SecondmentRecorded,
  SkillsUpdated,
  SubjectKeyDestroyed,
} from './events.js';
import type { PersonRuleId } from './rules.js';
import { requireInPerson, requirePerson, requireReadable } from './standing.js';
import { type PersonState, person } from './state.js';

type Ruling = Judgement<PersonRuleId | KernelRuleId>;

const own = {
  id: ({ personId }: { personId: string }) => personId,
  context: nothing,
  zone: ({ registered }: Readonly<PersonState>) => registered?.zone,
};

const same = (known: unknown, given: unknown): boolean => known !== undefined && digestOf(known) === digestOf(given);

const ownHandlers: readonly CommandHandler[] = [
  handle(RegisterPerson, person, {
    ...own,
    zone: (_state, _context, data) => data.zone,
    decide(state, { data: { personId, ...details } }, _context, judgement: Ruling) {
      const already = state.keyDestroyed === undefined && same(state.registered, details);
      const free = state.registered === undefined && state.keyDestroyed === undefined;
      judgement.require('person.wrong-state', free || already, {
        personId,
        status: state.keyDestroyed === undefined ? (free ? 'none' : 'registered') : 'erased',
        expected: 'none',
      });
      return judgement.accept(() => (already ? [] : [PersonRegistered.of(details)]));
    },
  }),

  handle(UpdateSkills, person, {
    ...own,
    decide(state, { data: { personId, skills }, meta }, _context, judgement: Ruling) {
      requireReadable(judgement, state, personId);
      requireInPerson(judgement, meta.actor, personId);
      return judgement.accept(() => (same(state.skills, skills) ? [] : [SkillsUpdated.of({ skills })]));
    },
  }),

  handle(DeclareCareerStage, person, {
    ...own,
    decide(state, { data: { personId, stage }, meta }, _context, judgement: Ruling) {
      requireReadable(judgement, state, personId);
      requireInPerson(judgement, meta.actor, personId);
      return judgement.accept(() => (same(state.careerStage, stage) ? [] : [CareerStageDeclared.of({ stage })]));
    },
  }),

  handle(ChangeContactPreferences, person, {
    ...own,
    decide(state, { data: { personId, ...preferences }, meta }, _context, judgement: Ruling) {
      requireReadable(judgement, state, personId);
      requireInPerson(judgement, meta.actor, personId);
      return judgement.accept(() =>
        same(state.contact, preferences) ? [] : [ContactPreferencesChanged.of(preferences)],
      );
    },
  }),

  handle(RecordSecondment, person, {
    ...own,
    decide(state, { data: { personId, ...period } }, _context, judgement: Ruling) {
      requirePerson(judgement, state, personId);
      const already = same(state.secondments[period.conventionId], period);
      return judgement.accept(() => (already ? [] : [SecondmentRecorded.of(period)]));
    },
  }),

  handle(DestroySubjectKey, person, {
    ...own,
    // Also for one who was never registered: whoever wrote a reason has a key.
    decide(state, { data: { personId, ...destruction } }, _context, judgement: Ruling) {
      const already = same(state.keyDestroyed, destruction);
      judgement.require('person.wrong-state', state.keyDestroyed === undefined || already, {
        personId,
        status: state.keyDestroyed === undefined ? 'registered' : 'erased',
        expected: 'registered',
      });
      return judgement.accept(() => (already ? [] : [SubjectKeyDestroyed.of(destruction)]));
    },
  }),

  ...employmentHandlers,
];

/** Every command on a person, leave under a table of legal frameworks: this release's own, or one with other rows. */
export const personHandlersFor = (table: Frameworks): readonly CommandHandler[] => [
  ...ownHandlers,
  ...leaveHandlers(table),
];

/** Every command on a person. */
export const personHandlers: readonly CommandHandler[] = personHandlersFor(frameworks);
