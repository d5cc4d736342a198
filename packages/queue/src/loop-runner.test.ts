import { afterEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { capturedLog } from '../test/captured-log.js';
import { eventually } from '../test/eventually.js';
import { type LoopRunner, startLoop } from './loop-runner.js';

const silent = pino({ level: 'silent' });
const NEVER_MS = 600_000;

describe('a loop', () => {
  const started: LoopRunner[] = [];
  afterEach(() => Promise.all(started.splice(0).map((runner) => runner.stop(0))));

  const start = (run: (signal: AbortSignal) => Promise<void>, tickMs: number, logger = silent): LoopRunner => {
    const runner = startLoop({ topic: 'tested', run, tickMs }, { logger, random: () => 0 });
    started.push(runner);
    return runner;
  };

  test('ticks without being woken', async () => {
    let runs = 0;
    start(async () => void runs++, 5);
    await eventually(() => runs > 3);
  });

  test('rests between a fifth of its tick and all of it', async () => {
    const rests = async (random: () => number) => {
      const before = performance.now();
      let runs = 0;
      const runner = startLoop(
        { topic: 'tested', tickMs: 1_000, run: async () => void runs++ },
        { logger: silent, random },
      );
      started.push(runner);
      await eventually(() => runs === 2);
      return performance.now() - before;
    };
    expect(await rests(() => 0)).toBeLessThan(950);
    expect(await rests(() => 0.999)).toBeGreaterThan(950);
  });

  test('that throws is logged, tried again, and well again once a run returns', async () => {
    const { logger, lines } = capturedLog();
    let runs = 0;
    const runner = start(
      async () => {
        if (++runs <= 3) throw new Error('the table is locked');
      },
      5,
      logger,
    );
    await eventually(() => runner.health().runs > 0);
    expect(runner.health()).toMatchObject({ failures: 3, failuresInRow: 0 });
    expect(lines).toHaveLength(3);
    expect(lines[2]).toContain('the table is locked');
  });

  test('that throws synchronously, or something else than an error, is treated alike', async () => {
    let runs = 0;
    start(() => {
      runs++;
      throw 'words';
    }, 5);
    await eventually(() => runs > 2);
  });

  test('rests longer after every failure', async () => {
    const at: number[] = [];
    start(async () => {
      at.push(performance.now());
      throw new Error('again');
    }, 50);
    await eventually(() => at.length === 5);
    const rests = at.slice(1).map((time, i) => time - (at[i] ?? 0));
    // 20, 40, 80 and 160 ms; timers may only be late.
    for (const [i, rest] of rests.entries()) expect(rest).toBeGreaterThan(19 * 2 ** i);
  });

  test('that is backing off is not hurried by rings', async () => {
    let runs = 0;
    const runner = start(async () => {
      runs++;
      throw new Error('down');
    }, NEVER_MS);
    await eventually(() => runner.health().failures === 1 && !runner.health().running);
    runner.wake();
    expect(runs).toBe(1);
  });

  test('logs no field of an error that could quote a row', async () => {
    const { logger, lines } = capturedLog();
    const runner = start(
      async () => {
        throw Object.assign(new Error('duplicate key'), { detail: 'Key (email)=(ada@example.org) already exists.' });
      },
      NEVER_MS,
      logger,
    );
    await eventually(() => runner.health().failures === 1);
    expect(lines.join('')).toContain('duplicate key');
    expect(lines.join('')).not.toContain('ada@example.org');
  });

  test('that is stopped does not run again, and its aborted run is no failure', async () => {
    const { logger, lines } = capturedLog();
    let runs = 0;
    const runner = start(
      (signal) => {
        runs++;
        return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
      },
      1,
      logger,
    );
    runner.wake();
    expect(await runner.stop(1_000)).toBe(true);
    runner.wake();
    expect(runs).toBe(1);
    expect(lines).toEqual([]);
  });
});
