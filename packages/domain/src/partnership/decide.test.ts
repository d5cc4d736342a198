import { describe, expect, test } from '@jest/globals';
import { past, scenarios } from '@probono/testing';
import fc from 'fast-check';
import { uuid } from '../../test/lending.js';
import { kernelRules } from '../kernel/rules.js';
import { OrganisationRegistered } from '../organisation/events.js';
import { organisationRules } from '../organisation/rules.js';
import { ContributionRecorded, PartnershipOpened, PartnershipStageAdvanced } from './events.js';
import { partnershipHandlers, partnershipRules } from './index.js';
import { contributedSoFar, isBeyond } from './queries.js';
import type { PartnershipState } from './state.js';

const here = { partnershipId: uuid(80) };
const onPartnership = `partnership-${here.partnershipId}` as const;
const [laDefense, lab, stranger] = [uuid(2), uuid(3), uuid(4)];
const { given } = scenarios({
  handlers: partnershipHandlers,
  rules: { ...kernelRules, ...organisationRules, ...partnershipRules },
});
const registered = (id: string, zone = 'Europe/Paris') =>
  past(
    `organisation-${id}`,
    OrganisationRegistered.parse({ kind: 'public_body', purpose: 'objet', zone, holidayCalendar: 'fr' }),
  );
const on = (date: string, at = '09:00:00') => ({
  actor: { id: uuid(16), role: 'programme_officer' },
  at: `${date}T${at}Z`,
});
const today = on('2019-06-03');

const organisations = [laDefense, lab];
const bodies = given(registered(laDefense), registered(lab));
const open = bodies.and(past(onPartnership, PartnershipOpened.parse({ organisations })));

const sides = { giverId: laDefense, receiverId: lab };
const money = { kind: 'financial' as const, ...sides, contributionId: uuid(90), on: '2015-03-02', cents: 500_000 };
const things = { kind: 'in_kind' as const, ...sides, contributionId: uuid(91), on: '2017-05-09' };
const skills = { kind: 'skills' as const, ...sides, contributionId: uuid(92), on: '2018-11-23', minutes: 8_400 };
const record = (contribution: object) => ({ ...here, contribution });
const advance = (to: string) => ({ ...here, to });

describe('opening a partnership', () => {
  test('is for the officer, among organisations that are registered', () => {
    bodies
      .when('OpenPartnership', { ...here, organisations }, today)
      .expectEvents(PartnershipOpened.parse({ organisations }));
    bodies
      .when('OpenPartnership', { ...here, organisations: [lab, stranger] }, today)
      .expectRefusals('organisation.wrong-state');
    const agent = { ...today, actor: { id: uuid(10), role: 'agent' } };
    bodies.when('OpenPartnership', { ...here, organisations }, agent).expectRefusals('role.not-allowed');
  });
  test('twice is already so, in any order; among others it is the wrong state', () => {
    open.when('OpenPartnership', { ...here, organisations: [lab, laDefense] }, today).expectAlreadySo();
    open
      .and(registered(stranger))
      .when('OpenPartnership', { ...here, organisations: [lab, stranger] }, today)
      .expectRefusals('partnership.wrong-state');
  });
  test('takes two different ones', () => {
    expect(() => bodies.when('OpenPartnership', { ...here, organisations: [lab, lab] }, today)).toThrow('each');
  });
});

describe('recording a contribution', () => {
  test.each([money, things, skills])('of kind $kind', (contribution) => {
    open.when('RecordContribution', record(contribution), today).expectEvents(ContributionRecorded.parse(contribution));
  });
  test('twice is already so; nothing in it is edited', () => {
    const recorded = open.when('RecordContribution', record(money), today).next();
    recorded.when('RecordContribution', record(money), today).expectAlreadySo();
    recorded
      .when('RecordContribution', record({ ...money, cents: 1 }), today)
      .expectRefusals('partnership.contribution-differs');
  });
  test('goes from one partner to another', () => {
    open
      .when('RecordContribution', record({ ...money, giverId: stranger }), today)
      .expectRefusals('partnership.not-a-partner');
    open
      .when('RecordContribution', record({ ...money, receiverId: stranger }), today)
      .expectRefusals('partnership.not-a-partner');
    open
      .when('RecordContribution', record({ ...money, giverId: lab }), today)
      .expectRefusals('partnership.same-organisation');
  });
  test('is of what was given, by the clock of the giver', () => {
    const evening = on('2019-06-03', '21:00:00');
    const tomorrow = record({ ...money, on: '2019-06-04' });
    open.when('RecordContribution', tomorrow, evening).expectRefusals('partnership.contribution-in-the-future');
    given(registered(laDefense, 'Indian/Reunion'), registered(lab), ...open.history.slice(2))
      .when('RecordContribution', tomorrow, evening)
      .expectFindings();
  });
  test('needs a partnership', () => {
    bodies.when('RecordContribution', record(money), today).expectRefusals('partnership.wrong-state');
  });
  test('says how much: of money in cents, of time in minutes', () => {
    const { cents: _, ...noCents } = money;
    const { minutes: __, ...noMinutes } = skills;
    for (const wrong of [noCents, noMinutes, { ...money, minutes: 60 }, { ...money, cents: 0 }])
      expect(() => open.when('RecordContribution', record(wrong), today)).toThrow();
  });
});

