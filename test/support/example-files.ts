import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const folder = resolve(import.meta.dirname, '../../docs/examples');

/** One line of an example file, as it is written there: nothing of it was checked. */
export interface ExampleLine {
  readonly file: string;
  /** From 1. */
  readonly number: number;
  readonly at: string;
  readonly command: string;
  // Untrusted JSON: whoever reads a field says what it takes it for.
  readonly data: Readonly<Record<string, unknown>>;
  readonly meta: Readonly<Record<string, unknown>> & {
    readonly actor: { readonly id: string; readonly role: string };
    readonly commandId: string;
  };
}

const numbered = (under: string): readonly string[] =>
  readdirSync(join(folder, under))
    .filter((name) => /^\d.*\.ndjson$/.test(name))
    .sort();

/** The files that tell a story: their names begin with a number. */
export const storyFiles = (): readonly string[] => numbered('.');

/** The stories that `npm start -- --once` leaves out. */
export const moreStoryFiles = (): readonly string[] => numbered('more').map((name) => join('more', name));

/** The lines of one file, in the order of the file. */
export const linesOf = (file: string): readonly ExampleLine[] =>
  readFileSync(join(folder, file), 'utf8')
    .trimEnd()
    .split('\n')
    .map((text, index) => {
      const { command, data, meta } = JSON.parse(text);
      const { at, ...rest } = meta;
      return { file, number: index + 1, at, command, data, meta: rest };
    });

/** The lines of several files as one history, by the clock. */
export const merged = (files: readonly string[]): readonly ExampleLine[] =>
  files.flatMap(linesOf).sort((a, b) => Date.parse(a.at) - Date.parse(b.at));

/** The table of refusals in the examples' README: line → the rules named in its last column. */
export const expectedRefusals = (): ReadonlyMap<number, readonly string[]> =>
  new Map(
    readFileSync(join(folder, 'README.md'), 'utf8')
      .split('\n')
      .map((row) => row.split('|').map((cell) => cell.trim()))
      .filter((cells) => cells.length === 5 && /^\d+$/.test(cells[1] ?? ''))
      .map((cells) => [Number(cells[1]), [...(cells[3] ?? '').matchAll(/`([^`]+)`/g)].map(([, rule = '']) => rule)]),
  );

/** The table of the further stories in the examples' README: file → what its last column says. */
export const toldTotals = (): ReadonlyMap<string, string> =>
  new Map(
    readFileSync(join(folder, 'README.md'), 'utf8')
      .split('## Five more stories')[1]
      ?.split('\n')
      .map((row) => row.split('|').map((cell) => cell.trim()))
      .filter((cells) => cells.length === 5 && /^`\d.*\.ndjson`$/.test(cells[1] ?? ''))
      .map((cells) => [join('more', (cells[1] ?? '').replaceAll('`', '')), cells[3] ?? '']),
  );
