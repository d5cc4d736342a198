import { describe, expect, test } from '@jest/globals';
import { type Given, past, scenarios } from '@probono/testing';
import * as fc from 'fast-check';
import { EmploymentId, PersonId } from '../kernel/identifiers.js';
import { kernelRules } from '../kernel/rules.js';
import { OrganisationRegistered, RepresentativeDesignated } from '../organisation/events.js';
import { organisationRules } from '../organisation/rules.js';
import { LocalDate } from '../time/types.js';
import { personHandlers } from './decide.js';
import { EmploymentEnded, EmploymentStarted, ManagerSet, PersonRegistered, ServiceDutySet } from './events.js';
import { employedOn, employmentsOn, loadedCostOn, managerOn, weeklyMinutesOn } from './queries.js';
import { personRules } from './rules.js';
import type { PersonState } from './state.js';

const { given } = scenarios({
  handlers: personHandlers,
  rules: { ...kernelRules, ...organisationRules, ...personRules },
});

const personId = '01900000-0000-7000-8000-0000000000a1';
const managerId = PersonId.parse('01900000-0000-7000-8000-0000000000a9');
const employerId = '01900000-0000-7000-8000-000000000002';
const otherId = '01900000-0000-7000-8000-000000000003';
const first = EmploymentId.parse('01900000-0000-7000-8000-0000000000e1');
const second = EmploymentId.parse('01900000-0000-7000-8000-0000000000e2');
const hr = { id: '01900000-0000-7000-8000-0000000000f2', role: 'hr' };
const at = '2026-03-02T09:00:00Z';
const stream = `person-${personId}` as const;
const on = (date: string) => LocalDate.parse(date);

const employer = (id: string) => [
  past(
    `organisation-${id}`,
    OrganisationRegistered.parse({ kind: 'state', purpose: '–', zone: 'Europe/Paris', holidayCalendar: 'fr' }),
  ),
  past(`organisation-${id}`, RepresentativeDesignated.parse({ personId: hr.id, role: 'hr' })),
];
const registered = past(
  stream,
  PersonRegistered.parse({ locale: 'fr', zone: 'Europe/Paris', name: 'Valérie', email: 'v@example.org' }),
);
const start = (employmentId: string, from = '2026-01-01', employer = employerId) =>
  ({ employmentId, employerId: employer, branch: 'state', status: 'tenured', from }) as const;

const known = given(...employer(employerId), ...employer(otherId), registered);
const employed = known.and(past(stream, EmploymentStarted.parse(start(first))));
const duty = (employmentId: string, weeklyMinutes: number, from = '2026-01-01') =>
  past(stream, ServiceDutySet.parse({ employmentId, weeklyMinutes, from }));
const stateOf = (history: Given) => history.state(stream) as PersonState;
const act = (history: Given, command: string, data: object, actor = hr) =>
  history.when(command, { personId, ...data }, { actor, at });

describe('starting an employment', () => {
  test('is recorded, and already so when sent twice', () => {
    const once = act(known, 'StartEmployment', start(first));
    once.expectEvents(EmploymentStarted.parse(start(first)));
    act(once.next(), 'StartEmployment', start(first)).expectAlreadySo();
  });

  test('is refused under an id that stands for another', () => {
    act(employed, 'StartEmployment', start(first, '2026-02-01')).expectRefusals('person.wrong-state');
  });

  test('is for HR of that employer', () => {
    act(known, 'StartEmployment', start(first), { id: managerId, role: 'hr' }).expectRefusals('role.not-designated');
    act(known, 'StartEmployment', start(first), { id: hr.id, role: 'agent' }).expectRefusals('role.not-allowed');
  });

  test('needs a known person and a known employer, and says both', () => {
    act(given(), 'StartEmployment', start(first)).expectRefusals('person.wrong-state', 'organisation.wrong-state');
  });
});

describe('ending an employment', () => {
  test('names the last day employed', () => {
    const ended = act(employed, 'EndEmployment', { employmentId: first, on: '2026-06-30' });
    ended.expectEvents(EmploymentEnded.of({ employmentId: first, on: on('2026-06-30') }));
    const state = stateOf(ended.next());
    expect(
      ['2025-12-31', '2026-01-01', '2026-06-30', '2026-07-01'].map((day) => employedOn(state, first, on(day))),
    ).toEqual([false, true, true, false]);
    act(ended.next(), 'EndEmployment', { employmentId: first, on: '2026-06-30' }).expectAlreadySo();
    act(ended.next(), 'EndEmployment', { employmentId: first, on: '2026-07-31' }).expectRefusals('person.wrong-state');
  });

  test('is refused before it began, and where there is none', () => {
    act(employed, 'EndEmployment', { employmentId: first, on: '2025-12-31' }).expectRefusals('person.wrong-state');
    act(known, 'EndEmployment', { employmentId: first, on: '2026-06-30' }).expectRefusals('person.wrong-state');
  });
});

