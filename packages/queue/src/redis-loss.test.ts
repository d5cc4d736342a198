import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { findBinary, startRedis, type TestServer } from '../../../test/support/servers.js';
import { freePort } from '../../../test/support/supervised.js';
import { capturedLog } from '../test/captured-log.js';
import { eventually } from '../test/eventually.js';
import { type OpenQueueOptions, openQueue, type Queue } from './queue.js';
import { QueueUnavailable } from './unavailable.js';

const NEVER_MS = 600_000;
const silent = pino({ level: 'silent' });
// A shared Redis must not be killed or flushed.
const ownRedis = !process.env.REDIS_URL && findBinary('redis-server') !== undefined;

(ownRedis ? describe : describe.skip)('losing Redis', () => {
  let server: TestServer;
  const open: Queue[] = [];

  beforeAll(async () => {
    server = await startRedis();
  });
  afterEach(() => Promise.all(open.splice(0).map((queue) => queue.close({ timeoutMs: 100 }))));
  afterAll(() => server.stop());

  const openAnother = async (options: Partial<OpenQueueOptions> = {}, url = server.url): Promise<Queue> => {
    const queue = await openQueue({ kind: 'redis', url }, { logger: silent, random: () => 0.5, ...options });
    open.push(queue);
    return queue;
  };

  test('flushing it in mid-work changes nothing but delay', async () => {
    const [host, elsewhere] = [await openAnother(), await openAnother()];
    const redis = new Redis(server.url);
    let due = 0;
    let done = 0;
    const run = async () => {
      await new Promise((resolve) => setImmediate(resolve));
      done = due;
    };
    await host.work({ topic: 'flushed', tickMs: 500, run });
    for (let i = 0; i < 200; i++) {
      due++;
      elsewhere.bell.ring('flushed');
      if (i % 10 === 0) await redis.flushall();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await eventually(() => done === 200, 2_000);
    redis.disconnect();
  });

  test('a flush is followed by wake-ups as before', async () => {
    const [host, elsewhere] = [await openAnother(), await openAnother()];
    const redis = new Redis(server.url);
    let runs = 0;
    await host.work({ topic: 'after-flush', tickMs: NEVER_MS, run: async () => void runs++ });
    elsewhere.bell.ring('after-flush');
    await eventually(() => runs === 2);
    await redis.flushall();
    redis.disconnect();
    elsewhere.bell.ring('after-flush');
    await eventually(() => runs === 3);
  });

  test('while it is dead loops go on by ticks, rings do no harm, and wake-ups come back with it', async () => {
    const { logger, lines } = capturedLog();
    const host = await openAnother({ logger });
    const elsewhere = await openAnother({ logger });
    let ticked = 0;
    let woken = 0;
    await host.work({ topic: 'ticking', run: async () => void ticked++ });
    await host.work({ topic: 'waiting', tickMs: NEVER_MS, run: async () => void woken++ });
    await eventually(() => ticked >= 1 && woken === 1);

    await server.kill();
    const before = ticked;
    await eventually(async () => {
      elsewhere.bell.ring('waiting');
      return (await host.health()).reachable === false;
    });
    await eventually(() => ticked > before, 5_000);
    expect(woken).toBe(1);
    host.bell.ring('waiting');
    await eventually(() => woken === 2);
    expect((await elsewhere.health()).rings.dropped).toBeGreaterThan(0);
    expect(lines.filter((line) => line.includes('wake-ups are failing')).length).toBeLessThanOrEqual(2);

    await server.restart();
    await eventually(async () => (await elsewhere.health()).reachable === true);
    await eventually(() => {
      elsewhere.bell.ring('waiting');
      return woken > 2;
    });
    expect((await host.health()).loops.get('ticking')).toMatchObject({ failures: 0 });
  });

  test('closing does not wait for a dead one', async () => {
    const host = await openAnother();
    await host.work({ topic: 'closing', run: async () => {} });
    host.bell.ring('closing');
    await eventually(async () => (await host.health()).rings.sent === 1);
    await server.kill();
    const before = performance.now();
    host.bell.ring('closing');
    await host.close();
    expect(performance.now() - before).toBeLessThan(900);
    await server.restart();
  });

  test('a required one that is not there is refused in one clear line without its password', async () => {
    const port = await freePort();
    const before = performance.now();
    const refused = openAnother({ required: true }, `redis://user:secret@127.0.0.1:${port}`);
    await expect(refused).rejects.toThrow(QueueUnavailable);
    await expect(refused).rejects.toThrow(
      new RegExp(`^Redis at 127.0.0.1:${port} cannot be used \\(.*ECONNREFUSED.*\\): start it or correct`),
    );
    await expect(refused).rejects.not.toThrow(/secret/);
    expect(performance.now() - before).toBeLessThan(5_000);
  });

  test('one that is not required may come later', async () => {
    await server.kill();
    const host = await openAnother();
    const elsewhere = await openAnother();
    let runs = 0;
    await host.work({ topic: 'late', tickMs: NEVER_MS, run: async () => void runs++ });
    await eventually(() => runs === 1);
    elsewhere.bell.ring('late');
    await server.restart();
    await eventually(() => {
      elsewhere.bell.ring('late');
      return runs > 1;
    });
  });

  test('an eviction policy that can lose wake-ups is warned of', async () => {
    const redis = new Redis(server.url);
    const warnings = async () => {
      const { logger, lines } = capturedLog();
      await openAnother({ logger });
      return lines.filter((line) => line.includes('maxmemory-policy'));
    };
    expect(await warnings()).toHaveLength(0);
    await redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
    expect(await warnings()).toHaveLength(1);
    await redis.config('SET', 'maxmemory-policy', 'noeviction');
    redis.disconnect();
  });
});
