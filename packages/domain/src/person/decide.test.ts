import { describe, expect, test } from '@jest/globals';
import { past, scenarios } from '@probono/testing';
import { kernelRules } from '../kernel/rules.js';
import { organisationRules } from '../organisation/rules.js';
import { personHandlers } from './decide.js';
import { PersonRegistered, personEvents, SecondmentRecorded, SubjectKeyDestroyed } from './events.js';
import { secondmentsWith } from './queries.js';
import { personRules } from './rules.js';
import type { PersonState } from './state.js';

const { given } = scenarios({
  handlers: personHandlers,
  rules: { ...kernelRules, ...organisationRules, ...personRules },
});

const julien = '01900000-0000-7000-8000-0000000000a1';
const officer = { id: '01900000-0000-7000-8000-0000000000f1', role: 'programme_officer' };
const agent = { id: julien, role: 'agent' };
const clerk = { id: 'system:clerk', role: 'system' };
const at = '2026-03-02T09:00:00Z';
const stream = `person-${julien}` as const;
const details = { locale: 'fr', zone: 'Europe/Paris', name: 'Julien Exemple', email: 'julien@example.org' } as const;
const known = given(past(stream, PersonRegistered.parse(details)));
const destruction = { visa: 'AD75-2026-014', legalBasis: 'code du patrimoine, art. L212-2' };
const erased = known.and(past(stream, SubjectKeyDestroyed.parse(destruction)));

describe('registering a person', () => {
  const data = { personId: julien, ...details };

  test('records who they are', () => {
    given().when('RegisterPerson', data, { actor: officer, at }).expectEvents(PersonRegistered.parse(details));
  });

  test('is already so when sent twice, and refused with other facts', () => {
    known.when('RegisterPerson', data, { actor: officer, at }).expectAlreadySo();
    known
      .when('RegisterPerson', { ...data, name: 'Julien Autre' }, { actor: officer, at })
      .expectRefusals('person.wrong-state');
  });

  test('is refused once their key was destroyed', () => {
    erased.when('RegisterPerson', data, { actor: officer, at }).expectRefusals('person.wrong-state');
  });
});

describe.each([
  ['UpdateSkills', { skills: ['tutorat', 'eau'] }, 'SkillsUpdated'],
  ['DeclareCareerStage', { stage: 'vers la retraite' }, 'CareerStageDeclared'],
  [
    'ChangeContactPreferences',
    { channels: ['email'], quietHours: { from: '20:00', to: '07:30' }, remindersBefore: ['J-7', 'H-2'] },
    'ContactPreferencesChanged',
  ],
] as const)('%s', (command, data, type) => {
  test('is recorded for the agent in person, and already so when sent twice', () => {
    const once = known.when(command, { personId: julien, ...data }, { actor: agent, at });
    once.expectEvents({ type, data });
    once
      .next()
      .when(command, { personId: julien, ...data }, { actor: agent, at })
      .expectAlreadySo();
  });

  test('is refused to another agent', () => {
    known
      .when(command, { personId: julien, ...data }, { actor: { ...agent, id: officer.id }, at })
      .expectRefusals('role.not-designated');
  });

  test('is refused of someone unknown, and of someone whose key was destroyed', () => {
    for (const history of [given(), erased]) {
      history.when(command, { personId: julien, ...data }, { actor: agent, at }).expectRefusals('person.wrong-state');
    }
  });
});

describe('recording a secondment', () => {
  const period = {
    conventionId: '01900000-0000-7000-8000-0000000000b1',
    hostId: '01900000-0000-7000-8000-000000000001',
    framework: 'idf-2017-pilot',
    from: '2026-01-01',
    to: '2026-06-30',
  };
  const data = { personId: julien, ...period };
  const once = known.when('RecordSecondment', data, { actor: clerk, at });

  test('is the clerk’s, once', () => {
    once.expectEvents(SecondmentRecorded.parse(period));
    once.next().when('RecordSecondment', data, { actor: clerk, at }).expectAlreadySo();
    known.when('RecordSecondment', data, { actor: officer, at }).expectRefusals('role.not-allowed');
  });

  test('again for the same convention tells the period that holds now', () => {
    const renewed = { ...data, to: '2026-12-31' };
    const state = once
      .next()
      .when('RecordSecondment', renewed, { actor: clerk, at })
      .next()
      .state(stream) as PersonState;
    const host = SecondmentRecorded.parse(period).data.hostId;
    expect(secondmentsWith(state, host).map(({ from, to }) => [from, to])).toEqual([['2026-01-01', '2026-12-31']]);
  });

  test('is refused of someone unknown', () => {
    given().when('RecordSecondment', data, { actor: clerk, at }).expectRefusals('person.wrong-state');
  });

  test('cannot run backwards', () => {
    expect(() => known.when('RecordSecondment', { ...data, to: '2025-12-31' }, { actor: clerk, at })).toThrow(
      /from must not lie after to/,
    );
  });
});

describe('destroying a key', () => {
  const data = { personId: julien, ...destruction };

  test('rests on a visa and is recorded once, also of one never registered', () => {
    for (const history of [known, given()]) {
      const once = history.when('DestroySubjectKey', data, { actor: clerk, at });
      once.expectEvents(SubjectKeyDestroyed.parse(destruction));
      once.next().when('DestroySubjectKey', data, { actor: clerk, at }).expectAlreadySo();
    }
  });

  test('is refused under another visa afterwards', () => {
    erased
      .when('DestroySubjectKey', { ...data, visa: 'AD75-2026-015' }, { actor: clerk, at })
      .expectRefusals('person.wrong-state');
  });

  test('is refused to people', () => {
    known.when('DestroySubjectKey', data, { actor: officer, at }).expectRefusals('role.not-allowed');
  });
});

test('all that a person says of themselves is personal', () => {
  const paths = Object.values(personEvents).flatMap(({ type, personal }) =>
    personal.map(({ path, subject }) => `${type} ${path.join('.')} ${subject}`),
  );
  expect(paths).toEqual([
    'PersonRegistered name @stream',
    'PersonRegistered email @stream',
    'PersonRegistered phone @stream',
    'SkillsUpdated skills @stream',
    'CareerStageDeclared stage @stream',
  ]);
});
