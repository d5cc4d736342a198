import { describe, expect, test } from '@jest/globals';
import { addDays, LocalDate } from '@probono/domain';
import { engines } from '../../../../test/support/databases.js';
import { convention as c, conventionId, homeId, hostId, id, organisation as o } from '../../test/programme.js';
import { queried } from '../../test/queried.js';
import { countDeadlines, deadlines, listDeadlines } from '../index.js';

const stream = `convention-${conventionId}` as const;

describe.each(engines)('deadlines on %s', (engine) => {
  const at = queried(engine, deadlines);
  const days = async (to = '2027-12-31') => (await listDeadlines(at().sql, { to })).map(({ kind, on }) => [kind, on]);

  test('come with a signature: the end, and the last day on which a notice can precede it', async () => {
    const { tell, sql } = at();
    await tell(stream, c.drafted('2026-08-31'));
    expect(await days()).toEqual([]);
    await tell(stream, c.signed);
    expect(
      await listDeadlines(sql, { to: '2026-08-31', kinds: ['notice-by', 'convention-end'], hostId, homeId }),
    ).toEqual([
      { kind: 'notice-by', subjectId: conventionId, scope: '', on: '2026-08-01', hostId, homeId },
      { kind: 'convention-end', subjectId: conventionId, scope: '', on: '2026-08-31', hostId, homeId },
    ]);
    expect(await days('2026-08-30')).toEqual([['notice-by', '2026-08-01']]);
  });

  test('move with an amendment once that is signed', async () => {
    const { tell } = at();
    await tell(stream, c.drafted('2026-08-31'), c.signed, c.amendmentProposed('2026-10-31', '2026-06-01'));
    expect(await days()).toEqual([
      ['notice-by', '2026-08-01'],
      ['convention-end', '2026-08-31'],
    ]);
    await tell(stream, c.amended('2026-06-01'));
    expect(await days()).toEqual([
      ['notice-by', '2026-10-01'],
      ['convention-end', '2026-10-31'],
    ]);
  });

  test('hold the end of a notice until it is withdrawn, and nothing of a convention that is over', async () => {
    const { tell } = at();
    await tell(stream, c.drafted('2026-08-31'), c.signed, c.noticeGiven('2026-06-01'));
    expect((await days())[0]).toEqual(['notice-end', '2026-06-01']);
    await tell(stream, c.noticeWithdrawn);
    expect(await days()).toHaveLength(2);
    await tell(stream, c.noticeGiven('2026-06-02'), c.terminated('2026-06-02'));
    expect(await days()).toEqual([]);
  });

  test('hold the ends of accreditations and insurances, as last recorded', async () => {
    const { tell, sql } = at();
    await tell(`organisation-${hostId}`, o.insured('2026-06-30'), o.accredited('2026-12-31'), o.insured('2027-06-30'));
    const rows = await listDeadlines(sql, { to: '2027-12-31' });
    expect(rows).toEqual([
      { kind: 'accreditation-end', subjectId: hostId, scope: homeId, on: '2026-12-31', hostId, homeId },
      { kind: 'insurance-end', subjectId: hostId, scope: '', on: '2027-06-30', hostId, homeId: null },
    ]);
    expect(await listDeadlines(sql, { to: '2027-12-31', after: rows[0] })).toEqual([rows[1]]);
    await tell(`organisation-${hostId}`, o.withdrawn);
    expect(await days()).toEqual([['insurance-end', '2027-06-30']]);
  });

  test('say which accreditations and insurances end within ninety days, those of today and of the last day too', async () => {
    const { tell, sql } = at();
    const [today, last] = [LocalDate.parse('2026-03-02'), addDays(LocalDate.parse('2026-03-02'), 90)];
    await tell(`organisation-${id(71)}`, o.insured('2026-03-01'), o.accredited(last));
    await tell(`organisation-${id(72)}`, o.insured(today), o.accredited(addDays(last, 1)));
    await tell(stream, c.drafted('2026-04-30'), c.signed);
    const soon = { from: today, to: last, kinds: ['accreditation-end', 'insurance-end'] as const };
    expect((await listDeadlines(sql, soon)).map(({ kind, subjectId, on }) => [kind, subjectId, on])).toEqual([
      ['insurance-end', id(72), '2026-03-02'],
      ['accreditation-end', id(71), '2026-05-31'],
    ]);
    expect(await countDeadlines(sql, soon)).toBe(2);
  });
});
