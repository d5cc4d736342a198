import { describe, expect, test } from '@jest/globals';
import { conventionEvents, frameworks, law3ds209, partnershipEvents, personEvents } from '@probono/domain';
import { engines } from '../../../../test/support/databases.js';
import {
  ada,
  adaJob,
  convention as c,
  conventionId,
  hours as h,
  homeId,
  hostId,
  id,
  otherHostId,
} from '../../test/programme.js';
import { queried } from '../../test/queried.js';
import {
  countHostValues,
  countSubsidyWatch,
  hostValue,
  listHostValues,
  subsidyThresholdCents,
  subsidyWatch,
} from '../index.js';

const [e1, e2, e3] = [id(101), id(102), id(103)];
const time = `agenttime-${ada}` as const;
const lending = `convention-${conventionId}` as const;
const person = `person-${ada}` as const;
const partnership = `partnership-${id(71)}` as const;

type Repaid = { kind: 'free' } | { kind: 'partial'; percent: number } | { kind: 'full' };
const drafted = (reimbursement: Repaid) => {
  const { version, terms } = c.drafted('2027-12-31').data;
  return conventionEvents.ConventionDrafted.of({ version, terms: { ...terms, reimbursement } });
};
const amendment = (reimbursement: Repaid, effectiveFrom: string) => {
  const { data } = c.amendmentProposed('2027-12-31', effectiveFrom);
  return conventionEvents.AmendmentProposed.of({ ...data, delta: { reimbursement } });
};
const cost = (centsPerYear: number, from: string) =>
  personEvents.LoadedCostSet.parse({ employmentId: adaJob, centsPerYear, from });
const given = (n: number, cents: number, on: string, kind = 'financial') =>
  partnershipEvents.ContributionRecorded.parse(
    kind === 'skills'
      ? { kind, contributionId: id(n), giverId: homeId, receiverId: hostId, on, cents, minutes: 60 }
      : { kind: 'financial', contributionId: id(n), giverId: homeId, receiverId: hostId, on, cents },
  );
const done = (entryId: string, workDate: string, minutes: number) => [
  h.declared(entryId, workDate, minutes),
  h.confirmed(entryId),
  h.validated(entryId),
];

describe.each(engines)('the value of what hosts receive, on %s', (engine) => {
  const at = queried(engine, hostValue);
  const values = async (of: object = {}) =>
    (await listHostValues(at().sql, of)).map(({ year, minutes, valueCents, receivedCents }) => [
      year,
      minutes,
      valueCents,
      receivedCents,
    ]);

  test('is that of validated hours, at the cost of the day, and of money, by year', async () => {
    const { tell, sql } = at();
    await tell(person, cost(6_000_000, '2026-01-01'), cost(7_000_000, '2026-07-01'));
    await tell(lending, drafted({ kind: 'free' }), c.signed);
    await tell(time, ...done(e1, '2026-06-30', 60), ...done(e2, '2026-07-01', 60), h.declared(e3, '2026-07-02', 60));
    await tell(partnership, given(1, 100_000, '2026-03-01'), given(2, 500, '2027-01-01'));
    await tell(partnership, given(3, 900_000, '2026-03-01', 'skills'));
    expect(await listHostValues(sql, {})).toEqual([
      {
        ...{ homeId, hostId, year: 2026, minutes: 120, unpricedMinutes: 0 },
        // 3,733.67 and 4,355.94 cents: rounded as a sum, not one by one.
        ...{ valueCents: 8090, financialCents: 100_000, receivedCents: 108_090 },
      },
      {
        ...{ homeId, hostId, year: 2027, minutes: 0, unpricedMinutes: 0 },
        ...{ valueCents: 0, financialCents: 500, receivedCents: 500 },
      },
    ]);
  });

  test('follows contests, corrections and withdrawals', async () => {
    const { tell } = at();
    await tell(person, cost(9_642_000, '2026-01-01'));
    await tell(lending, drafted({ kind: 'free' }), c.signed);
    await tell(time, h.declared(e1, '2026-03-02', 210), h.contested(e1), h.resolved(e1, 180), h.validated(e1));
    expect(await values()).toEqual([[2026, 180, 18_000, 18_000]]);
    await tell(time, h.corrected(e1, -30));
    expect(await values()).toEqual([]);
    await tell(time, h.confirmed(e1), h.validated(e1));
    expect(await values()).toEqual([[2026, 150, 15_000, 15_000]]);
    await tell(time, h.withdrawn(e1));
    expect(await values()).toEqual([]);
  });

  test('counts an adjustment in the year of its month, at the cost of the day worked', async () => {
    const { tell } = at();
    await tell(person, cost(9_642_000, '2026-01-01'), cost(96_420_000, '2027-01-01'));
    await tell(lending, drafted({ kind: 'free' }), c.signed);
    await tell(time, ...done(e1, '2026-12-15', 210), h.closed('2026-12'), h.adjusted(e1, -30, '2027-01'));
    expect(await values()).toEqual([
      [2026, 210, 21_000, 21_000],
      [2027, -30, -3000, -3000],
    ]);
  });

  test('is put right by a cost that is set later than the hours, from its day on', async () => {
    const { tell, sql } = at();
    await tell(lending, drafted({ kind: 'free' }), c.signed);
    await tell(time, ...done(e1, '2026-03-02', 60), ...done(e2, '2026-04-02', 60), h.closed('2026-03'));
    await tell(time, h.adjusted(e1, 10, '2026-04'));
    const unpriced = async () => (await listHostValues(sql, {}))[0]?.unpricedMinutes;
    expect([await unpriced(), await values()]).toEqual([130, [[2026, 130, 0, 0]]]);
    await tell(person, cost(9_642_000, '2026-04-01'));
    expect([await unpriced(), await values()]).toEqual([70, [[2026, 130, 6000, 6000]]]);
    await tell(person, cost(96_420, '2026-01-01'));
    expect([await unpriced(), await values()]).toEqual([0, [[2026, 130, 6070, 6070]]]);
  });

  test.each<Repaid>([{ kind: 'partial', percent: 10 }, { kind: 'full' }])(
    'leaves out what is reimbursed: %j',
    async (reimbursement) => {
      const { tell } = at();
      await tell(person, cost(9_642_000, '2026-01-01'));
      await tell(lending, drafted(reimbursement), c.signed);
      await tell(time, ...done(e1, '2026-03-02', 60));
      expect(await values()).toEqual([]);
    },
  );

  test('goes by the text that rules the day, also when an amendment reaches back', async () => {
    const { tell } = at();
    await tell(person, cost(9_642_000, '2026-01-01'));
    await tell(lending, drafted({ kind: 'full' }), c.signed);
    await tell(time, ...done(e1, '2026-03-02', 60), ...done(e2, '2026-05-04', 60));
    await tell(lending, amendment({ kind: 'free' }, '2026-05-01'));
    expect(await values()).toEqual([]);
    await tell(lending, c.amended('2026-05-01'));
    expect(await values()).toEqual([[2026, 60, 6000, 6000]]);
  });

  test('waits for a convention that is told of late', async () => {
    const { tell } = at();
    await tell(time, ...done(e1, '2026-03-02', 60));
    await tell(person, cost(9_642_000, '2026-01-01'));
    expect(await values()).toEqual([]);
    await tell(lending, drafted({ kind: 'free' }), c.signed);
    expect(await values()).toEqual([[2026, 60, 6000, 6000]]);
  });

  test('is read by host, administration, year and sum, counted, page by page, and as of a past position', async () => {
    const { tell, sql, readModels } = at();
    const then = await tell(partnership, given(1, 500, '2026-03-01'));
    await tell(partnership, given(2, 700, '2027-03-01'), given(3, 900, '2025-03-01'));
    expect(await values({ hostId, limit: 2 })).toEqual([
      [2025, 0, 0, 900],
      [2026, 0, 0, 500],
    ]);
    expect(await values({ after: { year: 2026, homeId, hostId } })).toEqual([[2027, 0, 0, 700]]);
    expect(await values({ minReceivedCents: 700, homeId, year: 2025 })).toEqual([[2025, 0, 0, 900]]);
    expect(await countHostValues(sql, { minReceivedCents: 700 })).toBe(2);
    expect(await countHostValues(sql, { hostId: otherHostId })).toBe(0);
    const asOf = await readModels.buildAsOf('host_value', then);
    expect(await listHostValues(sql, {}, asOf)).toMatchObject([{ year: 2026 }]);
    await asOf.drop();
  });
});