describe.each([
  ['SetServiceDuty', { weeklyMinutes: 1680 }, { weeklyMinutes: 1260 }],
  ['SetLoadedCost', { centsPerYear: 6_000_000 }, { centsPerYear: 6_100_000 }],
  ['SetManager', { managerId }, { managerId: hr.id }],
])('%s', (command, value, otherValue) => {
  const data = { employmentId: first, from: '2026-02-01', ...value };

  test('holds from a day on; the same twice is already so, another value is recorded', () => {
    const once = act(employed, command, data);
    expect(once.decision).toMatchObject({ accepted: true, events: [{ stream }] });
    act(once.next(), command, data).expectAlreadySo();
    expect(act(once.next(), command, { ...data, ...otherValue }).decision).toMatchObject({ events: [{ stream }] });
  });

  test('is for HR of the employer', () => {
    act(employed, command, data, { id: managerId, role: 'hr' }).expectRefusals('role.not-designated');
  });

  test('is refused without the employment, and after its end', () => {
    act(known, command, data).expectRefusals('person.wrong-state');
    const ended = employed.and(past(stream, EmploymentEnded.of({ employmentId: first, on: on('2026-01-31') })));
    act(ended, command, data).expectRefusals('person.wrong-state');
  });
});

describe('what holds on a day', () => {
  test('is the value with the latest first day, and full time where none was set', () => {
    const state = stateOf(employed.and(duty(first, 1260, '2026-06-01'), duty(first, 1680, '2026-03-01')));
    expect(
      ['2026-02-28', '2026-03-01', '2026-05-31', '2026-06-01'].map((day) => weeklyMinutesOn(state, first, on(day))),
    ).toEqual([2100, 1680, 1680, 1260]);
  });

  test('is the manager and the cost of that day', () => {
    const once = act(employed, 'SetManager', { employmentId: first, managerId, from: '2026-02-01' });
    once.expectEvents(ManagerSet.of({ employmentId: first, personId: managerId, from: on('2026-02-01') }));
    const cost = { employmentId: first, centsPerYear: 5_500_000, from: '2026-02-01' };
    const state = stateOf(act(once.next(), 'SetLoadedCost', cost).next());
    expect(managerOn(state, first, on('2026-01-31'))).toBeUndefined();
    expect(managerOn(state, first, on('2026-02-01'))).toBe(managerId);
    expect(loadedCostOn(state, first, on('2026-02-01'))).toBe(5_500_000);
  });
});

describe('several employments at once', () => {
  const both = employed.and(past(stream, EmploymentStarted.parse(start(second, '2026-01-01', otherId))));

  test('may begin before their duty is known, with a warning', () => {
    act(employed, 'StartEmployment', start(second, '2026-01-01', otherId)).expectFindings(
      'person.employment-overlap-full',
    );
  });

  test('may reach 48 hours a week, and not a minute more', () => {
    const one = both.and(duty(first, 2100));
    act(one, 'SetServiceDuty', { employmentId: second, weeklyMinutes: 780, from: '2026-01-01' }).expectFindings();
    act(one, 'SetServiceDuty', { employmentId: second, weeklyMinutes: 781, from: '2026-01-01' }).expectRefusals(
      'person.employment-overlap-full',
    );
  });

  test('count one whose duty was never set as full time, when it is the older', () => {
    act(both, 'SetServiceDuty', { employmentId: second, weeklyMinutes: 1400, from: '2026-01-01' }).expectRefusals(
      'person.employment-overlap-full',
    );
  });

  test('can be brought to two half duties, the older first', () => {
    const one = act(both, 'SetServiceDuty', { employmentId: first, weeklyMinutes: 1050, from: '2026-01-01' });
    one.expectFindings('person.employment-overlap-full');
    act(one.next(), 'SetServiceDuty', {
      employmentId: second,
      weeklyMinutes: 1050,
      from: '2026-01-01',
    }).expectFindings();
  });

  test('are looked at on later days too', () => {
    const later = both.and(duty(first, 1050), duty(first, 2100, '2026-09-01'));
    act(later, 'SetServiceDuty', { employmentId: second, weeklyMinutes: 1050, from: '2026-01-01' }).expectRefusals(
      'person.employment-overlap-full',
    );
  });

  test('do not add up when one ends before the other begins', () => {
    const ended = employed.and(
      duty(first, 2100),
      past(stream, EmploymentEnded.of({ employmentId: first, on: on('2026-06-30') })),
    );
    act(ended, 'StartEmployment', start(second, '2026-07-01', otherId)).expectFindings();
    act(ended, 'StartEmployment', start(second, '2026-06-30', otherId)).expectFindings(
      'person.employment-overlap-full',
    );
  });

  test('never add up to more than 48 hours, whatever duties are set and in whatever order', () => {
    const step = fc.record({
      employmentId: fc.constantFrom(first, second),
      weeklyMinutes: fc.integer({ min: 60, max: 2100 }),
      from: fc.integer({ min: 1, max: 9 }).map((month) => `2026-0${month}-01`),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        let history = both.and(duty(first, 1000), duty(second, 1000));
        for (const each of steps) {
          const once = act(history, 'SetServiceDuty', each);
          const after = once.next();
          if (!once.decision.accepted) expect(stateOf(after)).toEqual(stateOf(history));
          history = after;
        }
        const state = stateOf(history);
        for (let month = 1; month <= 12; month += 1) {
          const day = on(`2026-${String(month).padStart(2, '0')}-15`);
          const sum = employmentsOn(state, day).reduce(
            (minutes, { employmentId }) => minutes + weeklyMinutesOn(state, employmentId, day),
            0,
          );
          expect(sum).toBeLessThanOrEqual(2880);
        }
      }),
    );
  });
});
