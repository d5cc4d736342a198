import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openSql } from '../open.js';
import { DirectoryLocked } from '../unavailable.js';
import { lockDirectory } from './directory-lock.js';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'probono-lock-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

/** Opens the directory in another process through the built package, and holds it until told to go. */
async function openElsewhere(): Promise<{
  pid: number;
  said: string;
  end: (signal: 'SIGTERM' | 'SIGKILL') => Promise<void>;
}> {
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('../../test/open-directory.mjs', import.meta.url)), directory],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  const exited = once(child, 'exit');
  const [line] = await Promise.race([once(child.stdout, 'data'), exited]);
  return {
    pid: child.pid ?? 0,
    said: String(line).trim(),
    async end(signal) {
      if (child.exitCode === null) child.kill(signal);
      await exited;
    },
  };
}

async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid ?? 0;
}

const holderFile = (holder: object) => writeFile(join(directory, 'lock'), JSON.stringify(holder));
const lockFiles = async () => (await readdir(directory)).filter((name) => name.startsWith('lock'));

test('a second opener in this process is refused, by any path, until the first closes', async () => {
  const link = `${directory}-link`;
  await symlink(directory, link);
  const sql = await openSql(`pglite:${directory}`);
  const error: unknown = await openSql(`pglite:${link}`).catch((caught) => caught);
  await rm(link);
  expect(error).toBeInstanceOf(DirectoryLocked);
  expect(error).toMatchObject({ pid: process.pid, host: hostname(), directory });
  await sql.exec('CREATE TABLE public.kept (n int)');
  await sql.close();
  expect(await lockFiles()).toEqual([]);
  const again = await openSql(`pglite:${directory}`);
  expect(await again.query('SELECT * FROM public.kept')).toEqual([]);
  await again.close();
});

test('another process is refused while this one has the directory', async () => {
  const sql = await openSql(`pglite:${directory}`);
  const other = await openElsewhere();
  expect(other.said).toBe(
    `DirectoryLocked The database in ${directory} is open in process ${process.pid} on ${hostname()}. Stop that process first.`,
  );
  await other.end('SIGTERM');
  await sql.close();
});

test('this process is refused while another has the directory, and takes over when that one was killed', async () => {
  const other = await openElsewhere();
  expect(other.said).toBe('open');
  await expect(openSql(`pglite:${directory}`)).rejects.toMatchObject({ name: 'DirectoryLocked', pid: other.pid });
  await other.end('SIGKILL');
  expect(await lockFiles()).toEqual(['lock']);
  const sql = await openSql(`pglite:${directory}`);
  expect(await sql.query('SELECT n FROM public.written')).toEqual([{ n: 1 }]);
  await sql.close();
});

test('of many that find a dead lock exactly one takes it', async () => {
  const pid = await deadPid();
  for (let round = 0; round < 20; round += 1) {
    await holderFile({ token: `dead-${round}`, pid, host: hostname(), started: null });
    const attempts = await Promise.allSettled(Array.from({ length: 8 }, () => lockDirectory(directory)));
    const won = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []));
    const lost = attempts.flatMap((attempt) => (attempt.status === 'rejected' ? [attempt.reason] : []));
    expect([won.length, lost.every((error) => error instanceof DirectoryLocked)]).toEqual([1, true]);
    await won[0]?.release();
    expect(await lockFiles()).toEqual([]);
  }
});

test('of many that find no lock exactly one takes it', async () => {
  const attempts = await Promise.allSettled(Array.from({ length: 8 }, () => lockDirectory(directory)));
  expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('a takeover that died half-way does not bar the next', async () => {
  const pid = await deadPid();
  await holderFile({ token: 'a', pid, host: hostname(), started: null });
  await writeFile(
    join(directory, 'lock.takeover'),
    JSON.stringify({ token: 'b', pid, host: hostname(), started: null }),
  );
  const lock = await lockDirectory(directory);
  expect(JSON.parse(await readFile(join(directory, 'lock'), 'utf8'))).toMatchObject({ pid: process.pid });
  await lock.release();
  expect(await lockFiles()).toEqual([]);
});

test('the lock of another machine is never taken over', async () => {
  await holderFile({ token: 'a', pid: await deadPid(), host: 'elsewhere', started: null });
  await expect(lockDirectory(directory)).rejects.toThrow(
    `on elsewhere. Stop that process first; if that machine is gone, delete`,
  );
});

(process.platform === 'linux' ? test : test.skip)('a pid that came back as another process is a dead one', async () => {
  await holderFile({ token: 'a', pid: process.pid, host: hostname(), started: 'an-earlier-boot/1' });
  await (await lockDirectory(directory)).release();
});

test('a lock taken by someone else meanwhile is left alone on release', async () => {
  const lock = await lockDirectory(directory);
  await holderFile({ token: 'other', pid: 1, host: 'elsewhere', started: null });
  await lock.release();
  expect(await lockFiles()).toEqual(['lock']);
});

test('a lock file that is not ours is named, not removed', async () => {
  await writeFile(join(directory, 'lock'), 'mine');
  await expect(openSql(`pglite:${directory}`)).rejects.toThrow(
    `The lock file ${join(directory, 'lock')} cannot be read.`,
  );
});

test('a directory that cannot be made is told in one line', async () => {
  const file = join(directory, 'file');
  await writeFile(file, '');
  await expect(openSql(`pglite:${file}/db`)).rejects.toMatchObject({
    name: 'SqlUnavailable',
    code: 'ENOTDIR',
    message: `Cannot use ${file}/db for the database (ENOTDIR). Check its owner, its rights and the disk.`,
  });
});

test('a failed start gives the directory back', async () => {
  await writeFile(join(directory, 'database'), 'not a directory');
  await expect(openSql(`pglite:${directory}`)).rejects.toMatchObject({ name: 'SqlUnavailable' });
  expect(await lockFiles()).toEqual([]);
});
