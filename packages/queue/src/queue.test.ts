import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { backends, type TestBackend } from '../test/backends.js';
import { capturedLog } from '../test/captured-log.js';
import { eventually } from '../test/eventually.js';
import { createGate } from '../test/gate.js';
import { openQueue, type Queue } from './queue.js';

const NEVER_MS = 600_000; // A tick that does not come within a test: only wake-ups can.

describe.each(backends)('a queue on %s', (_name, openBackend) => {
  let there: TestBackend;
  const open: Queue[] = [];
  let topics = 0;

  beforeAll(async () => {
    there = await openBackend();
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((queue) => queue.close({ timeoutMs: 100 })));
  });
  afterAll(() => there.drop());

  const openAnother = async (logger = pino({ level: 'silent' })): Promise<Queue> => {
    const queue = await openQueue(there.backend, { logger, random: () => 0.5 });
    open.push(queue);
    return queue;
  };
  const newTopic = () => `topic-${++topics}`;
  const nothingStored = async (topic: string) => (await there.rawJobs(topic)).length === 0;

  test('a loop runs as soon as it is hosted', async () => {
    let runs = 0;
    const queue = await openAnother();
    await queue.work({ topic: newTopic(), tickMs: NEVER_MS, run: async () => void runs++ });
    await eventually(() => runs === 1);
  });

  test('a ring wakes the loop of another process', async () => {
    const topic = newTopic();
    const [host, elsewhere] = [await openAnother(), await openAnother()];
    let runs = 0;
    await host.work({ topic, tickMs: NEVER_MS, run: async () => void runs++ });
    await eventually(() => runs === 1);
    elsewhere.bell.ring(topic);
    await eventually(() => runs === 2);
    elsewhere.bell.ring(topic);
    await eventually(() => runs === 3);
  });

  test('a ring before anybody listens is kept', async () => {
    const topic = newTopic();
    const [host, elsewhere] = [await openAnother(), await openAnother()];
    elsewhere.bell.ring(topic);
    await eventually(async () => (await there.rawJobs(topic)).length === 1);
    let runs = 0;
    await host.work({ topic, tickMs: NEVER_MS, run: async () => void runs++ });
    await eventually(() => runs === 2);
  });

  test('rings during a run lead to exactly one more', async () => {
    const topic = newTopic();
    const [host, elsewhere] = [await openAnother(), await openAnother()];
    const gates = [createGate(), createGate(), createGate(), createGate()];
    gates[0]?.open();
    let started = 0;
    await host.work({ topic, tickMs: NEVER_MS, run: async () => gates[started++]?.opened });
    host.bell.ring(topic);
    await eventually(() => started === 2);

    for (let i = 0; i < 5; i++) {
      host.bell.ring(topic);
      elsewhere.bell.ring(topic);
    }
    // Five rings in a row are two: the first, and one for the rest.
    await eventually(async () => (await elsewhere.health()).rings.sent === 2 && (await nothingStored(topic)));
    expect(started).toBe(2);
    gates[1]?.open();
    await eventually(() => started === 3);
    gates[2]?.open();
    await eventually(async () => (await host.health()).loops.get(topic)?.running === false);
    expect(await nothingStored(topic)).toBe(true);
    expect(started).toBe(3);
  });

  test('a hundred rings while busy lead to few runs, and no work is lost', async () => {
    const topic = newTopic();
    const [host, elsewhere] = [await openAnother(), await openAnother()];
    let due = 0;
    let done = 0;
    let runs = 0;
    const gate = createGate();
    const run = async () => {
      runs++;
      const taken = due;
      due = 0;
      if (runs === 1) await gate.opened;
      done += taken;
    };
    await host.work({ topic, tickMs: NEVER_MS, run });
    for (let i = 0; i < 100; i++) {
      due++;
      elsewhere.bell.ring(topic);
      await new Promise((resolve) => setImmediate(resolve));
    }
    gate.open();
    await eventually(() => done === 100);
    expect(runs).toBeLessThan(30);
  });

  test('a loop never runs twice at once in one process', async () => {
    const topic = newTopic();
    const [host, elsewhere] = [await openAnother(), await openAnother()];
    let now = 0;
    let most = 0;
    let runs = 0;
    const run = async () => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setImmediate(resolve));
      now--;
      runs++;
    };
    await host.work({ topic, tickMs: 1, run });
    await eventually(() => {
      host.bell.ring(topic);
      elsewhere.bell.ring(topic);
      return runs > 20;
    });
    expect(most).toBe(1);
  });

  test('a busy topic does not hold up another', async () => {
    const [busy, other] = [newTopic(), newTopic()];
    const [host, elsewhere] = [await openAnother(), await openAnother()];
    const gate = createGate();
    let runs = 0;
    await host.work({ topic: busy, tickMs: NEVER_MS, run: () => gate.opened });
    await host.work({ topic: other, tickMs: NEVER_MS, run: async () => void runs++ });
    elsewhere.bell.ring(busy);
    elsewhere.bell.ring(other);
    await eventually(() => runs >= 2);
    gate.open();
  });

  test('what the backend stores holds no data', async () => {
    const topic = newTopic();
    (await openAnother()).bell.ring(topic);
    await eventually(async () => (await there.rawJobs(topic)).length === 1);
    const [job] = await there.rawJobs(topic);
    expect(job?.name).toBe('wake');
    expect(typeof job?.data === 'string' ? JSON.parse(job.data) : job?.data).toEqual({});
  });

  test('closing waits for the run under way, which is told of it', async () => {
    const topic = newTopic();
    const host = await openAnother();
    let ended = false;
    const run = async (signal: AbortSignal) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      await new Promise((resolve) => setImmediate(resolve));
      ended = true;
    };
    await host.work({ topic, run });
    await host.close();
    expect(ended).toBe(true);
  });

  test('closing gives a stuck run up in the end', async () => {
    const { logger, lines } = capturedLog();
    const host = await openAnother(logger);
    await host.work({ topic: newTopic(), run: () => new Promise(() => {}) });
    const before = performance.now();
    await host.close({ timeoutMs: 50 });
    expect(performance.now() - before).toBeLessThan(4_000);
    expect(lines.join('')).toContain('given up');
  });

  test('closing hands on what was rung just before', async () => {
    const topic = newTopic();
    const brief = await openAnother();
    brief.bell.ring(topic);
    await brief.close();
    expect(await there.rawJobs(topic)).toHaveLength(1);
  });

  test('says that it is reachable, and not when closed', async () => {
    const queue = await openAnother();
    expect(await queue.health()).toMatchObject({ reachable: true });
    await queue.close();
    expect(await queue.health()).toMatchObject({ reachable: false });
  });
});
