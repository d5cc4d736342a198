import { describe, expect, test } from '@jest/globals';
import { assignmentEvents, conventionEvents, personEvents } from '@probono/domain';
import { engines } from '../../../../test/support/databases.js';
import {
  ada,
  adaJob,
  assignment,
  assignmentId,
  ben,
  benJob,
  convention as c,
  conventionId,
  hours as h,
  homeId,
  hostId,
  id,
  mission,
  missionId,
  otherHostId,
} from '../../test/programme.js';
import { queried } from '../../test/queried.js';
import { annualStatement, countStatementLines, statementLines, statementTotals } from '../index.js';

const time = `agenttime-${ada}` as const;
const lending = `convention-${conventionId}` as const;
const [e1, e2] = [id(101), id(102)];
const both = [
  [ada, adaJob],
  [ben, benJob],
] as const;

const employed = (employmentId: string, status: 'tenured' | 'contract') =>
  personEvents.EmploymentStarted.parse({
    employmentId,
    employerId: homeId,
    branch: 'state',
    status,
    from: '2015-01-01',
  });
const drafted = (to: string) => {
  const { version, terms } = c.drafted(to, both).data;
  const clauses = ['activities' as const, 'renewal_and_early_end' as const];
  return conventionEvents.ConventionDrafted.of({ version, terms: { ...terms, clauses } });
};
const assigned = (personId: string, employmentId: string, quota: { num: number; den: number }, to = '2026-12-31') => {
  const { data } = assignment.assigned(personId, to);
  return assignmentEvents.AgentAssigned.parse({ ...data, employmentId, quota: { ...quota, window: 'year' } });
};

