import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { domain } from '@probono/domain';
import { idOf } from '@probono/testing';
import fc from 'fast-check';
import { trialsOf } from './support/properties/acts.js';
import { cases, seedOfRun } from './support/properties/cases.js';
import { type Act, type Story, storyLines, tellStory } from './support/properties/story.js';

const script = resolve(import.meta.dirname, 'support/purity/replay.mjs');

/** What the script says of all it did. */
interface Replayed {
  /** SHA-256 (hex) of every decision and every state. */
  readonly digest: string;
  readonly streams: number;
  /** What came of the trials of each category. */
  readonly counts: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** Runs the built domain in a process where clock, chance, network and the machine's own place are out of reach. */
const replayed = (env: Readonly<Record<string, string>>, input: string): Promise<Replayed> =>
  new Promise((done, fail) => {
    const child = spawn(process.execPath, [script], { env });
    const said = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const)
      child[name].setEncoding('utf8').on('data', (text: string) => {
        said[name] += text;
      });
    child.on('error', fail).on('close', (code) => (code === 0 ? done(JSON.parse(said.stdout)) : fail(said.stderr)));
    child.stdin.end(input);
  });

type Tried = readonly [category: string, acts: readonly Act[]];

/** As many cases of every decider, by the line before which they are tried. */
const sampled = (story: Story, seed: number): Readonly<Record<number, readonly Tried[]>> => {
  const trials: Record<number, Tried[]> = {};
  let given = 0;
  const identified = (act: Act): Act => ({ ...act, meta: { ...act.meta, commandId: idOf(9_000_000 + ++given) } });
  for (const category of Object.keys(domain.aggregates))
    for (const { moment, acts } of fc.sample(trialsOf(story, category).alone, { numRuns: cases, seed }))
      trials[moment] = [...(trials[moment] ?? []), [category, acts.map(identified)]];
  return trials;
};

describe('the domain', () => {
  test('comes to the same states and decisions in any zone and language, without clock, chance, timers or network', async () => {
    const seed = seedOfRun();
    const trials = sampled(await tellStory(), seed);
    const lines = storyLines.map(({ commandId, meta, ...line }) => ({ ...line, meta: { ...meta, commandId } }));
    const input = JSON.stringify({ lines, trials });
    const [there, here] = await Promise.all([
      replayed({ TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' }, input),
      replayed({ TZ: 'America/St_Johns', LANG: 'C', LC_ALL: 'C' }, input),
    ]);
    process.stderr.write(`replay: ${cases} cases of every decider, seed ${seed}; ${JSON.stringify(here.counts)}\n`);
    expect(here).toEqual(there);
    expect(there.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(Object.keys(there.counts).sort()).toEqual(Object.keys(domain.aggregates).sort());
    for (const { accepted = 0 } of Object.values(there.counts)) expect(accepted).toBeGreaterThan(cases / 4);
  });
});
