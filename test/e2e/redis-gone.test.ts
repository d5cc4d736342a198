import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { configurationFrom, openProBono } from '../../packages/probono/src/index.js';
import { postgresUrl, redisUrl } from '../support/databases.js';
import { endProcesses, startService } from '../support/processes.js';
import { startRedis, type TestServer } from '../support/servers.js';
import { serverStore, type TemporaryStore } from '../support/stores.js';

jest.setTimeout(120_000);
// A shared Redis is not ours to kill.
const ownServers =
  postgresUrl === undefined || redisUrl === undefined || process.env.REDIS_URL ? describe.skip : describe;
const events = 4;

const organisation = (n: number) => ({
  command: 'RegisterOrganisation',
  data: {
    organisationId: `0190a000-0000-7000-8000-00000000000${n}`,
    kind: 'departement',
    purpose: 'solidarité',
    zone: 'Europe/Paris',
    holidayCalendar: 'fr',
  },
  meta: { actor: { id: '0190a000-0000-7000-8000-0000000000aa', role: 'programme_officer' } },
});

ownServers('with Redis gone for good', () => {
  let redis: TestServer;
  let store: TemporaryStore;
  beforeEach(async () => {
    redis = await startRedis();
    store = await serverStore();
  });
  afterEach(async () => {
    await endProcesses();
    await Promise.all([store.remove(), redis.stop()]);
  });

  test('an event is in the read models within five seconds, by their own ticks', async () => {
    const env = { ...store.env, PROBONO_QUEUE: redis.url };
    const projector = startService('projector', env);
    await projector.said(/worker host is up/);
    await redis.kill();

    const proBono = await openProBono(configurationFrom({ ...env, PROBONO_LOG_LEVEL: 'silent' }));
    const waits: number[] = [];
    try {
      for (let n = 1; n <= events; n++) {
        const outcome = await proBono.execute(organisation(n));
        if (!('kind' in outcome) || outcome.kind !== 'accepted' || outcome.position === undefined)
          throw new Error(`not accepted: ${JSON.stringify(outcome)}`);
        const begun = performance.now();
        expect(await proBono.readModels.waitFor(outcome.position, { timeoutMs: 30_000 })).toBe('reached');
        waits.push(performance.now() - begun);
      }
    } finally {
      await proBono.close();
    }
    console.info(`from append to rows without Redis: ${waits.map((ms) => `${Math.round(ms)} ms`).join(', ')}`);
    expect(Math.max(...waits)).toBeLessThan(5_000);
    projector.signal('SIGTERM');
    expect(await projector.ended()).toMatchObject({ code: 0 });
  });
});
