import { describe, expect, test } from '@jest/globals';
import { engines } from '../../../../test/support/databases.js';
import { homeId, hostId, id, otherHostId, partnership as p } from '../../test/programme.js';
import { queried } from '../../test/queried.js';
import {
  contributionsByYear,
  countContributionYears,
  countPartnershipSteps,
  countPartnerships,
  listPartnerships,
  partnerships,
  partnershipTrajectory,
} from '../index.js';

const partnershipId = id(85);
const stream = `partnership-${partnershipId}` as const;
const money = (cents: number) => ({ kind: 'financial', cents });
const things = (cents?: number) => ({ kind: 'in_kind', ...(cents === undefined ? {} : { cents }) });
const skills = (minutes: number, cents?: number) => ({
  ...{ kind: 'skills', minutes },
  ...(cents === undefined ? {} : { cents }),
});

describe.each(engines)('partnerships on %s', (engine) => {
  const at = queried(engine, partnerships);
  const on = (effectiveOn: string) => ({ effectiveOn });

  test('say at which stage they are, and since when', async () => {
    const { tellAs, sql } = at();
    await tellAs(on('2015-06-01'), stream, p.opened(hostId, homeId));
    await tellAs(on('2015-06-15'), stream, p.gave(id(1), '2015-06-15', money(100)), p.advanced('opened', 'financial'));
    await tellAs(on('2018-10-19'), stream, p.gave(id(2), '2018-10-19', skills(60)), p.advanced('financial', 'skills'));
    expect(await listPartnerships(sql, { partnershipId })).toEqual([
      {
        partnershipId,
        stage: 'skills',
        openedOn: '2015-06-01',
        stages: [
          { stage: 'opened', on: '2015-06-01' },
          { stage: 'financial', on: '2015-06-15' },
          { stage: 'skills', on: '2018-10-19' },
        ],
        organisationIds: [homeId, hostId],
      },
    ]);
  });

  test('add up by year, kind, giver and receiver; what has no known value is counted apart', async () => {
    const { tell, sql } = at();
    await tell(stream, p.opened(hostId, homeId));
    await tell(stream, p.gave(id(1), '2016-01-01', things(500)), p.gave(id(2), '2016-12-31', things()));
    await tell(stream, p.gave(id(3), '2016-06-01', skills(90, 700)), p.gave(id(4), '2017-01-01', things(40)));
    await tell(stream, p.gave(id(5), '2017-02-01', things(60), hostId, homeId));
    const row = (year: number, kind: string, contributions: number, cents: number, unvalued: number, minutes: number) =>
      expect.objectContaining({ partnershipId, year, kind, contributions, cents, unvalued, minutes });
    expect(await contributionsByYear(sql, { partnershipId })).toEqual([
      row(2016, 'in_kind', 2, 500, 1, 0),
      row(2016, 'skills', 1, 700, 0, 90),
      row(2017, 'in_kind', 1, 40, 0, 0),
      row(2017, 'in_kind', 1, 60, 0, 0),
    ]);
    expect(await contributionsByYear(sql, { from: 2017, giverId: hostId, limit: 1 })).toEqual([
      expect.objectContaining({ giverId: hostId, receiverId: homeId, cents: 60 }),
    ]);
    const [first] = await contributionsByYear(sql, { limit: 1 });
    expect(await contributionsByYear(sql, { after: first, to: 2016 })).toEqual([row(2016, 'skills', 1, 700, 0, 90)]);
    expect(await countContributionYears(sql, { kind: 'in_kind' })).toBe(3);
  });

  test('tell their way by the days that count, not by those of its recording', async () => {
    const { tellAs, sql } = at();
    await tellAs(on('2015-06-01'), stream, p.opened(hostId, homeId));
    await tellAs(
      on('2019-01-01'),
      stream,
      p.gave(id(2), '2018-03-01', things(7)),
      p.gave(id(1), '2016-03-01', money(5)),
    );
    await tellAs(on('2016-03-01'), stream, p.advanced('opened', 'financial'));
    const trail = await partnershipTrajectory(sql, { partnershipId });
    expect(trail.map(({ on, step, stage, kind, cents }) => [on, step, stage ?? kind, cents])).toEqual([
      ['2015-06-01', 'opened', 'opened', null],
      ['2016-03-01', 'contributed', 'financial', 5],
      ['2016-03-01', 'advanced', 'financial', null],
      ['2018-03-01', 'contributed', 'in_kind', 7],
    ]);
    expect(await partnershipTrajectory(sql, { after: trail[1], limit: 1 })).toEqual([trail[2]]);
    expect(await countPartnershipSteps(sql, { step: 'contributed', from: '2017-01-01' })).toBe(1);
  });

  test('hold sums of money that no 32-bit number holds', async () => {
    const { tell, sql } = at();
    await tell(stream, p.opened(hostId, homeId));
    await tell(stream, p.gave(id(1), '2016-01-01', money(100_000_000_000)), p.gave(id(2), '2016-01-02', money(1)));
    expect(await contributionsByYear(sql, {})).toMatchObject([{ cents: 100_000_000_001 }]);
  });

  test('are found by partner and stage, page by page', async () => {
    const { tell, sql } = at();
    for (const n of [86, 87, 88]) await tell(`partnership-${id(n)}`, p.opened(homeId, n === 87 ? otherHostId : hostId));
    await tell(`partnership-${id(88)}`, p.gave(id(1), '2016-01-01', money(1)), p.advanced('opened', 'financial'));
    const ids = async (filter: Parameters<typeof listPartnerships>[1]) =>
      (await listPartnerships(sql, filter)).map((row) => row.partnershipId);
    expect(await ids({ organisationId: hostId })).toEqual([id(86), id(88)]);
    expect(await ids({ organisationId: hostId, stage: 'financial' })).toEqual([id(88)]);
    expect(await ids({ limit: 1, after: id(86) })).toEqual([id(87)]);
    expect(await countPartnerships(sql, { organisationId: homeId })).toBe(3);
  });
});
