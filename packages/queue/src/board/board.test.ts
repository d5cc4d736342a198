import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import * as z from 'zod';
import { backends, type TestBackend } from '../../test/backends.js';
import { runHost } from '../host.js';
import { openQueue } from '../queue.js';
import { matcherOf } from './route.js';

const logger = pino({ level: 'silent' });
const Overview = z.object({
  queues: z.array(z.object({ name: z.string(), readOnlyMode: z.boolean(), counts: z.record(z.string(), z.number()) })),
});

describe.each(backends)('the board of a host on %s', (_name, openBackend) => {
  let there: TestBackend;
  let stop: AbortController;
  let ended: Promise<void> = Promise.resolve();
  beforeAll(async () => {
    there = await openBackend();
  });
  beforeEach(() => {
    stop = new AbortController();
  });
  afterEach(async () => {
    stop.abort();
    await ended;
  });
  afterAll(() => there.drop());

  const host = async (board: boolean): Promise<string> => {
    const queue = await openQueue(there.backend, { logger, random: () => 0.5 });
    const loops = ['projection.hours', 'clerk'].map((topic) => ({ topic, run: async () => {} }));
    return new Promise((ready, failed) => {
      const onReady = ({ healthPort }: { readonly healthPort?: number }) => ready(`http://127.0.0.1:${healthPort}`);
      ended = runHost({ loops, queue, logger, board, healthPort: 0, signals: [], stop: stop.signal, onReady });
      ended.catch(failed);
    });
  };

  test('shows the topics hosted, from a page that loads nothing from elsewhere', async () => {
    const address = await host(true);
    const { queues } = Overview.parse(await (await fetch(`${address}/queues/api/queues`)).json());
    expect(queues.map(({ name }) => name)).toEqual(['projection.hours', 'clerk']);
    expect(queues.every(({ readOnlyMode, counts }) => readOnlyMode && counts.failed === 0)).toBe(true);

    const page = await fetch(`${address}/queues`);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    const html = await page.text();
    expect(html).toContain('<base href="/queues/" />');
    expect(html).not.toContain('<%');
    const scripts = [...html.matchAll(/src="(static\/[^"]+\.js)"/g)].map(([, path]) => path);
    expect(scripts.length).toBeGreaterThan(0);
    for (const path of scripts) {
      const script = await fetch(`${address}/queues/${path}`);
      expect([script.status, script.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
      await script.arrayBuffer();
    }
    expect((await fetch(`${address}/queues/queue/clerk`)).status).toBe(200);
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
  });

  test('is there to be looked at: it changes nothing, and leads nowhere else', async () => {
    const address = await host(true);
    for (const path of ['pause', 'clerk/pause', 'clerk/obliterate', 'clerk/empty', 'clerk/add'])
      for (const method of ['PUT', 'POST', 'PATCH', 'DELETE'])
        expect((await fetch(`${address}/queues/api/queues/${path}`, { method })).status).toBe(405);
    for (const path of ['static/../index.ejs', 'static/%2e%2e/index.ejs', 'static//etc/passwd', 'api/nothing'])
      expect((await fetch(`${address}/queues/${path}`)).status).toBe(404);
  });

  test('is not served unless it is asked for', async () => {
    expect((await fetch(`${await host(false)}/queues`)).status).toBe(404);
  });
});

test('a route gives what stands where it has names', () => {
  const matches = matcherOf('/queue/:queueName/:jobId');
  expect(matches('/queue/clerk/a%2Fb')).toEqual({ queueName: 'clerk', jobId: 'a/b' });
  expect([matches('/queue/clerk'), matches('/queues/clerk/1'), matches('/queue//1')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
