import { describe, expect, test } from '@jest/globals';
import { type Given, past, scenarios } from '@probono/testing';
import fc from 'fast-check';
import { strict } from '../../test/convention-life.js';
import { uuid } from '../../test/lending.js';
import { frameworks } from '../framework/frameworks.js';
import { kernelRules } from '../kernel/rules.js';
import { OrganisationRegistered } from '../organisation/events.js';
import { organisationRules } from '../organisation/rules.js';
import { ChecklistItemDone, ExperimentEvaluated, ExperimentStarted, SupportProvided } from './events.js';
import { programmeHandlersFor, programmeRules } from './index.js';
import { openItems } from './queries.js';
import type { ProgrammeState } from './state.js';

const here = { programmeId: uuid(80) };
const onProgramme = `programme-${here.programmeId}` as const;
const rules = { ...kernelRules, ...organisationRules, ...programmeRules };
const { given } = scenarios({ handlers: programmeHandlersFor([...frameworks, strict]), rules });
const on = (date: string, at = '09:00:00') => ({
  actor: { id: uuid(16), role: 'programme_officer' },
  at: `${date}T${at}Z`,
});
const today = on('2027-03-01');
const [afterwards, agent] = [on('2027-06-30'), { ...today, actor: { id: uuid(10), role: 'agent' } }];

const [driee, stranger] = [uuid(2), uuid(3)];
const registered = past(
  `organisation-${driee}`,
  OrganisationRegistered.parse({ kind: 'state', purpose: 'objet', zone: 'Indian/Reunion', holidayCalendar: 'fr-974' }),
);
const scope = { administrationIds: [driee], framework: 'idf-2017-pilot', from: '2027-01-01', to: '2027-06-30' };
const checklist = ['model-convention-adopted', 'agents-informed'];
const start = (change: object = {}, items: readonly string[] = checklist) => ({
  ...here,
  scope: { ...scope, ...change },
  checklist: items,
});
const known = given(registered);
const startedFact = ExperimentStarted.parse({ scope: { ...scope, frameworkVersion: 1 }, checklist });
const started = known.and(past(onProgramme, startedFact));

const complete = (history: Given, item: string, who = today) =>
  history.when('CompleteChecklistItem', { ...here, item }, who);
const done = checklist.reduce((history, item) => complete(history, item).next(), started);

describe('starting an experiment', () => {
  test('is for the officer, and keeps the version of the framework', () => {
    const outcome = known.when('StartExperiment', start(), today).expectEvents(startedFact);
    expect(outcome.decision).toMatchObject({ framework: { id: 'idf-2017-pilot', version: 1 } });
    known.when('StartExperiment', start(), agent).expectRefusals('role.not-allowed');
  });
  test('needs administrations that are registered', () => {
    known
      .when('StartExperiment', start({ administrationIds: [driee, stranger] }), today)
      .expectRefusals('organisation.wrong-state');
  });
  test.each([
    ['unheard-of', '2027-01-01'],
    ['strict', '2022-12-28'],
    ['strict', '2027-12-28'],
  ])('under %s on %s is refused: not known, or not in force', (framework, from) => {
    known
      .when('StartExperiment', start({ framework, from, to: '2028-06-30' }), today)
      .expectRefusals('programme.framework-not-in-force');
  });
  test.each(['2022-12-29', '2027-12-27'])('under a framework in force on %s is fine', (from) => {
    known.when('StartExperiment', start({ framework: 'strict', from, to: '2028-06-30' }), today).expectFindings();
  });
  test('twice is already so; with another scope or checklist it is the wrong state', () => {
    started.when('StartExperiment', start(), today).expectAlreadySo();
    started.when('StartExperiment', start({ to: '2027-12-31' }), today).expectRefusals('programme.wrong-state');
    started.when('StartExperiment', start({}, []), today).expectRefusals('programme.wrong-state');
  });
  test('does not end before it begins, nor list a step twice', () => {
    expect(() => known.when('StartExperiment', start({ to: '2026-12-31' }), today)).toThrow('not before the first');
    expect(() => known.when('StartExperiment', start({}, ['told', 'told']), today)).toThrow('each item once');
  });
});