describe.each(engines)('the watch on subsidies, on %s', (engine) => {
  const at = queried(engine, hostValue);
  const threshold = law3ds209.money.value.subsidyConventionAboveCents ?? 0;

  test('shows who is near the threshold of the law or above it', async () => {
    const { tell, sql } = at();
    const watched = async (more: object = {}) =>
      (await subsidyWatch(sql, { year: 2026, ...more })).map(({ receivedCents, due }) => [receivedCents, due]);
    const near = Math.ceil(threshold * 0.8);
    await tell(partnership, given(1, near - 1, '2026-03-01'));
    expect(await watched()).toEqual([]);
    expect(await watched({ fromPercent: 50 })).toEqual([[near - 1, false]]);
    await tell(partnership, given(2, 1, '2026-04-01'));
    expect(await watched()).toEqual([[near, false]]);
    await tell(partnership, given(3, threshold - near, '2026-04-01'));
    expect(await watched()).toEqual([[threshold, false]]);
    await tell(partnership, given(4, 1, '2026-12-31'));
    expect(await watched()).toEqual([[threshold + 1, true]]);
    expect(await watched({ homeId: otherHostId })).toEqual([]);
    expect(await watched({ after: { year: 2026, homeId, hostId: '' } })).toHaveLength(1);
    expect(await watched({ after: { year: 2026, homeId, hostId } })).toEqual([]);
    expect(await countSubsidyWatch(sql, { year: 2026 })).toBe(1);
    expect(await countSubsidyWatch(sql, { year: 2015 })).toBe(0);
  });

  test('watches no year for which no framework sets a threshold', async () => {
    const { tell, sql } = at();
    await tell(partnership, given(1, threshold * 2, '2015-03-01'));
    expect(await subsidyWatch(sql, { year: 2015 })).toEqual([]);
  });
});

test('the threshold is that of the newest version of a framework in force on some day of the year', () => {
  expect([2021, 2022, 2027, 2028].map((year) => subsidyThresholdCents(year) !== undefined)).toEqual([
    ...[false, true, true, false],
  ]);
  const changed = {
    ...law3ds209,
    version: 2,
    money: { ...law3ds209.money, value: { ...law3ds209.money.value, subsidyConventionAboveCents: 7 } },
  };
  expect(subsidyThresholdCents(2026, [...frameworks, changed])).toBe(7);
});
