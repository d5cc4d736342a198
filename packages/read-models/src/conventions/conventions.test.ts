import { describe, expect, test } from '@jest/globals';
import { engines } from '../../../../test/support/databases.js';
import { ada, adaJob, ben, benJob, convention as c, conventionId, homeId, hostId, id } from '../../test/programme.js';
import { queried } from '../../test/queried.js';
import { agentsInForce, conventions, listConventions } from '../index.js';

const stream = `convention-${conventionId}` as const;
const early = { effectiveOn: '2026-02-01' };

describe.each(engines)('conventions on %s', (engine) => {
  const at = queried(engine, conventions);
  const the = async (on: string) => (await listConventions(at().sql, { on, conventionId }))[0];
  const inForce = async (on: string) => (await agentsInForce(at().sql, { on })).map(({ personId }) => personId);

  test('say what is missing next, step by step', async () => {
    const { tellAs } = at();
    const missing = async () => (await the('2026-02-01'))?.missing;
    await tellAs(early, stream, c.drafted());
    expect(await missing()).toEqual([{ step: 'submission' }]);
    await tellAs(early, stream, c.submitted(true));
    expect(await missing()).toEqual([
      { step: 'communication', personId: ada },
      { step: 'consent', personId: ada },
      { step: 'signature', party: 'home' },
      { step: 'signature', party: 'host' },
      { step: 'order', personId: ada },
    ]);
    await tellAs(early, stream, c.communicated(), c.consented(), c.signedBy('home'));
    expect(await missing()).toEqual([
      { step: 'signature', party: 'host' },
      { step: 'order', personId: ada },
    ]);
    expect(await the('2026-02-01')).toMatchObject({ status: 'partially_signed', signatures: { home: '2026-02-01' } });
    await tellAs(early, stream, c.signedBy('host'), c.signed);
    expect(await missing()).toEqual([{ step: 'order', personId: ada }]);
    await tellAs(early, stream, c.ordered('2026-03-01', '2026-08-31'));
    expect(await missing()).toEqual([]);
  });

  test('are in force by their dates, without anyone noting it', async () => {
    const { tellAs } = at();
    await tellAs(early, stream, c.drafted(), c.submitted(), c.communicated(), c.consented());
    expect(await inForce('2026-03-01')).toEqual([]);
    await tellAs(
      early,
      stream,
      c.signedBy('home'),
      c.signedBy('host'),
      c.signed,
      c.suspended('2026-05-01', '2026-05-10'),
    );
    expect(await inForce('2026-02-28')).toEqual([]);
    expect(await inForce('2026-03-01')).toEqual([ada]);
    expect(await inForce('2026-05-05')).toEqual([]);
    expect(await inForce('2026-08-31')).toEqual([ada]);
    expect(await inForce('2026-09-01')).toEqual([]);
    expect(await the('2026-05-05')).toMatchObject({
      status: 'suspended',
      homeId,
      hostId,
      from: '2026-03-01',
      to: '2026-08-31',
      agents: [{ personId: ada, employmentId: adaJob, force: 'suspended' }],
    });
    expect((await the('2026-09-01'))?.status).toBe('expired');
  });

  test('end for one agent by a notice for that agent', async () => {
    const { tellAs } = at();
    const both = [
      [ada, adaJob],
      [ben, benJob],
    ] as const;
    await tellAs(
      early,
      stream,
      c.drafted('2026-08-31', both),
      c.submitted(),
      c.communicated(),
      c.consented(),
      c.communicated(ben),
      c.consented(ben),
    );
    await tellAs(early, stream, c.signedBy('home'), c.signedBy('host'), c.signed, c.noticeGiven('2026-06-01', ben));
    expect(await inForce('2026-06-01')).toEqual([ada, ben]);
    expect(await inForce('2026-06-02')).toEqual([ada]);
  });

  test('are found by party and agent, page by page', async () => {
    const { tell, sql } = at();
    for (const n of [31, 32]) await tell(`convention-${id(n)}`, c.drafted());
    await tell(`convention-${id(33)}`, c.drafted('2026-08-31', [[ben, benJob]]));
    const ids = async (filter: Omit<Parameters<typeof listConventions>[1], 'on'>) =>
      (await listConventions(sql, { on: '2026-03-01', ...filter })).map((found) => found.conventionId);
    expect(await ids({ hostId, homeId })).toEqual([id(31), id(32), id(33)]);
    expect(await ids({ personId: ada, limit: 1 })).toEqual([id(31)]);
    expect(await ids({ personId: ada, limit: 1, after: id(31) })).toEqual([id(32)]);
    expect(await ids({ hostId: homeId })).toEqual([]);
  });

  test('fill a page with agents in force although some of them are suspended', async () => {
    const { tellAs, sql } = at();
    for (const n of [31, 32, 33]) {
      await tellAs(early, `convention-${id(n)}`, c.drafted(), c.submitted(), c.communicated(), c.consented());
      await tellAs(early, `convention-${id(n)}`, c.signedBy('home'), c.signedBy('host'), c.signed);
    }
    await tellAs(early, `convention-${id(31)}`, c.suspended('2026-05-01', '2026-05-10'));
    const page = await agentsInForce(sql, { on: '2026-05-05', limit: 1 });
    expect(page.map((row) => row.conventionId)).toEqual([id(32)]);
    expect((await agentsInForce(sql, { on: '2026-05-05', after: page[0] })).map((row) => row.conventionId)).toEqual([
      id(33),
    ]);
  });
});
