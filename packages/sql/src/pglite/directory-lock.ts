import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DirectoryLocked, errorCode } from '../unavailable.js';
import { isGone, type LockHolder, readHolder, thisProcess } from './lock-holder.js';

/** Keeps every other client out of a directory until released. */
export interface DirectoryLock {
  release(): Promise<void>;
}

/**
 * Takes `directory/lock`, or throws {@link DirectoryLocked}. A lock whose process is gone is taken over.
 *
 * The file appears with its content by `link`, which like `open(…, 'wx')` lets exactly one succeed but never shows a
 * half-written file.
 */
export async function lockDirectory(directory: string): Promise<DirectoryLock> {
  const holder = await thisProcess();
  const path = join(directory, 'lock');
  await take(path, holder, directory);
  return { release: () => giveBack(path, holder) };
}

async function take(path: string, holder: LockHolder, directory: string): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(holder), { flag: 'wx', flush: true });
  try {
    if (await linked(draft, path)) return;
    const current = await read(path);
    // Released between the two steps: once more from the start.
    if (current === undefined) return await take(path, holder, directory);
    if (!(await isGone(current, holder))) throw locked(current, holder, path, directory);
    await takeOver(path, draft, current, holder, directory);
  } finally {
    await rm(draft, { force: true });
  }
}

/** Replaces a dead process's lock. Of several that see it dead, the lock on the lock lets one act at a time. */
async function takeOver(
  path: string,
  draft: string,
  dead: LockHolder,
  holder: LockHolder,
  directory: string,
): Promise<void> {
  const guard = `${path}.takeover`;
  const guardHolder = { ...holder, token: randomUUID() };
  await take(guard, guardHolder, directory);
  try {
    const current = await read(path);
    // Who came first has replaced it already, and may live.
    if (current?.token !== dead.token) return await take(path, holder, directory);
    await rename(draft, path);
  } finally {
    await giveBack(guard, guardHolder);
  }
}

async function linked(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

async function giveBack(path: string, holder: LockHolder): Promise<void> {
  const current = await read(path);
  if (current?.token === holder.token) await rm(path, { force: true });
}

async function read(path: string): Promise<LockHolder | undefined> {
  try {
    return readHolder(await readFile(path, 'utf8'), path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function locked(current: LockHolder, own: LockHolder, path: string, directory: string): DirectoryLocked {
  const self = current.pid === own.pid && current.host === own.host;
  const next = self
    ? 'Share that client, or close it first.'
    : current.host === own.host
      ? 'Stop that process first.'
      : `Stop that process first; if that machine is gone, delete ${path}.`;
  return new DirectoryLocked(
    `The database in ${directory} is open in process ${current.pid}${self ? ' (this one)' : ''} on ${current.host}. ${next}`,
    { directory, pid: current.pid, host: current.host },
  );
}
