import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type ExampleLine, exampleLines, playsAll } from './examples.js';

const examples = join(import.meta.dirname, '../../../../docs/examples');
const filesOf = (lines: readonly ExampleLine[]) => [...new Set(lines.map(({ file }) => file))].toSorted();

describe('the lines that the main job plays', () => {
  test('are those of the programme and the three stories, unless more is asked for', async () => {
    const plain = ['0-programme.ndjson', '1-driee-fne.ndjson', '2-julien.ndjson', '3-valerie.ndjson'];
    expect(filesOf(await exampleLines(examples))).toEqual(plain);
    const all = filesOf(await exampleLines(examples, { more: true }));
    expect(all).toEqual([...plain, ...all.filter((file) => file.startsWith('more/'))]);
    expect(all).toHaveLength(plain.length + 5);
  });

  test.each([
    [{}, true],
    [{ once: true }, false],
    [{ once: true, all: true }, true],
    [{ all: false }, false],
  ])('with the options %j, are all of them: %s', (options, all) => {
    expect(playsAll(options)).toBe(all);
  });

  test('come by the clock, and in each file in its own order', async () => {
    const lines = await exampleLines(examples, { more: true });
    expect(lines.map(({ at }) => at)).toEqual(lines.map(({ at }) => at).toSorted((a, b) => a - b));
    const one = lines.filter(({ file }) => file.startsWith('more/6'));
    expect(one.map(({ line }) => line.number)).toEqual(one.map((_, index) => index + 1));
  });
});
