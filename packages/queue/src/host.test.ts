import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { type FreshDatabase, freshDatabase } from '../../../test/support/databases.js';
import { capturedLog } from '../test/captured-log.js';
import { eventually } from '../test/eventually.js';
import { type HostOptions, runHost } from './host.js';
import { openQueue, type Queue } from './queue.js';

const silent = pino({ level: 'silent' });

describe('a worker host', () => {
  let database: FreshDatabase;
  let queue: Queue;
  let stop: AbortController;
  let ended: Promise<void>;

  beforeAll(async () => {
    database = await freshDatabase('pglite');
  });
  beforeEach(async () => {
    queue = await openQueue({ kind: 'sql', sql: database.client }, { logger: silent, random: () => 0.5 });
    stop = new AbortController();
    ended = Promise.resolve();
  });
  afterEach(async () => {
    stop.abort();
    await ended.catch(() => undefined);
    await queue.close();
  });
  afterAll(() => database.drop());

  const start = (options: Partial<HostOptions> = {}): Promise<string> =>
    new Promise((resolve, reject) => {
      const onReady: HostOptions['onReady'] = ({ healthPort }) => resolve(`http://127.0.0.1:${healthPort}`);
      const given = { loops: [], queue, logger: silent, stop: stop.signal, healthPort: 0, onReady, ...options };
      ended = runHost(given);
      ended.catch(reject);
    });

  test('runs its loops and resolves when stopped, loops first, then queue, then what it was given', async () => {
    const order: string[] = [];
    const run = async (signal: AbortSignal) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      order.push('run returned');
    };
    await start({
      loops: [{ topic: 'work', run }],
      onStop: [
        async () => order.push((await queue.health()).reachable ? 'queue open' : 'queue closed'),
        () => order.push('pools'),
      ],
    });
    await eventually(async () => (await queue.health()).loops.get('work')?.running);
    stop.abort();
    await ended;
    expect(order).toEqual(['run returned', 'queue closed', 'pools']);
  });

  test('says that it lives, that it is ready, and what it measures', async () => {
    const address = await start({
      loops: [{ topic: 'work', run: async () => {} }],
      metrics: async () => 'probono_lag_events 3\n',
    });
    await eventually(async () => (await queue.health()).loops.get('work')?.runs === 1);
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
    const ready = await fetch(`${address}/readyz`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toEqual({
      ready: true,
      stopping: false,
      queue: { backend: 'sql', reachable: true },
      loops: ['work'],
      failing: [],
    });
    const metrics = await (await fetch(`${address}/metrics`)).text();
    expect(metrics).toContain('probono_queue_reachable{backend="sql"} 1\n');
    expect(metrics).toContain('probono_loop_runs{topic="work"} 1\n');
    expect(metrics).toContain('probono_lag_events 3\n');
    expect((await fetch(`${address}/other`)).status).toBe(404);
  });

  test('is alive but not ready while a loop fails', async () => {
    const run = async () => {
      throw new Error('no table');
    };
    const address = await start({ loops: [{ topic: 'broken', run }] });
    await eventually(async () => (await fetch(`${address}/readyz`)).status === 503);
    expect(await (await fetch(`${address}/readyz`)).json()).toMatchObject({ failing: ['broken'] });
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
  });

  test('stops on a signal, once', async () => {
    await start({ signals: ['SIGUSR2'] });
    // Jest gives suites a process of their own, which no real signal reaches.
    process.emit('SIGUSR2');
    await ended;
    expect(process.listenerCount('SIGUSR2')).toBe(0);
  });

  test('gives up on what does not end, and says so', async () => {
    const { logger, lines } = capturedLog();
    await start({ logger, stopTimeoutMs: 50, onStop: [() => new Promise(() => {})] });
    stop.abort();
    await ended;
    expect(lines.join('')).toContain('a step of stopping did not end in time');
  });

  test('goes through all steps of stopping although one fails', async () => {
    let last = false;
    const fail = () => {
      throw new Error('socket gone');
    };
    await start({ onStop: [fail, () => (last = true)] });
    stop.abort();
    await ended;
    expect(last).toBe(true);
  });

  test('that cannot start closes what it was given', async () => {
    let closed = false;
    const twice = { topic: 'same', run: async () => {} };
    const failed = start({ loops: [twice, twice], onStop: [() => (closed = true)] });
    await expect(failed).rejects.toThrow('The topic same has a loop in this process already.');
    expect(closed).toBe(true);
  });
});
