import { describe, expect, test } from '@jest/globals';
import { engines } from '../../../../test/support/databases.js';
import {
  ada,
  adaJob,
  assignment,
  assignmentId,
  hours as h,
  hostId,
  id,
  mission,
  missionId,
  otherHostId,
} from '../../test/programme.js';
import { queried } from '../../test/queried.js';
import { hours, hoursByMonth, listEntries } from '../index.js';

const [e1, e2, e3] = [id(101), id(102), id(103)];

describe.each(engines)('the hours of an agent on %s', (engine) => {
  const at = queried(engine, hours);

  test('are summed by month and state', async () => {
    const { tell, sql } = at();
    await tell(`agenttime-${ada}`, h.declared(e1, '2026-03-02', 210), h.declared(e2, '2026-03-16', 60));
    await tell(`agenttime-${ada}`, h.declared(e3, '2026-04-01', 120), h.confirmed(e2), h.validated(e2));
    expect(await hoursByMonth(sql, { personId: ada })).toEqual([
      { month: '2026-03', status: 'declared', entries: 1, minutes: 210, adjustedMinutes: 0 },
      { month: '2026-03', status: 'validated', entries: 1, minutes: 60, adjustedMinutes: 0 },
      { month: '2026-04', status: 'declared', entries: 1, minutes: 120, adjustedMinutes: 0 },
    ]);
    expect(await hoursByMonth(sql, { personId: ada, from: '2026-04', employmentId: adaJob })).toHaveLength(1);
    expect(await hoursByMonth(sql, { personId: id(99) })).toEqual([]);
  });

  test('follow what becomes of each entry', async () => {
    const { tell, sql } = at();
    const statuses = async () =>
      (await listEntries(sql, { personId: ada })).map(({ status, minutes }) => [status, minutes]);
    await tell(`agenttime-${ada}`, h.declared(e1, '2026-03-02', 210), h.contested(e1));
    expect(await statuses()).toEqual([['contested', 210]]);
    await tell(`agenttime-${ada}`, h.resolved(e1, 180));
    expect(await statuses()).toEqual([['confirmed', 180]]);
    await tell(`agenttime-${ada}`, h.corrected(e1, -30));
    expect(await statuses()).toEqual([['declared', 150]]);
    await tell(`agenttime-${ada}`, h.withdrawn(e1));
    expect(await statuses()).toEqual([['withdrawn', 150]]);
  });

  test('are locked with their month, and adjusted in the month that counts it', async () => {
    const { tell, sql } = at();
    await tell(`agenttime-${ada}`, h.declared(e1, '2026-03-02', 210), h.confirmed(e1), h.validated(e1));
    await tell(`agenttime-${ada}`, h.declared(e2, '2026-03-03', 60), h.withdrawn(e2), h.closed('2026-03'));
    await tell(`agenttime-${ada}`, h.adjusted(e1, -30, '2026-04'));
    expect(await hoursByMonth(sql, { personId: ada })).toEqual([
      { month: '2026-03', status: 'locked', entries: 1, minutes: 210, adjustedMinutes: 0 },
      { month: '2026-03', status: 'withdrawn', entries: 1, minutes: 60, adjustedMinutes: 0 },
      { month: '2026-04', status: 'validated', entries: 0, minutes: -30, adjustedMinutes: -30 },
    ]);
    await tell(`agenttime-${ada}`, h.closed('2026-04'));
    expect((await hoursByMonth(sql, { personId: ada, from: '2026-04' }))[0]).toMatchObject({ status: 'locked' });
  });

  test('know their host, in whatever order the read model is told', async () => {
    const { tell, sql } = at();
    const hosts = async () => (await listEntries(sql, {})).map((entry) => entry.hostId);
    await tell(`agenttime-${ada}`, h.declared(e1, '2026-03-02', 210));
    expect(await hosts()).toEqual([null]);
    await tell(`assignment-${assignmentId}`, assignment.assigned());
    await tell(`mission-${missionId}`, mission.proposed(hostId));
    expect(await hosts()).toEqual([hostId]);
    await tell(`agenttime-${ada}`, h.declared(e2, '2026-03-03', 60));
    expect(await hosts()).toEqual([hostId, hostId]);
    expect(await listEntries(sql, { hostId: otherHostId })).toEqual([]);
  });

  test('are read page by page, and as of a past position', async () => {
    const { tell, sql, readModels } = at();
    const then = await tell(`agenttime-${ada}`, h.declared(e1, '2026-03-02', 210));
    await tell(`agenttime-${ada}`, h.declared(e2, '2026-03-03', 60), h.declared(e3, '2026-03-04', 60));
    const [first, second] = await listEntries(sql, { limit: 2 });
    expect([first?.entryId, second?.entryId]).toEqual([e1, e2]);
    expect((await listEntries(sql, { limit: 2, after: e2 })).map(({ entryId }) => entryId)).toEqual([e3]);
    const asOf = await readModels.buildAsOf('hours', then);
    expect(await listEntries(sql, {}, asOf)).toEqual([first]);
    await asOf.drop();
  });

  test('hold nothing of what was written about them', async () => {
    const { tell, sql } = at();
    await tell(`agenttime-${ada}`, h.declared(e1, '2026-03-02', 210));
    const rows = await sql.query('SELECT * FROM probono_read.hours_entries');
    expect(JSON.stringify(rows)).not.toContain('Louise');
  });
});
