import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openSql } from '../open.js';
import { discardDatabase } from './discard.js';

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'probono-discard-'));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

test('a database that is open is not discarded', async () => {
  const url = `pglite:${join(parent, 'database')}`;
  const client = await openSql(url);
  await expect(discardDatabase(url)).rejects.toThrow(/is open in process/);
  expect(await client.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await client.close();
});

test('a closed one is gone with its directory, and can be made anew', async () => {
  const directory = join(parent, 'database');
  const first = await openSql(`pglite:${directory}`);
  await first.exec('CREATE TABLE public.kept (id int)');
  await first.close();
  await discardDatabase(`pglite:${directory}`);
  expect(existsSync(directory)).toBe(false);
  const second = await openSql(`pglite:${directory}`);
  await expect(second.query('SELECT * FROM public.kept')).rejects.toThrow(/does not exist/);
  await second.close();
});

test('a server is never discarded', async () => {
  await expect(discardDatabase('postgres://localhost/probono')).rejects.toThrow(/Only an embedded database/);
});