describe('the checklist', () => {
  const item = 'agents-informed';
  test('is ticked off, each item once', () => {
    const ticked = complete(started, item).expectEvents(ChecklistItemDone.parse({ item }));
    complete(ticked.next(), item).expectAlreadySo();
    complete(started, item, agent).expectRefusals('role.not-allowed');
  });
  test.each(['budget-voted', 'constructor'])('has no item %s', (unknown) => {
    complete(started, unknown).expectRefusals('programme.item-unknown');
  });
  test('needs an experiment that goes on', () => {
    complete(known, item).expectRefusals('programme.wrong-state');
    const evaluated = past(onProgramme, ExperimentEvaluated.parse({ conclusion: 'stop' }));
    complete(started.and(evaluated), item).expectRefusals('programme.wrong-state');
  });
});

describe('support', () => {
  const support = {
    supportId: uuid(90),
    kind: 'training' as const,
    administrationId: driee,
    on: '2027-02-02',
    minutes: 180,
  };
  const provide = (history: Given, change: object = {}, who = today) =>
    history.when('ProvideSupport', { ...here, ...support, ...change }, who);
  test('is advice or training to an administration in scope', () => {
    provide(started).expectEvents(SupportProvided.parse(support));
    provide(started, { kind: 'advice', participants: 12 }).expectFindings();
    provide(started, { administrationId: stranger }).expectRefusals('programme.administration-outside-scope');
    provide(started, {}, agent).expectRefusals('role.not-allowed');
  });
  test('is recorded once given, by the clock of the administration', () => {
    const evening = on('2027-03-01', '21:00:00');
    provide(started, { on: '2027-03-02' }).expectRefusals('programme.support-in-the-future');
    provide(started, { on: '2027-03-02' }, evening).expectFindings();
  });
  test('twice is already so; nothing in it is edited', () => {
    const provided = provide(started).next();
    provide(provided).expectAlreadySo();
    provide(provided, { minutes: 60 }).expectRefusals('programme.support-differs');
  });
  test('needs an experiment that goes on', () => {
    provide(known).expectRefusals('programme.wrong-state');
  });
});

describe('evaluating an experiment', () => {
  const evaluation = { conclusion: 'generalise' as const, text: 'Douze agents, neuf associations.' };
  const evaluate = (history: Given, change: object = {}, more: object = {}) =>
    history.when('EvaluateExperiment', { ...here, ...evaluation, ...change }, { ...afterwards, ...more });
  test('comes at its end, with the checklist done', () => {
    evaluate(done).expectEvents(ExperimentEvaluated.parse(evaluation)).expectFindings();
    evaluate(done, {}, agent).expectRefusals('role.not-allowed');
  });
  test('before that is noted', () => {
    evaluate(done, {}, on('2027-06-29')).expectFindings('programme.before-the-end');
  });
  test('with items left to do needs a justification', () => {
    evaluate(started).expectRefusals('programme.checklist-open');
    evaluate(started, {}, { justification: 'Convention du ministère reprise.' }).expectFindings(
      'programme.checklist-open',
    );
  });
  test('twice is already so; with another conclusion, or before it starts, it is the wrong state', () => {
    const evaluated = evaluate(done).next();
    evaluate(evaluated).expectAlreadySo();
    evaluate(evaluated, { conclusion: 'stop' }).expectRefusals('programme.wrong-state');
    evaluate(known).expectRefusals('programme.wrong-state');
  });
  test('leaves words that are personal, under the key of their author', () => {
    expect(ExperimentEvaluated.personal).toEqual([{ path: ['text'], subject: '@actor' }]);
  });
});

test('in whatever order the checklist is ticked off, what is left is what was not, and it can then be evaluated', () => {
  const items = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1, maxLength: 8 });
  const ticks = items.chain((all) => fc.tuple(fc.constant(all), fc.array(fc.constantFrom(...all), { maxLength: 16 })));
  fc.assert(
    fc.property(ticks, ([all, ticked]) => {
      const begun = known.when('StartExperiment', start({}, all), today).next();
      const history = ticked.reduce((before, item) => complete(before, item).next(), begun);
      expect(history.history.length - begun.history.length).toBe(new Set(ticked).size);
      const left = openItems(history.state(onProgramme) as ProgrammeState); // the aggregate's own state
      expect([...left].sort()).toEqual(all.filter((item) => !ticked.includes(item)).sort());
      const outcome = history.when('EvaluateExperiment', { ...here, conclusion: 'continue' }, afterwards);
      expect(outcome.decision.accepted).toBe(left.length === 0);
    }),
    { numRuns: 60 },
  );
});
