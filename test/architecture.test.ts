import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { architectureProblems } from './architecture/floors.js';
import { readWorkspace } from './architecture/workspace.js';

const packages = readWorkspace(resolve(import.meta.dirname, '..'));

describe('the architecture of this repository', () => {
  test('its imports are read at all', () => {
    expect(packages.map(({ folder }) => folder)).toContain('packages/domain');
    expect(packages.flatMap(({ files }) => files).length).toBeGreaterThanOrEqual(packages.length);
  });

  test('no arrow runs up, sideways, out of its package, undeclared or in a circle', () => {
    expect(architectureProblems(packages)).toEqual([]);
  });
});
