import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { domain } from '@probono/domain';
import { commandsPage } from './support/docs/commands-page.js';
import { eventsPage } from './support/docs/events-page.js';
import { exceptionsPage } from './support/docs/exceptions-page.js';
import { frameworksPage } from './support/docs/frameworks-page.js';
import { rulesPage } from './support/docs/rules-page.js';
import { rulesOfCommands } from './support/docs/sources.js';

const PAGES = {
  rules: rulesPage,
  frameworks: frameworksPage,
  commands: commandsPage,
  events: eventsPage,
  exceptions: exceptionsPage,
};
const pathOf = (name: string): string => resolve(import.meta.dirname, `../docs/${name}.md`);

/** The first line that differs, so that a failure is read at a glance. */
const firstDifference = (written: string, said: string): string | undefined => {
  const [before, now] = [written.split('\n'), said.split('\n')];
  const line = now.findIndex((text, index) => text !== before[index]);
  const at = line < 0 && before.length > now.length ? now.length : line;
  return at < 0 ? undefined : `line ${at + 1}: "${before[at] ?? ''}" should be "${now[at] ?? ''}"`;
};

describe('the generated documentation', () => {
  test.each(Object.entries(PAGES))('docs/%s.md is what the code says; UPDATE_DOCS=1 writes it', (name, make) => {
    const said = make();
    if (process.env.UPDATE_DOCS === '1') writeFileSync(pathOf(name), said);
    const written = existsSync(pathOf(name)) ? readFileSync(pathOf(name), 'utf8') : '';
    expect(firstDifference(written, said)).toBeUndefined();
    expect(make()).toBe(said);
  });

  test('finds a difference wherever it is', () => {
    expect(firstDifference('a\nb\n', 'a\nb\n')).toBeUndefined();
    expect(firstDifference('a\nb\n', 'a\nc\n')).toMatch(/^line 2/);
    expect(firstDifference('a\nb\nc', 'a\nb')).toMatch(/^line 3/);
  });

  test('knows of every command which rules it looks at, and of every rule some command', () => {
    expect([...rulesOfCommands.keys()].sort()).toEqual(Object.keys(domain.handlers).sort());
    const named = new Set([...rulesOfCommands.values()].flatMap((rules) => [...rules]));
    expect(Object.keys(domain.rules).filter((rule) => !named.has(rule))).toEqual([]);
  });
});
