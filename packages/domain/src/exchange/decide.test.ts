import { describe, expect, test } from '@jest/globals';
import { type Given, type Past, past, scenarios } from '@probono/testing';
import fc from 'fast-check';
import { proposal, uuid } from '../../test/lending.js';
import { AgentAssigned, AssignmentEnded } from '../assignment/events.js';
import { assignmentRules } from '../assignment/rules.js';
import { kernelRules } from '../kernel/rules.js';
import { MissionProposed } from '../mission/events.js';
import { OrganisationRegistered, RepresentativeDesignated } from '../organisation/events.js';
import { organisationRules } from '../organisation/rules.js';
import { EmploymentStarted, PersonRegistered } from '../person/events.js';
import { personRules } from '../person/rules.js';
import { CohortEnrolled, ExchangePaired } from './events.js';
import { exchangeHandlers, exchangeRules } from './index.js';
import type { ExchangeState } from './state.js';

const here = { exchangeId: uuid(80) };
const onExchange = `exchange-${here.exchangeId}` as const;
const { given } = scenarios({
  handlers: exchangeHandlers,
  rules: { ...kernelRules, ...assignmentRules, ...organisationRules, ...personRules, ...exchangeRules },
});
const officer = { actor: { id: uuid(16), role: 'programme_officer' }, at: '2027-01-04T09:00:00Z' };

/** An official of the ministry goes to the association; its founder, nobody's employee, comes to the ministry. */
const [ministry, association, school, otherSchool] = [uuid(2), uuid(3), uuid(4), uuid(5)];
const [official, founder, third] = [uuid(10), uuid(11), uuid(12)];
const [there, back, elsewhere] = [uuid(20), uuid(21), uuid(22)];
const [toAssociation, toMinistry] = [uuid(30), uuid(31)];

const registered = (id: string) =>
  past(
    `organisation-${id}`,
    OrganisationRegistered.parse({
      kind: 'public_body',
      purpose: 'objet',
      zone: 'Europe/Paris',
      holidayCalendar: 'fr',
    }),
  );
const missionAt = (id: string, hostId: string) => past(`mission-${id}`, MissionProposed.parse({ ...proposal, hostId }));
const assigned = (id: string, personId: string, missionId: string) =>
  past(
    `assignment-${id}`,
    AgentAssigned.parse({
      title: { volunteering: true },
      personId,
      missionId,
      from: '2027-01-11',
      to: '2027-06-30',
    }),
  );
const employed = (from = '2020-01-01', employerId = ministry) =>
  past(
    `person-${official}`,
    EmploymentStarted.parse({ employmentId: uuid(40), employerId, branch: 'state', status: 'tenured', from }),
  );
const founded = past(
  `organisation-${association}`,
  RepresentativeDesignated.parse({ personId: founder, role: 'host_representative' }),
);
const missions = [missionAt(toAssociation, association), missionAt(toMinistry, ministry)];
const legs = [assigned(there, official, toAssociation), assigned(back, founder, toMinistry)];
const known = [official, founder, third].map((id) => {
  const contact = { name: `Personne ${id}`, email: 'personne@example.org' };
  return past(`person-${id}`, PersonRegistered.parse({ locale: 'fr', zone: 'Europe/Paris', ...contact }));
});
const schools = [registered(school), registered(otherSchool)];
const ready = given(...known, ...missions, ...legs, employed(), founded, ...schools);

const pair = (history: Given, one = there, two = back, more: object = {}) =>
  history.when('PairExchange', { ...here, legs: [one, two] }, { ...officer, ...more });
const enrol = (history: Given, personIds: readonly string[], schoolId = school) =>
  history.when('EnrolCohort', { ...here, schoolId, personIds }, officer);