describe.each(engines)('the annual statement, on %s', (engine) => {
  const at = queried(engine, annualStatement);
  const statement = (year: number, more: object = {}) => statementLines(at().sql, { homeId, year, ...more });
  const lent = async (to = '2026-12-31') => {
    const { tell } = at();
    await tell(`person-${ada}`, employed(adaJob, 'tenured'));
    await tell(`person-${ben}`, employed(benJob, 'contract'));
    await tell(`mission-${missionId}`, mission.proposed(hostId));
    await tell(lending, drafted(to), c.signed);
    await tell(`assignment-${assignmentId}`, assigned(ada, adaJob, { num: 2, den: 20 }, to));
  };
  const line = {
    ...{ homeId, hostId, year: 2026, framework: 'idf-2017-pilot', reimbursement: 'free', renewable: true },
    ...{ renewed: false, missionId, missionKind: 'skilled', place: 'Paris', branch: 'state', status: 'tenured' },
    ...{ quota: '1/10 year', agents: 1, assignments: 1, minutes: 0 },
  };

  test('tells agents by category, quota, mission, host and framework, in counts', async () => {
    const { tell, sql } = at();
    await lent();
    await tell(`assignment-${id(52)}`, assigned(ben, benJob, { num: 1, den: 10 }));
    expect(await statement(2026)).toEqual([{ ...line, status: 'contract' }, line]);
    await tell(`person-${ben}`, employed(benJob, 'tenured'));
    expect(await statement(2026)).toEqual([{ ...line, agents: 2, assignments: 2 }]);
    await tell(`assignment-${id(53)}`, assigned(ada, adaJob, { num: 1, den: 10 }));
    expect(await statement(2026)).toEqual([{ ...line, agents: 2, assignments: 3 }]);
    expect(await statementTotals(sql, { homeId, year: 2026 })).toEqual({
      ...{ agents: 2, hosts: 1, conventions: 1, missions: 1, assignments: 3, minutes: 0 },
    });
    expect(await statementTotals(sql, { homeId: otherHostId, year: 2026 })).toMatchObject({ agents: 0, minutes: 0 });
  });

  test('counts validated minutes in the year worked, and adjustments in theirs', async () => {
    const { tell } = at();
    await lent('2027-12-31');
    await tell(time, h.declared(e1, '2026-12-15', 210), h.confirmed(e1), h.validated(e1));
    await tell(time, h.declared(e2, '2026-12-16', 60), h.contested(e2), h.resolved(e2, 50));
    const minutes = async () => [(await statement(2026))[0]?.minutes, (await statement(2027))[0]?.minutes];
    expect(await minutes()).toEqual([210, 0]);
    await tell(time, h.validated(e2));
    expect(await minutes()).toEqual([260, 0]);
    await tell(time, h.corrected(e2, -10));
    expect(await minutes()).toEqual([210, 0]);
    await tell(time, h.confirmed(e2), h.validated(e2), h.withdrawn(e2));
    expect(await minutes()).toEqual([210, 0]);
    await tell(time, h.closed('2026-12'), h.adjusted(e1, -30, '2027-01'));
    expect(await minutes()).toEqual([210, -30]);
  });

  test('holds an agent in every year of the assignment, and in none after it ended', async () => {
    const { tell } = at();
    await lent('2028-06-30');
    const years = async () => {
      const lines = await Promise.all([2025, 2026, 2027, 2028, 2029].map((year) => statement(year)));
      return lines.map(({ length }) => length);
    };
    expect(await years()).toEqual([0, 1, 1, 1, 0]);
    await tell(`assignment-${assignmentId}`, assignment.ended('2027-01-31'));
    expect(await years()).toEqual([0, 1, 1, 0, 0]);
  });

  test('goes by the text that rules at the end of the year, and tells what was renewed', async () => {
    const { tell } = at();
    await lent('2027-12-31');
    const { data } = c.amendmentProposed('2028-06-30', '2027-03-01');
    const delta = { to: data.delta.to, reimbursement: { kind: 'full' as const }, clauses: [] };
    await tell(lending, conventionEvents.AmendmentProposed.of({ ...data, delta }));
    const said = async (year: number) =>
      (await statement(year)).map(({ reimbursement, renewable, renewed }) => [reimbursement, renewable, renewed]);
    expect(await said(2027)).toEqual([['free', true, false]]);
    const renewal = conventionEvents.ConventionRenewed.parse({ to: '2028-06-30', cumulativeMonths: 28 });
    await tell(lending, c.amended('2027-03-01'), renewal);
    expect(await said(2026)).toEqual([['free', true, false]]);
    expect(await said(2027)).toEqual([['full', false, true]]);
  });

  test('leaves out who is lent by nobody', async () => {
    await lent();
    const { data } = assignment.assigned(ben);
    const volunteer = { ...data, title: { volunteering: true as const } };
    await at().tell(`assignment-${id(52)}`, assignmentEvents.AgentAssigned.parse(volunteer));
    expect(await statement(2026)).toEqual([line]);
  });

  test('is filtered, counted, read page by page, and as of a past position', async () => {
    const { tell, sql, readModels } = at();
    await lent();
    const then = await tell(time, h.declared(e1, '2026-12-15', 210));
    await tell(`assignment-${id(52)}`, assigned(ben, benJob, { num: 1, den: 10 }));
    const [first, second] = await statement(2026);
    expect(await statement(2026, { limit: 1 })).toEqual([first]);
    expect(await statement(2026, { after: first })).toEqual([second]);
    expect(await statement(2026, { after: second })).toEqual([]);
    expect(await countStatementLines(sql, { homeId, year: 2026, hostId, framework: 'idf-2017-pilot' })).toBe(2);
    expect(await countStatementLines(sql, { homeId, year: 2026, missionKind: 'general_support' })).toBe(0);
    expect(await countStatementLines(sql, { homeId, year: 2026, reimbursement: 'full' })).toBe(0);
    const asOf = await readModels.buildAsOf('annual_statement', then);
    expect(await statementLines(sql, { homeId, year: 2026 }, asOf)).toEqual([line]);
    await asOf.drop();
  });
});
