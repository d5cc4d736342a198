import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { linesOf, merged, storyFiles } from './support/example-files.js';

const script = resolve(import.meta.dirname, 'support/purity/replay.mjs');
const lines = [...merged(storyFiles()), ...linesOf('refusals.ndjson')];

/** Runs the built domain in a process where clock, chance, network and the machine's own place are out of reach. */
const replayed = (env: Readonly<Record<string, string>>): unknown => {
  const input = JSON.stringify(lines);
  const { stdout, stderr, status } = spawnSync(process.execPath, [script], { input, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
};

describe('the domain', () => {
  test('comes to the same states and decisions in any zone and language, without clock, chance, timers or network', () => {
    const there = replayed({ TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' });
    const here = replayed({ TZ: 'America/St_Johns', LANG: 'C', LC_ALL: 'C' });
    expect(there).toMatchObject({ digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect((there as { accepted: number }).accepted).toBeGreaterThan(300);
    expect(here).toEqual(there);
  }, 60_000);
});
