import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { postgresUrl, redisUrl } from '../support/databases.js';
import {
  type Ended,
  endProcesses,
  jsonLines,
  probono,
  type Running,
  root,
  startProbono,
  startService,
} from '../support/processes.js';
import { embeddedStore, eventCount, serverStore, type TemporaryStore } from '../support/stores.js';

jest.setTimeout(120_000);
const withServers = postgresUrl === undefined || redisUrl === undefined ? describe.skip : describe;
const signals = ['SIGTERM', 'SIGINT'] as const;

/** Gives the signal, and how long it took to end. */
const stopped = async (running: Running, signal: NodeJS.Signals): Promise<Ended & { readonly took: number }> => {
  const began = performance.now();
  running.signal(signal);
  const ended = await running.ended(20_000);
  return { ...ended, took: performance.now() - began };
};

const story = join(root, 'docs/examples/2-julien.ndjson');

interface Result {
  readonly line: number;
  readonly accepted?: boolean;
  readonly repeated?: boolean;
  readonly events?: readonly { readonly eventId: string }[];
}
/** The shape that commands.md promises. */
const resultsOf = ({ stdout }: Ended) => jsonLines(stdout) as readonly Result[];
const eventIds = (results: readonly Result[]) =>
  results.flatMap(({ events = [] }) => events.map(({ eventId }) => eventId));

describe('on an embedded store', () => {
  let store: TemporaryStore;
  const lockFile = () => join(store.directory, 'store', 'lock');
  const lags = async (): Promise<readonly number[]> => {
    const { stdout } = await probono(['projections', 'status', '--json'], { env: store.env });
    const statuses = JSON.parse(stdout) as readonly { readonly lagEvents: number }[]; // one line, by commands.md
    return statuses.map(({ lagEvents }) => lagEvents);
  };
  beforeEach(async () => {
    store = await embeddedStore();
  });
  afterEach(async () => {
    await endProcesses();
    await store.remove();
  });

  test.each(signals)('%s stops the workers, and the next command finds the store free', async (signal) => {
    const work = startProbono(['work'], { env: store.env });
    await work.said(/workers are up/);
    expect(existsSync(lockFile())).toBe(true);
    const { code, took } = await stopped(work, signal);
    expect(code).toBe(0);
    expect(took).toBeLessThan(5_000);
    expect(existsSync(lockFile())).toBe(false);
    if (signal === 'SIGTERM') expect((await lags()).length).toBeGreaterThan(5);
  });

  test('SIGTERM in the middle of a file leaves whole commands, and the file completes when executed again', async () => {
    const args = ['execute', '--demonstration', '--json', story];
    const running = startProbono(args, { env: store.env });
    await running.said(/"line":40,/);
    const cut = await stopped(running, 'SIGTERM');
    expect([cut.code, cut.signal]).toEqual([2, null]);
    expect(cut.took).toBeLessThan(5_000);
    expect(cut.stderr).toMatch(/^probono: stopped by a signal; execute the same lines again/);
    expect(existsSync(lockFile())).toBe(false);
    const done = resultsOf(cut);
    const lines = readFileSync(story, 'utf8').trimEnd().split('\n').length;
    expect(done.length).toBeLessThan(lines);
    expect(await eventCount(store)).toBe(eventIds(done).length);

    const again = await probono(args, { env: store.env });
    const all = resultsOf(again);
    expect([again.code, all.length]).toEqual([0, lines]);
    expect(all.filter(({ repeated }) => repeated).map(({ line }) => line)).toEqual(done.map(({ line }) => line));
    expect(eventIds(all).slice(0, eventIds(done).length)).toEqual(eventIds(done));
    expect(new Set(eventIds(all)).size).toBe(eventIds(all).length);
    expect(await eventCount(store)).toBe(eventIds(all).length);
  });

  test('Ctrl-C ends a command that waits for more input', async () => {
    const running = startProbono(['execute', '--json', '-'], { env: store.env });
    running.stdin.write('{}\n{"command"');
    await running.said(/"line":1,/);
    const { code, stdout, took } = await stopped(running, 'SIGINT');
    expect(code).toBe(2);
    expect(took).toBeLessThan(5_000);
    expect(jsonLines(stdout)).toHaveLength(1);
  });

  test('after SIGKILL of the workers the store opens again, and the read models catch up', async () => {
    const lines = readFileSync(story, 'utf8').split('\n').slice(0, 80).join('\n');
    await writeFile(join(store.directory, 'story.ndjson'), lines);
    await probono(['execute', '--demonstration', join(store.directory, 'story.ndjson')], { env: store.env });
    const killed = startProbono(['work'], { env: store.env });
    await killed.said(/workers are up/);
    expect((await stopped(killed, 'SIGKILL')).signal).toBe('SIGKILL');
    expect(existsSync(lockFile())).toBe(true);

    const work = startProbono(['work'], { env: { ...store.env, PROBONO_HEALTH_PORT: '0' } });
    await work.said(/workers are up; http:/);
    const caughtUp = await untilCaughtUp(work);
    expect(caughtUp).toBeGreaterThan(5);
    expect((await stopped(work, 'SIGTERM')).code).toBe(0);
    expect((await lags()).every((lag) => lag === 0)).toBe(true);
  });
});

/** Reads the metrics of the workers until no read model is behind; gives how many there are. */
const untilCaughtUp = async (work: Running): Promise<number> => {
  const port = /workers are up; http:\/\/127\.0\.0\.1:(\d+)/.exec(work.told())?.[1];
  const deadline = performance.now() + 60_000;
  for (;;) {
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    const lags = [...metrics.matchAll(/^probono_projection_lag_events\{.*\} (\d+)$/gm)].map(([, lag]) => Number(lag));
    if (lags.length > 0 && lags.every((lag) => lag === 0)) return lags.length;
    if (performance.now() > deadline) throw new Error(`read models are still behind:\n${metrics}`);
  }
};

withServers('on servers', () => {
  let store: TemporaryStore;
  beforeEach(async () => {
    store = await serverStore();
  });
  afterEach(async () => {
    await endProcesses();
    await store.remove();
  });

  test.each(signals)('%s stops services/projector and services/reminder in order', async (signal) => {
    const env = { ...store.env, PROBONO_QUEUE: redisUrl ?? '' };
    const services = (['projector', 'reminder'] as const).map((name) => startService(name, env));
    for (const service of services) await service.said(/worker host is up/);
    for (const { code, took, stdout, stderr } of await Promise.all(services.map((each) => stopped(each, signal)))) {
      expect([code, stdout]).toEqual([0, '']);
      expect(took).toBeLessThan(5_000);
      expect(stderr).toMatch(/worker host has stopped/);
    }
    const { code } = await probono(['projections', 'status'], { env });
    expect(code).toBe(0);
  });
});
