import { describe, expect, test } from '@jest/globals';
import { type Given, past, scenarios } from '@probono/testing';
import * as fc from 'fast-check';
import { type AssignmentTitle, assignmentEvents } from '../assignment/events.js';
import { congeCitoyennete } from '../framework/conge-citoyennete.js';
import { ConventionId } from '../kernel/identifiers.js';
import { kernelRules } from '../kernel/rules.js';
import { OrganisationRegistered, RepresentativeDesignated } from '../organisation/events.js';
import { organisationRules } from '../organisation/rules.js';
import { addDays, daysInclusive, yearOf } from '../time/calendar.js';
import { LocalDate } from '../time/types.js';
import { personHandlers, personHandlersFor } from './decide.js';
import { AccidentReported, EmploymentEnded, EmploymentStarted, LeaveGranted, PersonRegistered } from './events.js';
import { leaveDaysByYear } from './leave-allowance.js';
import { personRules } from './rules.js';

const { given } = scenarios({
  handlers: personHandlers,
  rules: {
    ...kernelRules,
    ...organisationRules,
    ...personRules,
    'assignment.wrong-state': { severity: 'refuse', message: { fr: '{status}', en: '{status}' } },
  },
});

const personId = '01900000-0000-7000-8000-0000000000a1';
const employerId = '01900000-0000-7000-8000-000000000002';
const hostId = '01900000-0000-7000-8000-000000000001';
const employmentId = '01900000-0000-7000-8000-0000000000e1';
const assignmentId = '01900000-0000-7000-8000-0000000000d1';
const hr = { id: '01900000-0000-7000-8000-0000000000f2', role: 'hr' };
const at = '2026-03-02T09:00:00Z';
const stream = `person-${personId}` as const;
const on = (date: string) => LocalDate.parse(date);

const body = { purpose: '–', zone: 'Europe/Paris', holidayCalendar: 'fr' } as const;
const host = (declaredOn?: string) =>
  past(`organisation-${hostId}`, OrganisationRegistered.parse({ ...body, kind: 'association', declaredOn }));
const agent = given(
  past(`organisation-${employerId}`, OrganisationRegistered.parse({ ...body, kind: 'state' })),
  past(`organisation-${employerId}`, RepresentativeDesignated.parse({ personId: hr.id, role: 'hr' })),
  past(stream, PersonRegistered.parse({ locale: 'fr', zone: 'Europe/Paris', name: 'A', email: 'a@example.org' })),
  past(
    stream,
    EmploymentStarted.parse({ employmentId, employerId, branch: 'state', status: 'tenured', from: '2020-01-01' }),
  ),
);
const ready = agent.and(host('2020-01-01'));
const leave = (from: string, to: string, workingDays: number) => ({
  employmentId,
  hostId,
  from,
  to,
  workingDays,
  officeHeld: true,
});
const granted = (...of: Parameters<typeof leave>) => past(stream, LeaveGranted.parse(leave(...of)));
const grant = (history: Given, data: object, actor = hr) =>
  history.when('GrantLeave', { personId, ...data }, { actor, at });

