import { describe, expect, test } from '@jest/globals';
import { engines } from '../../../../test/support/databases.js';
import {
  ada,
  assignment,
  assignmentId,
  hostId,
  id,
  mission,
  missionId,
  otherHostId,
  session,
} from '../../test/programme.js';
import { queried } from '../../test/queried.js';
import { sessions, sessionsToCome } from '../index.js';

const [s1, s2, s3] = [id(201), id(202), id(203)];
const from = new Date('2026-03-10T00:00:00Z');

describe.each(engines)('sessions to come on %s', (engine) => {
  const at = queried(engine, sessions);
  const begin = async () => {
    const told = at();
    await told.tell(`mission-${missionId}`, mission.proposed(hostId));
    await told.tell(`assignment-${assignmentId}`, assignment.assigned());
    return told;
  };

  test('are those that start from an instant on, the nearest first, with whom and where', async () => {
    const { tell, sql } = await begin();
    await tell(
      `schedule-${assignmentId}`,
      session.planned(s1, '2026-03-24'),
      session.planned(s2, '2026-03-17'),
      session.planned(s3, '2026-03-03'),
    );
    const rows = await sessionsToCome(sql, { from });
    expect(rows.map(({ sessionId }) => sessionId)).toEqual([s2, s1]);
    expect(rows[0]).toEqual({
      sessionId: s2,
      version: 1,
      assignmentId,
      personId: ada,
      missionId,
      hostId,
      date: '2026-03-17',
      start: '14:00',
      zone: 'Europe/Paris',
      startsAt: new Date('2026-03-17T12:00:00Z'),
      minutes: 210,
      place: 'Paris',
      status: 'planned',
    });
    expect(await sessionsToCome(sql, { from, limit: 1, after: rows[0] })).toEqual([rows[1]]);
    expect(await sessionsToCome(sql, { from, before: new Date('2026-03-20T00:00:00Z') })).toEqual([rows[0]]);
  });

  test('are found by person and by host', async () => {
    const { tell, sql } = await begin();
    await tell(`schedule-${assignmentId}`, session.planned(s1, '2026-03-24'));
    expect(await sessionsToCome(sql, { from, personId: ada, hostId, missionId })).toHaveLength(1);
    expect(await sessionsToCome(sql, { from, personId: id(99) })).toEqual([]);
    expect(await sessionsToCome(sql, { from, hostId: otherHostId })).toEqual([]);
  });

  test('move with their session, and leave out those cancelled or held', async () => {
    const { tell, sql } = await begin();
    await tell(
      `schedule-${assignmentId}`,
      session.planned(s1, '2026-03-24'),
      session.moved(s1, '2026-03-24', '2026-03-31'),
    );
    expect(await sessionsToCome(sql, { from })).toMatchObject([{ version: 2, date: '2026-03-31' }]);
    await tell(`schedule-${assignmentId}`, session.planned(s2, '2026-03-17'), session.cancelled(s1), session.held(s2));
    expect(await sessionsToCome(sql, { from })).toEqual([]);
    expect((await sessionsToCome(sql, { from, status: 'all' })).map(({ status }) => status)).toEqual([
      'held',
      'cancelled',
    ]);
  });

  test('learn late whom they are for', async () => {
    const { tell, sql } = at();
    await tell(`schedule-${assignmentId}`, session.planned(s1, '2026-03-24'));
    await tell(`assignment-${assignmentId}`, assignment.assigned());
    await tell(`mission-${missionId}`, mission.proposed(hostId));
    expect(await sessionsToCome(sql, { from, personId: ada, hostId })).toHaveLength(1);
  });
});
