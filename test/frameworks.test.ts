import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { frameworks } from '@probono/domain';

const sources = resolve(import.meta.dirname, '../packages/domain/src');
const files = readdirSync(sources, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.startsWith('framework/'));
const withoutComments = (source: string): string => source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '');

describe('the rules', () => {
  test('are all looked at', () => {
    expect(files.filter((name) => /\/decide[^/]*\.ts$/.test(name)).length).toBeGreaterThan(20);
  });
  test.each(frameworks.map(({ id }) => id))('read the columns of %s and never its name', (id) => {
    const naming = files.filter((name) => withoutComments(readFileSync(join(sources, name), 'utf8')).includes(id));
    expect(naming).toEqual([]);
  });
  test('take no framework for another by its version or title', () => {
    const asking = /framework(\??\.|\.value\.)?(id|version|title)\s*(===|!==|\.startsWith|\.includes)/;
    const branching = files.filter((name) => asking.test(withoutComments(readFileSync(join(sources, name), 'utf8'))));
    expect(branching).toEqual([]);
  });
});
