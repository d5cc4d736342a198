import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { packageFolders } from './architecture/workspace.js';

const root = resolve(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const REQUIRED = [
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'LICENSE',
  'README.md',
  'SECURITY.md',
  'biome.json',
  'docs',
  'jest.config.js',
  'package.json',
  'packages',
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  'services',
  'test',
  'tsconfig.base.json',
  'tsconfig.json',
];
const WELCOME = ['docker-compose.yml'];
/** What runs leave behind; git ignores it. */
const LEFT_BEHIND = ['coverage', 'dist', 'node_modules', 'reports', 'var'];

interface ExportTarget {
  readonly 'probono-source'?: string;
  readonly types?: string;
  readonly default?: string;
}

interface Manifest {
  readonly type?: string;
  readonly license?: string;
  readonly sideEffects?: boolean;
  readonly files?: readonly string[];
  readonly exports?: Readonly<Record<string, ExportTarget>>;
  readonly publishConfig?: { readonly exports?: Readonly<Record<string, ExportTarget>> };
}

const published = packageFolders(root).filter((folder) => folder.startsWith('packages/'));

// Only where sources are: a recursive listing follows the links in node_modules, round and round.
const testFiles = [...packageFolders(root).map((folder) => `${folder}/src`), 'test'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `${folder}/${name}`),
);

describe('the top of the repository', () => {
  const names = readdirSync(root).filter((name) => !name.startsWith('.') && !LEFT_BEHIND.includes(name));

  test('holds nothing that the architecture does not name', () => {
    expect(names.filter((name) => !REQUIRED.includes(name) && !WELCOME.includes(name))).toEqual([]);
  });

  test('holds all that it names', () => {
    expect(REQUIRED.filter((name) => !names.includes(name))).toEqual([]);
  });
});

describe.each(published)('%s', (folder) => {
  // The shape is what these tests look at; each field is optional until looked at.
  const manifest = JSON.parse(read(`${folder}/package.json`)) as Manifest;

  test('can be published: ESM, licensed, free of side effects, with its files named', () => {
    expect(manifest).toMatchObject({ type: 'module', license: 'EUPL-1.2', sideEffects: false });
    expect(manifest.files).toContain('dist');
  });

  test('exports compiled code with its types, and the source only inside this repository', () => {
    const targets = Object.entries(manifest.exports ?? {});
    expect(targets.map(([path]) => path)).toContain('.');
    for (const [path, target] of targets) {
      expect(target).toEqual({
        'probono-source': expect.stringMatching(/^\.\/src\/.*\.ts$/),
        types: expect.stringMatching(/^\.\/dist\/.*\.d\.ts$/),
        default: expect.stringMatching(/^\.\/dist\/.*\.js$/),
      });
      const { 'probono-source': _, ...shipped } = target;
      expect(manifest.publishConfig?.exports?.[path]).toEqual(shipped);
    }
  });

  test('has a README with an example', () => {
    const path = `${folder}/README.md`;
    expect(existsSync(join(root, path)) ? read(path) : 'no README.md').toMatch(/^```/m);
  });

  test('names each thing that it exports', () => {
    expect(read(`${folder}/src/index.ts`)).not.toMatch(/^\s*export\s*\*/m);
  });
});

test('no test is focused, left out or only planned; only a missing server may leave some out', () => {
  const shortcut =
    /\b(?:test|it|describe)(?:\.\w+)*\.(?:only|skip|todo|failing)\b|\b(?:xit|xtest|xdescribe|fit|fdescribe)\(/;
  expect(testFiles.length).toBeGreaterThan(0);
  // `… ? test.skip : test`, where the run has said what it could not cover
  const conditional = /\? (?:test|describe)\.skip : \w+|\? \w+ : (?:test|describe)\.skip/g;
  expect(testFiles.filter((path) => shortcut.test(read(path).replaceAll(conditional, '')))).toEqual([]);
});
