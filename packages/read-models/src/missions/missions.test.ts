import { describe, expect, test } from '@jest/globals';
import { engines } from '../../../../test/support/databases.js';
import { hostId, id, mission as m, missionId, otherHostId } from '../../test/programme.js';
import { queried } from '../../test/queried.js';
import { listMissions, missions, openMissions } from '../index.js';

describe.each(engines)('missions on %s', (engine) => {
  const at = queried(engine, missions);
  const open = async () => (await openMissions(at().sql, {})).map(({ seats, seatsTaken }) => seats - seatsTaken);

  test('are open once published, as long as a seat is left', async () => {
    const { tell } = at();
    await tell(`mission-${missionId}`, m.proposed(), m.approved);
    expect(await open()).toEqual([]);
    await tell(`mission-${missionId}`, m.published);
    expect(await open()).toEqual([2]);
    await tell(`mission-${missionId}`, m.seatTaken(id(51)), m.started, m.seatTaken(id(51)));
    expect(await open()).toEqual([1]);
    await tell(`mission-${missionId}`, m.seatTaken(id(52)));
    expect(await open()).toEqual([]);
    await tell(`mission-${missionId}`, m.seatReleased(id(51)), m.seatReleased(id(51)));
    expect(await open()).toEqual([1]);
    await tell(`mission-${missionId}`, m.completed);
    expect(await open()).toEqual([]);
  });

  test('are found by host, status and skill, page by page', async () => {
    const { tell, sql } = at();
    await tell(`mission-${id(41)}`, m.proposed(hostId, 1, ['tutoring', 'law']));
    await tell(`mission-${id(42)}`, m.proposed(otherHostId, 1, ['gardens']), m.approved);
    await tell(`mission-${id(42)}`, m.extended(['gardens', 'law']));
    const ids = async (filter: Parameters<typeof listMissions>[1]) =>
      (await listMissions(sql, filter)).map((found) => found.missionId);
    expect(await ids({ skill: 'law' })).toEqual([id(41), id(42)]);
    expect(await ids({ skill: 'law', limit: 1, after: id(41) })).toEqual([id(42)]);
    expect(await ids({ skill: 'tutoring' })).toEqual([id(41)]);
    expect(await ids({ hostId: otherHostId })).toEqual([id(42)]);
    expect(await ids({ statuses: ['proposed', 'rejected'] })).toEqual([id(41)]);
  });
});
