import { describe, expect, test } from '@jest/globals';
import { conventionEvents, type Fact, organisationEvents, personEvents } from '@probono/domain';
import { engines } from '../../../../test/support/databases.js';
import {
  ada,
  adaJob,
  assignment,
  assignmentId,
  ben,
  convention as c,
  conventionId,
  hours as h,
  homeId,
  hostId,
  id,
  mission,
  missionId,
  organisation as o,
  otherHostId,
} from '../../test/programme.js';
import { queried } from '../../test/queried.js';
import { countExceptions, type ExceptionCode, exceptions, listExceptions } from '../index.js';

const [e1, e2, e3] = [id(101), id(102), id(103)];
const time = `agenttime-${ada}` as const;
const lending = `convention-${conventionId}` as const;
const host = `organisation-${hostId}` as const;
/** The store's own time in these tests. */
const now = '2026-03-02T09:00:00.000Z';
const declaredOn = (entryId: string, workDate: string, start?: string) => {
  const { type, data } = h.declared(entryId, workDate, 210);
  return { type, data: start === undefined ? data : { ...data, startsAt: start } } as Fact;
};

describe.each(engines)('what an auditor looks into, on %s', (engine) => {
  const at = queried(engine, exceptions);
  const shown = async (...codes: ExceptionCode[]) =>
    (await listExceptions(at().sql, { codes })).map(({ subject, facts }) => [subject, facts]);

  test('is nothing where all is as it should be', async () => {
    const { tellAs, sql } = at();
    await tellAs({ actor: ada, role: 'agent' }, time, h.declared(e1, '2026-03-01', 210));
    await tellAs({ actor: ben, role: 'tutor', basis: [{ stream: lending, revision: 'none' }] }, time, h.confirmed(e1));
    expect(await listExceptions(sql, {})).toEqual([]);
  });

  describe('a stale basis', () => {
    const staleAfter = (seen: bigint | 'none', commandId?: string) =>
      at().tellAs(
        { basis: [{ stream: lending, revision: seen }], ...(commandId === undefined ? {} : { commandId }) },
        time,
        h.declared(e1, '2026-03-01', 210),
      );

    test('is one that had moved on', async () => {
      await at().tell(lending, c.drafted(), c.submitted());
      await staleAfter(1n);
      expect(await shown('stale-basis')).toEqual([]);
      await at().tell(`mission-${missionId}`, mission.proposed());
      await staleAfter(0n);
      expect(await shown('stale-basis')).toEqual([[lending, { seen: 0, actual: 1 }]]);
      await staleAfter('none');
      expect(await shown('stale-basis')).toHaveLength(2);
    });

    test('is none that the same command moved on, whoever came after', async () => {
      await at().tell(lending, c.drafted());
      await at().tellAs({ commandId: id(901) }, lending, c.submitted());
      await at().tellAs({ commandId: id(902) }, lending, c.communicated());
      await staleAfter(0n, id(901));
      expect(await shown('stale-basis')).toEqual([]);
      await staleAfter(0n, id(903));
      expect(await shown('stale-basis')).toEqual([[lending, { seen: 0, actual: 2 }]]);
    });
  });

  test('is recorded time that is far from the store’s own, told once a stream', async () => {
    const { tellAs } = at();
    await tellAs({ recordedAt: '2026-03-02T09:05:00.000Z' }, lending, c.drafted());
    expect(await shown('clock-off')).toEqual([]);
    await tellAs({ recordedAt: '2026-03-02T09:05:01.000Z' }, lending, c.submitted());
    await tellAs({ recordedAt: '2026-03-02T08:54:00.000Z' }, lending, c.communicated());
    await tellAs({ recordedAt: '2026-03-02T08:54:59.000Z' }, time, h.declared(e1, '2026-03-01', 210));
    expect(await shown('clock-off')).toEqual([
      [lending, { storedAt: now, seconds: 301 }],
      [time, { storedAt: now, seconds: -301 }],
    ]);
  });

  test('is what took effect before it was recorded, once that day is over everywhere', async () => {
    const { tellAs } = at();
    await tellAs({ effectiveOn: '2026-03-01' }, lending, c.drafted());
    expect(await shown('effective-before-recorded')).toEqual([]);
    await tellAs({ effectiveOn: '2026-02-28' }, lending, c.submitted());
    expect(await shown('effective-before-recorded')).toEqual([['', { days: 2 }]]);
  });

  test('is hours declared more than a month after they were worked', async () => {
    await at().tell(time, h.declared(e1, '2026-01-30', 210), h.declared(e2, '2026-01-29', 210));
    expect(await shown('late-hours')).toEqual([[e2, { workDate: '2026-01-29', days: 32 }]]);
  });

  test('is a person in another role than before; the system is none', async () => {
    const { tell, tellAs } = at();
    await tell(lending, c.drafted());
    await tellAs(
      { actor: ada, role: 'agent' },
      time,
      h.declared(e1, '2026-03-01', 210),
      h.declared(e2, '2026-03-01', 60),
    );
    await tellAs({ actor: ada, role: 'tutor' }, time, h.confirmed(e1));
    await tellAs({ actor: ada, role: 'agent' }, time, h.confirmed(e2));
    await tellAs({ actor: ada, role: 'hr' }, time, h.validated(e1));
    expect(await shown('two-roles')).toEqual([
      [ada, { role: 'tutor', before: ['agent'] }],
      [ada, { role: 'hr', before: ['agent', 'tutor'] }],
    ]);
  });

  test('is a rule that a justification overcame, with the facts of the finding', async () => {
    const justified = { rule: 'convention.period-too-long', severity: 'justify' as const, facts: { months: 6 } };
    const warned = { rule: 'convention.outlives-framework', severity: 'warn' as const, facts: {} };
    await at().tellAs({ findings: [warned, justified] }, lending, c.drafted());
    expect(await shown('rule-overcome')).toEqual([[justified.rule, { months: 6 }]]);
  });

  describe('a signature after a change', () => {
    const withdrawn = conventionEvents.AgentConsentWithdrawn.parse({ personId: ada, version: 1, inForce: false });
    const suspendedBy = (administrationId: string) =>
      organisationEvents.AccreditationSuspended.parse({ administrationId });
    const reinstated = organisationEvents.AccreditationReinstated.parse({ administrationId: homeId });
    const freeze = () => at().tell(lending, c.drafted(), c.submitted(), c.communicated(), c.consented());

    test('shows when a consent was withdrawn since, and not when it was given again', async () => {
      await freeze();
      await at().tell(lending, c.signedBy('home'), withdrawn, c.signedBy('host'));
      expect(await shown('signed-after-change')).toEqual([
        ['host', { version: 1, changes: ['AgentConsentWithdrawn'], events: [expect.any(String)] }],
      ]);
      await at().tell(lending, c.consented(), c.signedBy('host'));
      expect(await shown('signed-after-change')).toHaveLength(1);
    });

    test('shows when the home administration suspended the host, another one does not matter', async () => {
      await freeze();
      await at().tell(host, suspendedBy(otherHostId));
      await at().tell(lending, c.signedBy('home'));
      expect(await shown('signed-after-change')).toEqual([]);
      await at().tell(host, suspendedBy(homeId), reinstated);
      await at().tell(lending, c.signedBy('home'));
      expect(await shown('signed-after-change')).toEqual([]);
      await at().tell(host, o.withdrawn);
      await at().tell(lending, c.signedBy('host'), c.signed);
      expect(await shown('signed-after-change')).toMatchObject([['host', { changes: ['AccreditationWithdrawn'] }]]);
      await at().tell(host, suspendedBy(homeId));
      expect(await countExceptions(at().sql, { codes: ['signed-after-change'] })).toBe(1);
    });

    test('is no matter before the day on which the change takes effect', async () => {
      await freeze();
      await at().tellAs({ effectiveOn: '2026-06-01' }, host, suspendedBy(homeId));
      await at().tell(lending, c.signedBy('home'));
      expect(await shown('signed-after-change')).toEqual([]);
    });

    test('shows too when it names another text than the one that was frozen', async () => {
      await freeze();
      const { data } = c.signedBy('home');
      await at().tell(lending, conventionEvents.ConventionSignedByParty.of({ ...data, docHash: 'b2'.repeat(32) }));
      await at().tell(lending, c.signedBy('host', 2));
      expect(await shown('signed-another-text')).toEqual([
        ['home', { version: 1, docHash: 'b2'.repeat(32), frozenVersion: 1, frozenHash: 'a1'.repeat(32) }],
        ['host', { version: 2, docHash: 'a1'.repeat(32), frozenVersion: 1, frozenHash: 'a1'.repeat(32) }],
      ]);
    });
  });

  describe('hours that something reaches back over', () => {
    test('are those that stand on suspended days, midnight and the end of a month included', async () => {
      const { tell, tellAs } = at();
      // In Paris 23:00 on 28 February to 02:30 on 1 March.
      await tell(time, declaredOn(e1, '2026-02-28', '2026-02-28T22:00:00.000Z'), declaredOn(e2, '2026-02-28'));
      await tell(time, declaredOn(e3, '2026-03-01'), h.withdrawn(e3), declaredOn(id(104), '2026-03-02'));
      await tellAs({ effectiveOn: '2026-03-01' }, lending, c.suspended('2026-03-01', '2026-03-01'));
      expect(await shown('hours-in-suspension')).toEqual([
        [e1, { conventionId, personId: ada, dates: ['2026-03-01'], from: '2026-03-01', to: '2026-03-01' }],
      ]);
    });

    test('follow contests and corrections: what ends before midnight is not in the day after', async () => {
      const { tell } = at();
      await tell(time, declaredOn(e1, '2026-02-28', '2026-02-28T22:00:00.000Z'), h.corrected(e1, -150));
      await tell(lending, c.suspended('2026-03-01', '2026-03-02'));
      expect(await shown('hours-in-suspension')).toEqual([]);
    });

    test('are those after an end that is recorded late: of employment, assignment or convention', async () => {
      const { tell } = at();
      await tell(time, declaredOn(e1, '2026-02-20'), declaredOn(e2, '2026-02-27'));
      await tell(`person-${ada}`, personEvents.EmploymentEnded.parse({ employmentId: adaJob, on: '2026-02-26' }));
      await tell(`assignment-${assignmentId}`, assignment.ended('2026-02-26'));
      await tell(lending, c.noticeGiven('2026-02-26', ben), c.noticeGiven('2026-02-26', ada));
      const facts = { personId: ada, dates: ['2026-02-27'], lastDay: '2026-02-26' };
      expect(await shown('hours-after-end')).toEqual([
        [e2, { ends: 'employment', ...facts }],
        [e2, { ends: 'assignment', ...facts }],
        [e2, { ends: 'convention', ...facts }],
      ]);
    });
  });

  test('is asked for by code, stream, subject and span of both axes, counted, page by page, and as of a position', async () => {
    const { tell, tellAs, sql, readModels } = at();
    const late = { recordedAt: '2026-03-02T09:04:00.000Z', effectiveOn: '2026-02-01' };
    await tellAs(late, lending, c.drafted(), c.submitted());
    const then = await tell(time, h.declared(e1, '2026-01-02', 210));
    await tellAs(late, time, h.declared(e2, '2026-01-02', 210));
    const codes = async (filter: object) => (await listExceptions(sql, filter)).map(({ code }) => code);
    const back = 'effective-before-recorded';
    expect(await codes({})).toEqual([back, back, 'late-hours', back, 'late-hours']);
    expect(await codes({ codes: ['late-hours'], stream: time, subject: e2 })).toEqual(['late-hours']);
    expect(await codes({ recordedFrom: new Date(late.recordedAt), stream: time })).toEqual([back, 'late-hours']);
    expect(await codes({ recordedBefore: new Date(late.recordedAt) })).toEqual(['late-hours']);
    expect(await codes({ effectiveFrom: '2026-02-02' })).toEqual(['late-hours']);
    expect(await countExceptions(sql, { effectiveTo: '2026-02-01' })).toBe(4);
    const [first, second] = await listExceptions(sql, { limit: 2 });
    expect(first).toMatchObject({
      stream: lending,
      revision: 0n,
      type: 'ConventionDrafted',
      effectiveOn: '2026-02-01',
    });
    expect(first?.recordedAt).toEqual(new Date(late.recordedAt));
    expect(await codes({ after: second })).toEqual(['late-hours', back, 'late-hours']);
    const asOf = await readModels.buildAsOf('exceptions', then);
    expect(await listExceptions(sql, {}, asOf)).toHaveLength(3);
    await asOf.drop();
  });
});
