import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Line } from '../ndjson.js';

/** A line of an example file, with the moment it is to be executed at. */
export interface ExampleLine {
  readonly file: string;
  readonly line: Line & { readonly text: string };
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly actor: { readonly id: string; readonly role: string };
}

const numbered = async (directory: string): Promise<readonly string[]> =>
  (await readdir(directory))
    .filter((name) => /^\d.*\.ndjson$/.test(name))
    .sort()
    .map((name) => join(directory, name));

/**
 * The lines of all example files whose names begin with a digit, merged by their `meta.at`; a file keeps its order.
 * `more`: those of the folder `more` too.
 */
export const exampleLines = async (
  directory: string,
  { more = false }: { readonly more?: boolean } = {},
): Promise<readonly ExampleLine[]> => {
  const paths = [...(await numbered(directory)), ...(more ? await numbered(join(directory, 'more')) : [])];
  const lines: ExampleLine[] = [];
  for (const path of paths) {
    const texts = (await readFile(path, 'utf8')).split('\n');
    texts.forEach((text, index) => {
      if (text.trim() === '') return;
      // The repository's own files, which a test executes line by line.
      const { meta } = JSON.parse(text) as { meta: { at: string; actor: ExampleLine['actor'] } };
      const line = { number: index + 1, text };
      lines.push({ file: relative(directory, path), line, at: Date.parse(meta.at), actor: meta.actor });
    });
  }
  return lines.toSorted((a, b) => a.at - b.at); // stable: equal times keep file and line order
};

/** Who gives commands as a programme officer: they are told of ends and deadlines. */
export const officersIn = (lines: readonly ExampleLine[]): readonly string[] => [
  ...new Set(lines.filter(({ actor }) => actor.role === 'programme_officer').map(({ actor }) => actor.id)),
];

/** Whether all stories are played: told so, or for someone who stays and looks around. */
export const playsAll = ({ once = false, all = !once }: { readonly once?: boolean; readonly all?: boolean }): boolean =>
  all;
