import { describe, expect, test } from '@jest/globals';
import { engines } from '../../../../test/support/databases.js';
import { assignment as a, ada, adaJob, assignmentId, ben, conventionId, id, missionId } from '../../test/programme.js';
import { queried } from '../../test/queried.js';
import { assignments, listAssignments } from '../index.js';

describe.each(engines)('assignments on %s', (engine) => {
  const at = queried(engine, assignments);

  test('grow from an application into an assignment', async () => {
    const { tell, sql } = at();
    await tell(`assignment-${assignmentId}`, a.applied, a.hostAccepted);
    expect(await listAssignments(sql, { personId: ada })).toMatchObject([
      { status: 'host_accepted', title: null, from: null },
    ]);
    await tell(`assignment-${assignmentId}`, a.assigned());
    expect(await listAssignments(sql, { missionId, conventionId })).toEqual([
      {
        assignmentId,
        missionId,
        personId: ada,
        employmentId: adaJob,
        title: 'convention',
        conventionId,
        from: '2026-03-01',
        to: '2026-12-31',
        quota: { num: 1, den: 10, window: 'year' },
        allottedMinutes: null,
        status: 'assigned',
        endedOn: null,
        endCause: null,
      },
    ]);
  });

  test('run from their first day to their last, or to the day they ended', async () => {
    const { tell, sql } = at();
    await tell(`assignment-${id(51)}`, a.assigned(ada, '2026-06-30'));
    await tell(`assignment-${id(52)}`, a.assigned(ben), a.ended('2026-05-31'));
    const on = async (date: string) => (await listAssignments(sql, { on: date })).map(({ personId }) => personId);
    expect(await on('2026-02-28')).toEqual([]);
    expect(await on('2026-05-31')).toEqual([ada, ben]);
    expect(await on('2026-06-30')).toEqual([ada]);
    expect(await on('2026-07-01')).toEqual([]);
  });
});