describe('granting leave', () => {
  const week = leave('2026-06-01', '2026-06-06', 6);

  test('of six working days in one spell is recorded, and already so when sent twice', () => {
    const once = grant(ready, week);
    once.expectEvents(LeaveGranted.parse(week));
    grant(once.next(), week).expectAlreadySo();
  });

  test('records the framework it is granted under', () => {
    const { decision } = grant(ready, week);
    expect(decision).toMatchObject({ framework: { id: 'conge-citoyennete', version: 1 } });
  });

  test('under another table is judged by its rows', () => {
    const [row] = congeCitoyennete.leave.value.slice(-1);
    if (row === undefined) throw new Error('the table grants no leave');
    const value = [{ ...row, days: 3, office: false, source: 'un autre texte' }];
    const shorter = { ...congeCitoyennete, version: 2, leave: { ...congeCitoyennete.leave, value } };
    const table = scenarios({
      handlers: personHandlersFor([congeCitoyennete, shorter]),
      rules: { ...kernelRules, ...organisationRules, ...personRules },
    });
    const outcome = grant(table.given(...ready.history), { ...week, officeHeld: false });
    outcome.expectRefusals('leave.days-exceeded');
    expect(outcome.decision).toMatchObject({ refusals: [{ source: 'un autre texte' }] });
  });

  test('needs an association: another body is refused as such, however long it has existed', () => {
    const foundation = { ...body, kind: 'foundation', declaredOn: '1990-01-01' } as const;
    const history = agent.and(past(`organisation-${hostId}`, OrganisationRegistered.parse(foundation)));
    grant(history, week).expectRefusals('leave.host-not-eligible');
  });

  test('of more than six days in a calendar year is refused', () => {
    grant(ready, leave('2026-06-01', '2026-06-08', 7)).expectRefusals('leave.days-exceeded');
    grant(ready.and(granted('2026-02-02', '2026-02-04', 3)), leave('2026-06-01', '2026-06-04', 4)).expectRefusals(
      'leave.days-exceeded',
    );
  });

  test('in a third spell of a calendar year is refused, the next year not', () => {
    const twice = ready.and(granted('2026-02-02', '2026-02-03', 2), granted('2026-04-07', '2026-04-08', 2));
    grant(twice, leave('2026-06-01', '2026-06-01', 1)).expectRefusals('leave.too-many-spells');
    grant(twice, leave('2027-06-01', '2027-06-01', 1)).expectFindings();
  });

  test('over new year counts days where they fall and the spell where it begins', () => {
    // 28 to 31 December are four working days; 1 January is a holiday, 2 January a Saturday.
    const over = ready.and(granted('2026-12-28', '2027-01-02', 5));
    grant(over, leave('2026-05-04', '2026-05-06', 3)).expectRefusals('leave.days-exceeded');
    grant(over, leave('2026-05-04', '2026-05-05', 2)).expectFindings();
    grant(over, leave('2027-05-03', '2027-05-08', 6)).expectRefusals('leave.days-exceeded');
    const twice = over.and(granted('2027-03-01', '2027-03-02', 2));
    grant(twice, leave('2027-05-03', '2027-05-04', 2)).expectFindings();
  });

  test('without an office is refused', () => {
    grant(ready, { ...week, officeHeld: false }).expectRefusals('leave.office-missing');
  });

  test('for an association declared a year before the first day is fine, a day later is not', () => {
    grant(agent.and(host('2025-06-01')), week).expectFindings();
    grant(agent.and(host('2025-06-02')), week).expectRefusals('leave.host-too-young');
    grant(agent.and(host()), week).expectRefusals('leave.host-too-young');
  });

  test('before 17 April 2024 needed three years', () => {
    grant(agent.and(host('2022-01-01')), leave('2024-04-16', '2024-04-16', 1)).expectRefusals('leave.host-too-young');
    grant(agent.and(host('2022-01-01')), leave('2024-04-17', '2024-04-17', 1)).expectFindings();
  });

  test('says every reason at once', () => {
    grant(
      agent.and(host('2026-05-01'), granted('2026-02-02', '2026-02-03', 2), granted('2026-03-02', '2026-03-03', 2)),
      { ...week, officeHeld: false },
    ).expectRefusals('leave.days-exceeded', 'leave.too-many-spells', 'leave.office-missing', 'leave.host-too-young');
  });

  test('is for HR of the employer', () => {
    grant(ready, week, { id: personId, role: 'hr' }).expectRefusals('role.not-designated');
  });

  test('needs the employment throughout', () => {
    const ended = ready.and(past(stream, EmploymentEnded.parse({ employmentId, on: '2026-06-05' })));
    grant(ended, week).expectRefusals('person.wrong-state');
    grant(given(), week).expectRefusals('person.wrong-state');
  });

  test('needs a registered host', () => {
    grant(agent, week).expectRefusals('organisation.wrong-state');
  });

  test('cannot have more days than its period', () => {
    expect(() => grant(ready, leave('2026-06-01', '2026-06-02', 3))).toThrow(/workingDays/);
  });
});

describe('the working days of a leave', () => {
  test('leave out the second day of Christmas in Alsace-Moselle', () => {
    const period = { from: on('2025-12-26'), to: on('2026-01-03'), workingDays: 6 };
    expect([...leaveDaysByYear(period, 'fr')]).toEqual([
      [2025, 5],
      [2026, 1],
    ]);
    expect([...leaveDaysByYear(period, 'fr-alsace-moselle')]).toEqual([
      [2025, 4],
      [2026, 2],
    ]);
  });

  test('add up over the years of its period, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2000 }),
        fc.integer({ min: 0, max: 365 }),
        fc.integer({ min: 1, max: 366 }),
        (begin, length, days) => {
          const from = addDays(on('2020-01-01'), begin);
          const to = addDays(from, length);
          const workingDays = Math.min(days, daysInclusive(from, to));
          const years = leaveDaysByYear({ from, to, workingDays });
          expect([...years.values()].reduce((sum, n) => sum + n, 0)).toBe(workingDays);
          for (const year of years.keys()) expect(year >= yearOf(from) && year <= yearOf(to)).toBe(true);
        },
      ),
    );
  });
});

describe('reporting an accident', () => {
  const data = { assignmentId, on: '2026-02-27' };
  const assigned = (title: AssignmentTitle, who = personId) =>
    past(
      `assignment-${assignmentId}`,
      assignmentEvents.AgentAssigned.parse({
        title,
        missionId: '01900000-0000-7000-8000-0000000000c1',
        personId: who,
        ...('convention' in title ? { employmentId, quota: { num: 1, den: 10, window: 'week' } } : {}),
        from: '2026-01-01',
        to: '2026-06-30',
      }),
    );
  const convention = { convention: ConventionId.parse('01900000-0000-7000-8000-0000000000b1') };
  const report = (history: Given, actor = hr) => history.when('ReportAccident', { personId, ...data }, { actor, at });

  test('is recorded, and already so when sent twice', () => {
    const once = report(ready.and(assigned(convention)));
    once.expectEvents(AccidentReported.parse(data));
    report(once.next()).expectAlreadySo();
  });

  test('is for HR of the employer', () => {
    report(ready.and(assigned(convention)), { id: personId, role: 'hr' }).expectRefusals('role.not-designated');
  });

  test('is refused to HR where someone gives their own time', () => {
    report(ready.and(assigned({ volunteering: true }))).expectRefusals('role.not-designated');
  });

  test('needs an assignment of that person', () => {
    report(ready).expectRefusals('assignment.wrong-state');
    report(ready.and(assigned(convention, '01900000-0000-7000-8000-0000000000a2'))).expectRefusals(
      'assignment.wrong-state',
    );
  });
});
