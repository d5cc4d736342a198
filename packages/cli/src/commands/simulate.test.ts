import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { configurationFrom, openProBono } from 'probono';
import { exitCodes } from '../exit.js';
import { simulate } from './simulate.js';

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'probono-simulate-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** Runs the command as the program does, and gives its exit code and its answer. */
const run = async (name: string, load: Parameters<typeof simulate>[2], demonstration = true) => {
  const environment = {
    PROBONO_STORE: `pglite:${join(directory, name)}`,
    PROBONO_KEK_FILE: join(directory, `${name}.kek`),
    PROBONO_LOG_LEVEL: 'silent',
  };
  const lines: string[] = [];
  const notes: string[] = [];
  const terminal = {
    out: async (line: string) => void lines.push(line),
    note: (line: string) => void notes.push(line),
    interactive: false,
  };
  const session = { terminal, environment, signal: new AbortController().signal };
  const proBono = await openProBono(configurationFrom(environment), demonstration ? { demonstration } : {});
  try {
    const code = await simulate(session, proBono, load, true);
    const lag = (await proBono.readModels.status()).map(({ lagEvents }) => lagEvents);
    return { code, lines, notes, lag };
  } finally {
    await proBono.close();
  }
};

describe('probono simulate', () => {
  test('executes a month of twenty agents on an embedded store and prints one line', async () => {
    const { code, lines, notes, lag } = await run('month', { agents: 20, months: 1, seed: 1 });
    expect(notes).toEqual([]);
    expect(code).toBe(exitCodes.done);
    expect(lines).toHaveLength(1);
    const report: Record<string, number> = JSON.parse(lines[0] ?? '');
    expect(report).toMatchObject({ agents: 20, months: 1, seed: 1, unexpected: 0 });
    expect(report.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(report.commands).toBe((report.accepted ?? 0) + (report.refused ?? 0) + (report.repeated ?? 0));
    expect(report.refused).toBeGreaterThan(0);
    expect(report.repeated).toBeGreaterThan(0);
    expect(Math.max(...lag.map(Number))).toBe(0);
  }, 120_000);

  test('refuses a store that is no demonstration', async () => {
    await expect(run('real', { agents: 1, months: 1, seed: 1 }, false)).rejects.toThrow('use a new, empty store');
  }, 60_000);

  test('refuses a load of nobody', async () => {
    await expect(run('none', { agents: 0, months: 1, seed: 1 })).rejects.toThrow('--agents');
  }, 60_000);
});
