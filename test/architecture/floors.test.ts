import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { architectureProblems } from './floors.js';
import { importsOf, readWorkspace } from './workspace.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'probono-floors-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

interface Draft {
  readonly dependencies?: readonly string[];
  readonly files: Readonly<Record<string, string>>;
}

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

/** Writes a made-up workspace to disk and judges it. */
const problemsOf = (drafts: Readonly<Record<string, Draft>>): string[] => {
  for (const [folder, { dependencies = [], files }] of Object.entries(drafts)) {
    const name = `@probono/${folder.split('/')[1]}`;
    const wanted = Object.fromEntries(dependencies.map((dependency) => [dependency, '1.0.0']));
    write(`${folder}/package.json`, JSON.stringify({ name, dependencies: wanted }));
    for (const [path, text] of Object.entries(files)) write(`${folder}/src/${path}`, text);
  }
  return architectureProblems(readWorkspace(root));
};

const empty: Draft = { files: { 'index.ts': 'export const nothing = 0;' } };

const importing = (...names: readonly string[]): Draft => ({
  dependencies: names,
  files: { 'index.ts': names.map((name) => `import '${name}';`).join('\n') },
});

describe('floors', () => {
  test('an arrow down is sound', () => {
    expect(problemsOf({ 'packages/domain': empty, 'packages/event-store': importing('@probono/domain') })).toEqual([]);
  });

  test('an arrow up is named with its file and floors', () => {
    expect(problemsOf({ 'packages/sql': importing('@probono/queue'), 'packages/queue': empty })).toEqual([
      'packages/sql/src/index.ts imports @probono/queue: up from floor 1 to floor 2',
    ]);
  });

  test('an arrow sideways is named', () => {
    expect(problemsOf({ 'packages/sql': importing('@probono/event-store'), 'packages/event-store': empty })).toEqual([
      'packages/sql/src/index.ts imports @probono/event-store: sideways on floor 1, and no declared exception',
    ]);
  });

  test('an imported type counts as an arrow', () => {
    const files = { 'index.ts': "import type { Queue } from '@probono/queue';" };
    expect(
      problemsOf({ 'packages/sql': { dependencies: ['@probono/queue'], files }, 'packages/queue': empty }),
    ).toHaveLength(1);
  });

  test('clerk and reminders may use application and read-models', () => {
    const both = importing('@probono/application', '@probono/read-models');
    expect(
      problemsOf({
        'packages/application': empty,
        'packages/read-models': empty,
        'packages/clerk': both,
        'packages/reminders': both,
      }),
    ).toEqual([]);
  });

  test('the exception holds in one direction only, and a circle stays forbidden', () => {
    expect(
      problemsOf({
        'packages/application': importing('@probono/clerk'),
        'packages/clerk': importing('@probono/application'),
      }),
    ).toEqual([
      'packages/application/src/index.ts imports @probono/clerk: sideways on floor 3, and no declared exception',
      'packages in a circle: @probono/application → @probono/clerk → @probono/application',
    ]);
  });

  test('a service may use anything below, and nothing may use a service', () => {
    expect(
      problemsOf({
        'packages/probono': empty,
        'services/reminder': importing('@probono/probono'),
        'packages/cli': empty,
      }),
    ).toEqual([]);
    expect(problemsOf({ 'packages/cli': importing('@probono/reminder') })).toEqual([
      'packages/cli/src/index.ts imports @probono/reminder: sideways on floor 5, and no declared exception',
    ]);
  });

  test('the testing package is out of bounds, except in tests', () => {
    expect(problemsOf({ 'packages/testing': empty, 'packages/cli': importing('@probono/testing') })).toEqual([
      'packages/cli/src/index.ts imports @probono/testing: packages/testing is for tests alone',
    ]);
    const files = { 'index.test.ts': "import '@probono/testing';" };
    expect(problemsOf({ 'packages/testing': empty, 'packages/cli': { files } })).toContainEqual(
      expect.stringContaining('packages/cli/src/index.ts'),
    );
    rmSync(join(root, 'packages/cli/src/index.ts'));
    expect(architectureProblems(readWorkspace(root))).toEqual([]);
  });

  test('a package that has no floor is named', () => {
    expect(problemsOf({ 'packages/novelty': empty })).toEqual([
      'packages/novelty has no floor: give it one in test/architecture/floors.ts',
    ]);
  });
});

describe('imports', () => {
  test('a relative import that leaves its package is named', () => {
    const files = { 'index.ts': "export { secret } from '../../domain/src/secret.js';" };
    expect(problemsOf({ 'packages/sql': { files } })).toEqual([
      'packages/sql/src/index.ts imports ../../domain/src/secret.js: leaves its package',
    ]);
  });

  test('an undeclared package is named, also where it is imported dynamically', () => {
    const files = { 'index.ts': "export const load = () => import('pg/lib/client');" };
    expect(problemsOf({ 'packages/sql': { files } })).toEqual([
      'packages/sql/src/index.ts imports pg/lib/client: not in the dependencies of packages/sql/package.json',
    ]);
  });

  test('Node’s modules need no declaration, only their prefix', () => {
    expect(problemsOf({ 'packages/sql': { files: { 'index.ts': "import 'node:fs/promises';" } } })).toEqual([]);
    expect(problemsOf({ 'packages/sql': { files: { 'index.ts': "import 'fs';" } } })).toEqual([
      'packages/sql/src/index.ts imports fs: write node:fs',
    ]);
  });

  test('the domain takes pure libraries and nothing of the machine', () => {
    expect(problemsOf({ 'packages/domain': importing('zod', '@noble/hashes') })).toEqual([]);
    expect(problemsOf({ 'packages/domain': importing('pino') })).toEqual([
      'packages/domain/src/index.ts imports pino: not one of the pure libraries the domain may lean on',
    ]);
    expect(problemsOf({ 'packages/domain': { files: { 'index.ts': "import 'node:crypto';" } } })).toEqual([
      'packages/domain/src/index.ts imports node:crypto: the domain does no I/O and knows no machine',
    ]);
  });

  test('files in a circle are named', () => {
    const files = { 'a.ts': "import './b.js';", 'b.ts': "import './c.js';", 'c.ts': "export { a } from './a.js';" };
    expect(problemsOf({ 'packages/domain': { files } })).toEqual([
      'files in a circle: packages/domain/src/a.ts → packages/domain/src/b.ts → packages/domain/src/c.ts → packages/domain/src/a.ts',
    ]);
  });

  test('files may know each other’s types', () => {
    const files = { 'a.ts': "import { b } from './b.js'; b();", 'b.ts': "import type { A } from './a.js';" };
    expect(problemsOf({ 'packages/domain': { files } })).toEqual([]);
  });

  test('every form is seen', () => {
    const source = `
      import a from 'a'; import * as b from 'b'; import type { C } from 'c'; import 'd';
      export * from 'e'; export { f } from 'f'; export type { G } from 'g';
      const h = await import('h'); type I = import('i').I; import j = require('j');
    `;
    const seen = importsOf(source).map(({ specifier, typeOnly }) => (typeOnly ? `type ${specifier}` : specifier));
    expect(seen).toEqual(['a', 'b', 'type c', 'd', 'e', 'f', 'type g', 'h', 'type i', 'j']);
  });
});
