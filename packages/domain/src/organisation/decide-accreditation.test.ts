import { describe, expect, test } from '@jest/globals';
import { type Given, past, scenarios } from '@probono/testing';
import * as fc from 'fast-check';
import { OrganisationId } from '../kernel/identifiers.js';
import { kernelRules } from '../kernel/rules.js';
import { addDays } from '../time/calendar.js';
import { LocalDate } from '../time/types.js';
import { organisationHandlers } from './decide.js';
import {
  AccreditationRefused,
  AccreditationWithdrawn,
  EligibilityEvidenceFiled,
  HostAccredited,
  OrganisationRegistered,
} from './events.js';
import { accreditationOn } from './queries.js';
import { organisationRules } from './rules.js';
import type { OrganisationState } from './state.js';

const { given } = scenarios({ handlers: organisationHandlers, rules: { ...kernelRules, ...organisationRules } });

const organisationId = '01900000-0000-7000-8000-000000000001';
const administrationId = OrganisationId.parse('01900000-0000-7000-8000-000000000002');
const other = OrganisationId.parse('01900000-0000-7000-8000-000000000003');
const officer = { id: '01900000-0000-7000-8000-0000000000f1', role: 'programme_officer' };
const clerk = { id: 'system:clerk', role: 'system' };
const stream = `organisation-${organisationId}` as const;
const on = (date: string) => LocalDate.parse(date);

const details = { kind: 'association', purpose: 'Eau', zone: 'Europe/Paris', holidayCalendar: 'fr' } as const;
const home = past(`organisation-${administrationId}`, OrganisationRegistered.parse({ ...details, kind: 'state' }));
const registered = given(past(stream, OrganisationRegistered.parse(details)), home);
const reviewed = registered.and(past(stream, EligibilityEvidenceFiled.parse({ docHash: 'ab'.repeat(32) })));

const act = (history: Given, command: string, date: string, more: object = {}, actor = officer) =>
  history.when(
    command,
    { organisationId, administrationId, ...more },
    { actor, at: `${date}T09:00:00Z`, effectiveOn: date },
  );
const statusOn = (history: Given, date: string) =>
  accreditationOn(history.state(stream) as OrganisationState, administrationId, on(date));

const accredited = act(reviewed, 'AccreditHost', '2026-01-10', { until: '2026-12-31' }).next();
const suspended = act(accredited, 'SuspendAccreditation', '2026-03-10').next();

describe('accrediting a host', () => {
  test('records until when, by one administration', () => {
    act(reviewed, 'AccreditHost', '2026-01-10', { until: '2026-12-31' }).expectEvents(
      HostAccredited.of({ administrationId, until: on('2026-12-31') }),
    );
    expect(accreditationOn(accredited.state(stream) as OrganisationState, other, on('2026-06-01'))).toBe('none');
  });

  test('needs evidence', () => {
    act(registered, 'AccreditHost', '2026-01-10', { until: '2026-12-31' }).expectRefusals(
      'accreditation.evidence-missing',
    );
  });

  test('needs an end that is still to come', () => {
    act(reviewed, 'AccreditHost', '2026-01-10', { until: '2026-01-09' }).expectRefusals('accreditation.already-over');
  });

  test('needs two registered organisations', () => {
    act(given(), 'AccreditHost', '2026-01-10', { until: '2026-12-31' }).expectRefusals(
      'organisation.wrong-state',
      'organisation.wrong-state',
    );
  });

  test('is already so when sent twice, and refused with another end', () => {
    act(accredited, 'AccreditHost', '2026-02-01', { until: '2026-12-31' }).expectAlreadySo();
    act(accredited, 'AccreditHost', '2026-02-01', { until: '2027-12-31' }).expectRefusals('accreditation.wrong-state');
  });

  test('can be decided ahead, for the day after the one that runs', () => {
    const renewed = accredited
      .when(
        'AccreditHost',
        { organisationId, administrationId, until: '2027-12-31' },
        { actor: officer, at: '2026-11-02T09:00:00Z', effectiveOn: '2027-01-01' },
      )
      .next();
    expect(statusOn(renewed, '2026-12-31')).toBe('accredited');
    expect(statusOn(renewed, '2027-12-31')).toBe('accredited');
    // A suspension in between suspends what was renewed, too.
    const stopped = act(renewed, 'SuspendAccreditation', '2026-12-01').next();
    expect(statusOn(stopped, '2027-01-02')).toBe('suspended');
    expect(statusOn(act(stopped, 'ReinstateAccreditation', '2027-02-01').next(), '2027-06-01')).toBe('accredited');
  });

  test('is refused to anyone but the officer', () => {
    act(reviewed, 'AccreditHost', '2026-01-10', { until: '2026-12-31' }, { ...officer, role: 'agent' }).expectRefusals(
      'role.not-allowed',
    );
  });
});