describe('advancing a stage', () => {
  const first = open.when('RecordContribution', record(money), today).next();
  test('takes a contribution of that kind', () => {
    first
      .when('AdvancePartnershipStage', advance('financial'), today)
      .expectEvents(PartnershipStageAdvanced.parse({ from: 'opened', to: 'financial' }));
    first.when('AdvancePartnershipStage', advance('skills'), today).expectRefusals('partnership.contribution-missing');
  });
  test('is dated no earlier than the contribution', () => {
    first
      .when('AdvancePartnershipStage', advance('financial'), on('2015-03-01'))
      .expectRefusals('partnership.contribution-missing');
    first.when('AdvancePartnershipStage', advance('financial'), on('2015-03-02')).expectFindings();
    const earlier = first.when(
      'RecordContribution',
      record({ ...money, contributionId: uuid(93), on: '2015-01-05' }),
      today,
    );
    earlier.next().when('AdvancePartnershipStage', advance('financial'), on('2015-03-01')).expectFindings();
  });
  test('may leave one out, and goes forward only', () => {
    const skilled = open.when('RecordContribution', record(skills), today).next();
    const advanced = skilled.when('AdvancePartnershipStage', advance('skills'), today).next();
    advanced.when('AdvancePartnershipStage', advance('skills'), today).expectAlreadySo();
    advanced.when('AdvancePartnershipStage', advance('in_kind'), today).expectRefusals('partnership.stage-not-forward');
  });
  test('needs a partnership', () => {
    bodies.when('AdvancePartnershipStage', advance('financial'), today).expectRefusals('partnership.wrong-state');
  });
});

test('Paris La Défense: from money, over gifts in kind, to skills', () => {
  let history = open;
  for (const contribution of [money, things, skills]) {
    history = history.when('RecordContribution', record(contribution), today).next();
    history = history.when('AdvancePartnershipStage', advance(contribution.kind), today).next();
  }
  const state = history.state(onPartnership) as PartnershipState; // the aggregate's own state
  expect(state.stage).toBe('skills');
  expect(contributedSoFar(state)).toEqual({
    financial: { count: 1, cents: 500_000, minutes: 0 },
    in_kind: { count: 1, cents: 0, minutes: 0 },
    skills: { count: 1, cents: 0, minutes: 8_400 },
  });
});

test('whatever is tried, a stage never goes back, and is never reached without a contribution of its kind', () => {
  const kinds = fc.constantFrom(money, things, skills);
  const attempt = fc.tuple(fc.boolean(), kinds);
  fc.assert(
    fc.property(fc.array(attempt, { maxLength: 12 }), (attempts) => {
      let history = open;
      for (const [give, contribution] of attempts) {
        const before = history.state(onPartnership) as PartnershipState; // the aggregate's own state
        const [command, data] = give
          ? (['RecordContribution', record(contribution)] as const)
          : (['AdvancePartnershipStage', advance(contribution.kind)] as const);
        history = history.when(command, data, today).next();
        expect(history.when(command, data, today).next().history.length).toBe(history.history.length);
        const now = history.state(onPartnership) as PartnershipState; // likewise
        if (before.stage !== now.stage) expect(isBeyond(before.stage ?? 'opened', now.stage ?? 'opened')).toBe(true);
        if (now.stage !== undefined && now.stage !== 'opened')
          expect(contributedSoFar(now)[now.stage].count).toBeGreaterThan(0);
      }
    }),
    { numRuns: 100 },
  );
});