describe('pairing', () => {
  test('takes two people, each going to where the other comes from', () => {
    pair(ready).expectEvents(ExchangePaired.parse({ legs: [there, back] }));
    const agent = { ...officer, actor: { id: official, role: 'agent' } };
    ready.when('PairExchange', { ...here, legs: [there, back] }, agent).expectRefusals('role.not-allowed');
  });
  test('may wait until the first is back', () => {
    const ended = past(`assignment-${there}`, AssignmentEnded.parse({ on: '2027-03-31', cause: 'completed' }));
    pair(ready.and(ended)).expectFindings();
  });
  test('needs both to be assigned', () => {
    pair(given(...missions, ...legs.slice(0, 1), employed(), founded)).expectRefusals('assignment.wrong-state');
    pair(given()).expectRefusals('assignment.wrong-state', 'assignment.wrong-state');
  });
  test('of one person with themselves is refused', () => {
    const both = given(
      ...missions,
      assigned(there, official, toAssociation),
      assigned(back, official, toMinistry),
      employed(),
    );
    pair(both).expectRefusals('exchange.same-person');
  });
  const oneSided: readonly (readonly [string, readonly Past[]])[] = [
    ['the official does not come from there', [...missions, ...legs, founded]],
    ['the official does not come from there yet', [...missions, ...legs, founded, employed('2027-01-12')]],
    ['the official comes from elsewhere', [...missions, ...legs, founded, employed('2020-01-01', school)]],
    ['the founder does not come from there', [...missions, ...legs, employed()]],
  ];
  test.each(oneSided)('one way only, as %s, needs a justification', (_, facts) => {
    pair(given(...facts)).expectRefusals('exchange.not-reciprocal');
    pair(given(...facts), there, back, { justification: 'Même groupe.' }).expectFindings('exchange.not-reciprocal');
  });
  test('twice is already so, from either side', () => {
    const paired = pair(ready).next();
    pair(paired).expectAlreadySo();
    pair(paired, back, there).expectAlreadySo();
  });
  test('puts each assignment in one pair', () => {
    const paired = pair(ready)
      .next()
      .and(assigned(elsewhere, third, toAssociation));
    pair(paired, elsewhere, back).expectRefusals('exchange.wrong-state');
    pair(paired, there, elsewhere).expectRefusals('exchange.wrong-state');
  });
  test('of an assignment with itself is no pair', () => {
    expect(() => pair(ready, there, there)).toThrow('two different assignments');
  });
});

describe('a cohort', () => {
  test('is enrolled from a school that is registered', () => {
    enrol(ready, [official]).expectEvents(CohortEnrolled.parse({ schoolId: school, personIds: [official] }));
    enrol(ready, [official], uuid(6)).expectRefusals('organisation.wrong-state');
    const agent = { ...officer, actor: { id: official, role: 'agent' } };
    ready
      .when('EnrolCohort', { ...here, schoolId: school, personIds: [official] }, agent)
      .expectRefusals('role.not-allowed');
  });
  test('is of people known to the programme', () => {
    enrol(ready, [official, uuid(13)]).expectRefusals('person.wrong-state');
    enrol(ready, [uuid(13), uuid(14)]).expectRefusals('person.wrong-state', 'person.wrong-state');
  });
  test('twice is already so; more of them are added', () => {
    const enrolled = enrol(ready, [official]).next();
    enrol(enrolled, [official]).expectAlreadySo();
    enrol(enrolled, [third, official]).expectEvents(CohortEnrolled.parse({ schoolId: school, personIds: [third] }));
  });
  test('is of one school for each person', () => {
    const enrolled = enrol(ready, [official]).next();
    enrol(enrolled, [official, third], otherSchool).expectRefusals('exchange.in-other-cohort');
    enrol(enrolled, [third], otherSchool).expectFindings();
  });
  test('once enrolled, has someone in every pair', () => {
    pair(enrol(ready, [official]).next()).expectFindings();
    pair(enrol(ready, [founder]).next()).expectFindings();
    pair(enrol(ready, [third]).next()).expectRefusals('exchange.outside-cohort');
  });
});

test('whatever is tried, pairs are of two, both ways', () => {
  const id = fc.constantFrom(there, back, elsewhere);
  const all = ready.and(assigned(elsewhere, third, toAssociation));
  fc.assert(
    fc.property(fc.array(fc.tuple(id, id), { maxLength: 8 }), (pairs) => {
      let history = all;
      for (const [one, two] of pairs) {
        if (one === two) continue;
        const justified = { justification: 'Même groupe.' };
        history = pair(history, one, two, justified).next();
        expect(pair(history, two, one, justified).next().history.length).toBe(history.history.length);
        const { paired } = history.state(onExchange) as ExchangeState; // the aggregate's own state
        for (const [from, to] of Object.entries(paired)) expect(paired[to]).toBe(from);
      }
    }),
    { numRuns: 60 },
  );
});
