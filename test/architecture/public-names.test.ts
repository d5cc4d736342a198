import { readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { bareFigures, declarationsOf, publicNames, saysWhatItThrows } from './public-names.js';

const root = resolve(import.meta.dirname, '../..');
const packages = readdirSync(join(root, 'packages')).sort();

describe.each(packages)('every name that packages/%s gives to others', (folder) => {
  const names = publicNames(join(root, 'packages', folder));
  const told = (bad: typeof names) => bad.map(({ name, file }) => `${relative(root, file)}: ${name}`);

  test('is found where it is declared', () => {
    expect(told(names.filter(({ declarations }) => declarations.length === 0))).toEqual([]);
  });

  test('says above its declaration what it is for', () => {
    expect(told(names.filter(({ declarations }) => declarations.every(({ doc }) => doc === undefined)))).toEqual([]);
  });

  test('says what it throws, where it does', () => {
    expect(told(names.filter(({ declarations }) => !declarations.every(saysWhatItThrows)))).toEqual([]);
  });

  test('has no figure of which one cannot tell what it counts', () => {
    const bare = names.flatMap(({ file, name, declarations }) =>
      declarations.flatMap(bareFigures).map((figure) => `${relative(root, file)}: ${name}.${figure}`),
    );
    expect(bare).toEqual([]);
  });
});

describe('a comment above a declaration', () => {
  const source = `/** Of another. */
const other = 1;

/**
 * Opens it.
 *
 * @throws {Error} when it is shut
 */
export const open = (): void => {
  throw new Error('shut');
};
/* not for readers */
export interface Bare {
  readonly figure: number;
  /** Told. */
  readonly told: number;
  readonly minutes: number;
}
`;
  test('is the one right above it, and only one for readers', () => {
    expect(declarationsOf(source, 'other').map(({ doc }) => doc)).toEqual(['Of another.']);
    expect(declarationsOf(source, 'open')[0]?.doc).toMatch(/^Opens it\./);
    expect(declarationsOf(source, 'Bare').map(({ doc }) => doc)).toEqual([undefined]);
    expect(declarationsOf(source, 'missing')).toEqual([]);
  });

  test('must speak of what is thrown', () => {
    const [open] = declarationsOf(source, 'open');
    if (open === undefined) throw new Error('it was not found');
    expect(saysWhatItThrows(open)).toBe(true);
    expect(saysWhatItThrows({ ...open, doc: 'Opens it.' })).toBe(false);
  });

  test('says what a figure counts that its name does not tell', () => {
    expect(declarationsOf(source, 'Bare').flatMap(bareFigures)).toEqual(['figure']);
  });
});
