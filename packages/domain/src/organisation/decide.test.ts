import { describe, expect, test } from '@jest/globals';
import { past, scenarios } from '@probono/testing';
import { MissionId } from '../kernel/identifiers.js';
import { kernelRules } from '../kernel/rules.js';
import { organisationHandlers } from './decide.js';
import { OrganisationRegistered, RepresentativeDesignated, TutorDesignated } from './events.js';
import { isTutor } from './queries.js';
import { organisationRules } from './rules.js';
import { type OrganisationState, organisation } from './state.js';

const { given } = scenarios({ handlers: organisationHandlers, rules: { ...kernelRules, ...organisationRules } });

const fne = '01900000-0000-7000-8000-000000000001';
const marie = '01900000-0000-7000-8000-0000000000a1';
const paul = '01900000-0000-7000-8000-0000000000a2';
const water = MissionId.parse('01900000-0000-7000-8000-0000000000c1');
const officer = { id: '01900000-0000-7000-8000-0000000000f1', role: 'programme_officer' };
const representative = { id: marie, role: 'host_representative' };
const at = '2026-03-02T09:00:00Z';
const stream = `organisation-${fne}` as const;
const docHash = 'ab'.repeat(32);

const details = {
  kind: 'association',
  purpose: "Protéger l'eau en Île-de-France",
  zone: 'Europe/Paris',
  holidayCalendar: 'fr',
} as const;

const registered = past(stream, OrganisationRegistered.parse(details));
const designated = past(stream, RepresentativeDesignated.parse({ personId: marie, role: 'host_representative' }));
const host = given(registered, designated);
const stateOf = (history: { state(of: typeof stream): unknown }) => history.state(stream) as OrganisationState;

describe('registering an organisation', () => {
  test('records it, with a SIREN whose check digit is right', () => {
    given()
      .when('RegisterOrganisation', { organisationId: fne, ...details, siren: '732829320' }, { actor: officer, at })
      .expectEvents(OrganisationRegistered.parse({ ...details, siren: '732829320' }));
  });

  test('refuses both identifiers at once when both are wrong', () => {
    given()
      .when(
        'RegisterOrganisation',
        { organisationId: fne, ...details, siren: '732829321', rna: 'W12345' },
        { actor: officer, at },
      )
      .expectRefusals('organisation.identifier-invalid', 'organisation.identifier-invalid');
  });

  test('is already so when sent twice, and refused with other facts', () => {
    host.when('RegisterOrganisation', { organisationId: fne, ...details }, { actor: officer, at }).expectAlreadySo();
    host
      .when('RegisterOrganisation', { organisationId: fne, ...details, purpose: 'Other' }, { actor: officer, at })
      .expectRefusals('organisation.wrong-state');
  });

  test('is for the programme officer', () => {
    given()
      .when('RegisterOrganisation', { organisationId: fne, ...details }, { actor: representative, at })
      .expectRefusals('role.not-allowed');
  });
});

describe('designating a representative', () => {
  test('records the capacity once', () => {
    const once = given(registered).when(
      'DesignateRepresentative',
      { organisationId: fne, personId: paul, role: 'hr' },
      { actor: officer, at },
    );
    once.expectEvents(RepresentativeDesignated.parse({ personId: paul, role: 'hr' }));
    once
      .next()
      .when('DesignateRepresentative', { organisationId: fne, personId: paul, role: 'hr' }, { actor: officer, at })
      .expectAlreadySo();
  });

  test('needs a registered organisation', () => {
    given()
      .when('DesignateRepresentative', { organisationId: fne, personId: paul, role: 'hr' }, { actor: officer, at })
      .expectRefusals('organisation.wrong-state');
  });
});

describe.each([
  ['FileEligibilityEvidence', { docHash, category238bis: 'environment' }, 'EligibilityEvidenceFiled'],
  ['RecordRepublicanCommitment', {}, 'RepublicanCommitmentRecorded'],
  ['RecordInsuranceCertificate', { until: '2027-12-31' }, 'InsuranceCertificateRecorded'],
  ['DesignateTutor', { personId: paul }, 'TutorDesignated'],
] as const)('%s', (command, data, type) => {
  test('is recorded, and already so when sent twice', () => {
    const once = host.when(command, { organisationId: fne, ...data }, { actor: representative, at });
    once.expectEvents({ type, data });
    once
      .next()
      .when(command, { organisationId: fne, ...data }, { actor: representative, at })
      .expectAlreadySo();
  });

  test("is refused to another host's representative", () => {
    host
      .when(command, { organisationId: fne, ...data }, { actor: { ...representative, id: paul }, at })
      .expectRefusals('role.not-designated');
  });

  test('needs a registered organisation', () => {
    given()
      .when(command, { organisationId: fne, ...data }, { actor: representative, at })
      .expectRefusals('organisation.wrong-state');
  });
});

describe('tutors', () => {
  const tutored = host.and(past(stream, TutorDesignated.parse({ personId: marie, missionId: water })));

  test('of one mission are tutors of that mission only', () => {
    const state = stateOf(tutored);
    expect(isTutor(state, marie, water)).toBe(true);
    expect(isTutor(state, marie)).toBe(false);
  });

  test('of the host are tutors of every mission', () => {
    const state = stateOf(host.and(past(stream, TutorDesignated.parse({ personId: paul }))));
    expect(isTutor(state, paul, water)).toBe(true);
    expect(isTutor(state, paul)).toBe(true);
  });

  test('are replaced in the scope they had, once', () => {
    const data = { organisationId: fne, personId: marie, successorId: paul, missionId: water };
    const once = tutored.when('ReplaceTutor', data, { actor: representative, at });
    const after = once.next();
    expect(isTutor(stateOf(after), marie, water)).toBe(false);
    expect(isTutor(stateOf(after), paul, water)).toBe(true);
    after.when('ReplaceTutor', data, { actor: representative, at }).expectAlreadySo();
  });

  test('cannot be replaced when they are none', () => {
    host
      .when('ReplaceTutor', { organisationId: fne, personId: paul, successorId: marie }, { actor: officer, at })
      .expectRefusals('organisation.wrong-state');
  });
});

test('folding tells one category and starts empty', () => {
  expect(organisation.category).toBe('organisation');
  expect(organisation.initial()).toEqual({ representatives: {}, tutors: {}, evidence: {}, accreditations: {} });
});