describe('what an accreditation is on a day', () => {
  test('counts its last day, and has lapsed on the next, before anyone records it', () => {
    expect(statusOn(accredited, '2026-01-09')).toBe('none');
    expect(statusOn(accredited, '2026-01-10')).toBe('accredited');
    expect(statusOn(accredited, '2026-12-31')).toBe('accredited');
    expect(statusOn(accredited, '2027-01-01')).toBe('lapsed');
  });

  test('is suspended from the day of the suspension to that of the reinstatement', () => {
    const back = act(suspended, 'ReinstateAccreditation', '2026-04-01').next();
    expect(['2026-03-09', '2026-03-10', '2026-03-31', '2026-04-01'].map((date) => statusOn(back, date))).toEqual([
      'accredited',
      'suspended',
      'suspended',
      'accredited',
    ]);
    expect(statusOn(back, '2027-01-01')).toBe('lapsed');
  });

  test('lapses while suspended', () => {
    expect(statusOn(suspended, '2027-01-01')).toBe('lapsed');
  });

  test('is withdrawn from a day that lies before it was recorded', () => {
    const withdrawn = accredited
      .when(
        'WithdrawAccreditation',
        { organisationId, administrationId },
        { actor: officer, at: '2026-05-15T09:00:00Z', effectiveOn: '2026-05-09' },
      )
      .expectEvents(AccreditationWithdrawn.of({ administrationId }))
      .next();
    expect(statusOn(withdrawn, '2026-05-08')).toBe('accredited');
    expect(statusOn(withdrawn, '2026-05-09')).toBe('withdrawn');
    expect(statusOn(withdrawn, '2027-05-09')).toBe('withdrawn');
  });
});

describe('the turns of an accreditation', () => {
  test.each([
    ['SuspendAccreditation', 'not accredited', () => reviewed],
    ['ReinstateAccreditation', 'not suspended', () => accredited],
    ['WithdrawAccreditation', 'not accredited', () => reviewed],
    ['RefuseAccreditation', 'accredited', () => accredited],
  ])('%s is refused when %s', (command, _when, history) => {
    act(history(), command, '2026-06-01').expectRefusals('accreditation.wrong-state');
  });

  test.each([
    ['SuspendAccreditation', () => accredited],
    ['ReinstateAccreditation', () => suspended],
    ['WithdrawAccreditation', () => suspended],
    ['RefuseAccreditation', () => reviewed],
  ])('%s is already so when sent twice', (command, history) => {
    const once = act(history(), command, '2026-06-01');
    expect(once.decision).toMatchObject({ accepted: true, events: [{ stream }] });
    act(once.next(), command, '2026-06-02').expectAlreadySo();
  });

  test('a refused host may be accredited later', () => {
    const refused = act(registered, 'RefuseAccreditation', '2026-01-05');
    refused.expectEvents(AccreditationRefused.of({ administrationId }));
    expect(statusOn(refused.next(), '2026-01-06')).toBe('none');
    const filed = refused.next().and(past(stream, EligibilityEvidenceFiled.parse({ docHash: 'cd'.repeat(32) })));
    expect(statusOn(act(filed, 'AccreditHost', '2026-02-01', { until: '2026-12-31' }).next(), '2026-02-01')).toBe(
      'accredited',
    );
  });

  test('the lapse is recorded by the clerk once its day has come', () => {
    act(accredited, 'LapseAccreditation', '2026-12-31', {}, clerk).expectRefusals('accreditation.wrong-state');
    const lapsed = act(accredited, 'LapseAccreditation', '2027-01-01', {}, clerk).next();
    expect(lapsed.history.at(-1)?.fact.type).toBe('AccreditationLapsed');
    act(lapsed, 'LapseAccreditation', '2027-01-02', {}, clerk).expectAlreadySo();
  });

  test('a lapse recorded late does not stand in the way of a renewal that reaches back', () => {
    const lapsed = act(accredited, 'LapseAccreditation', '2027-01-09', {}, clerk).next();
    const renewed = act(lapsed, 'AccreditHost', '2027-01-01', { until: '2027-12-31' }).next();
    expect(statusOn(renewed, '2027-01-05')).toBe('accredited');
  });
});

test('whatever is tried, it folds, and the same again is already so or refused', () => {
  const step = fc.record({
    command: fc.constantFrom(
      'AccreditHost',
      'RefuseAccreditation',
      'SuspendAccreditation',
      'ReinstateAccreditation',
      'WithdrawAccreditation',
      'LapseAccreditation',
    ),
    day: fc.integer({ min: 0, max: 60 }),
    length: fc.integer({ min: 1, max: 30 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      let history = reviewed;
      for (const { command, day, length } of steps) {
        const date = addDays(on('2026-01-01'), day);
        const more = command === 'AccreditHost' ? { until: addDays(date, length) } : {};
        const actor = command === 'LapseAccreditation' ? clerk : officer;
        const once = act(history, command, date, more, actor);
        const after = once.next();
        if (once.decision.accepted) {
          const again = act(after, command, date, more, actor).decision;
          expect(again.accepted ? again.events : []).toEqual([]);
        } else expect(after.state(stream)).toEqual(history.state(stream));
        history = after;
      }
    }),
    { numRuns: 200 },
  );
});
