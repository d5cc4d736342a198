import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { engines } from '../../../../test/support/databases.js';
import { reckon, runs } from '../../test/campaign-reckoning.js';
import {
  assignment as a,
  ada,
  assignmentId,
  ben,
  campaign as c,
  hours as h,
  hostId,
  id,
  mission as m,
  missionId,
  otherHostId,
} from '../../test/programme.js';
import { queried } from '../../test/queried.js';
import { campaigns, countCampaigns, listCampaigns } from '../index.js';

const campaignId = id(81);
const stream = `campaign-${campaignId}` as const;
const onMission = `mission-${missionId}` as const;
const nothing = {
  ...{ closed: null, missions: 0, hosts: 0, volunteers: 0, placed: 0, seats: 0, seatsTaken: 0 },
  ...{ minutes: 0, validatedMinutes: 0, deliverables: 0, outcomes: {} },
};

describe.each(engines)('campaigns on %s', (engine) => {
  const at = queried(engine, campaigns);
  const the = async () => (await listCampaigns(at().sql, { campaignId }))[0];

  test('begin with nothing', async () => {
    await at().tell(stream, c.opened());
    expect(await the()).toEqual({
      ...{ campaignId, region: '11', cause: 'Getting to work', on: '2026-10-23', zone: 'Europe/Paris' },
      ...{ occasion: null, ...nothing },
    });
  });

  test('count the missions that joined, each of their hosts once, and their seats', async () => {
    const { tell } = at();
    await tell(stream, c.opened(), c.joined(), c.joined(id(42)), c.joined(id(43), otherHostId));
    await tell(onMission, m.proposed(hostId, 2), m.seatTaken(), m.seatTaken(id(52)), m.seatReleased(id(52)));
    await tell(`mission-${id(42)}`, m.proposed(hostId, 5));
    await tell(`mission-${id(43)}`, m.proposed(otherHostId, 1));
    await tell(`mission-${id(44)}`, m.proposed(otherHostId, 9));
    expect(await the()).toMatchObject({ missions: 3, hosts: 2, seats: 8, seatsTaken: 1 });
  });

  test('count a volunteer once, and not once withdrawn', async () => {
    const { tell } = at();
    await tell(stream, c.opened(), c.joined(), c.enrolled(ada), c.enrolled(ada, missionId, id(51)), c.enrolled(ben));
    expect(await the()).toMatchObject({ volunteers: 2, placed: 1 });
    await tell(stream, c.withdrawn(ada));
    expect(await the()).toMatchObject({ volunteers: 1, placed: 0 });
  });

  test('count hours as they stand, whether they were declared before or after the mission joined', async () => {
    const { tell } = at();
    const time = `agenttime-${ada}` as const;
    await tell(`assignment-${assignmentId}`, a.assigned());
    await tell(time, h.declared(id(601), '2026-03-02', 120), h.declared(id(602), '2026-03-03', 60));
    await tell(stream, c.opened(), c.joined());
    await tell(time, h.declared(id(603), '2026-03-04', 90), h.withdrawn(id(602)), h.corrected(id(601), -20));
    expect(await the()).toMatchObject({ minutes: 190, validatedMinutes: 0 });
    await tell(time, h.validated(id(601)), h.contested(id(603)), h.resolved(id(603), 30));
    expect(await the()).toMatchObject({ minutes: 130, validatedMinutes: 100 });
    await tell(time, h.adjusted(id(601), -10, '2026-04'));
    expect(await the()).toMatchObject({ minutes: 120, validatedMinutes: 90 });
  });

  test('count what missions leave behind, and what became of beneficiaries, by kind', async () => {
    const { tell } = at();
    await tell(stream, c.opened(), c.joined(), c.joined(id(42)));
    await tell(onMission, m.proposed(), m.delivered(id(91)), m.outcome(id(92), 'job-found', 3));
    await tell(`mission-${id(42)}`, m.proposed(), m.delivered(id(93)), m.outcome(id(94), 'job-found', 1));
    await tell(onMission, m.outcome(id(95), 'confidence-regained', 7));
    expect(await the()).toMatchObject({ deliverables: 2, outcomes: { 'job-found': 4, 'confidence-regained': 7 } });
  });

  test('lose all that a mission brought when it is cancelled, but no volunteer', async () => {
    const { tell } = at();
    await tell(stream, c.opened(), c.joined(), c.enrolled(ada, missionId, assignmentId));
    await tell(onMission, m.proposed(), m.seatTaken(), m.delivered(id(91)), m.outcome(id(92), 'job-found', 3));
    await tell(`assignment-${assignmentId}`, a.assigned());
    await tell(`agenttime-${ada}`, h.declared(id(601), '2026-03-02', 120));
    await tell(onMission, m.cancelled);
    expect(await the()).toMatchObject({ ...nothing, volunteers: 1 });
  });

  test('keep the totals they were closed with beside what is counted since', async () => {
    const { tell, sql } = at();
    const totals = { missions: 1, hosts: 1, volunteers: 1, placed: 1 };
    await tell(onMission, m.proposed());
    await tell(stream, c.opened(), c.joined(), c.enrolled(ada, missionId, assignmentId), c.closed(totals));
    await tell(onMission, m.cancelled);
    expect(await the()).toMatchObject({ closed: totals, missions: 0, volunteers: 1, placed: 0 });
    expect(await countCampaigns(sql, { closed: true })).toBe(1);
    expect(await countCampaigns(sql, { closed: false })).toBe(0);
  });

  test('are found by region, cause, day and host, by day and page by page', async () => {
    const { tell, sql } = at();
    const days = ['2026-10-23', '2026-03-06', '2026-10-22'];
    for (const [n, on] of days.entries()) await tell(`campaign-${id(81 + n)}`, c.opened(on, n === 1 ? '84' : '11'));
    await tell(`campaign-${id(83)}`, c.joined(missionId, otherHostId));
    const found = async (filter: Parameters<typeof listCampaigns>[1]) =>
      (await listCampaigns(sql, filter)).map(({ on }) => on);
    expect(await found({})).toEqual(['2026-03-06', '2026-10-22', '2026-10-23']);
    expect(await found({ limit: 1, after: { on: '2026-03-06', campaignId: id(82) } })).toEqual(['2026-10-22']);
    expect(await found({ region: '84', cause: 'Getting to work' })).toEqual(['2026-03-06']);
    expect(await found({ from: '2026-10-22', to: '2026-10-22' })).toEqual(['2026-10-22']);
    expect(await found({ hostId: otherHostId })).toEqual(['2026-10-22']);
    expect(await countCampaigns(sql, { from: '2026-10-01' })).toBe(2);
  });

  test.each([1, 2, 3, 4])('come to what is read off the facts, whatever they are: run %i', async (seed) => {
    const { tellAll, sql } = at();
    const run = fc.sample(runs, { seed, numRuns: 1 })[0] ?? [];
    await tellAll(run);
    expect(await listCampaigns(sql, {})).toMatchObject(reckon(run));
  });
});
