import { linkSync, mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 100;
/** Breaking a dead lock takes microseconds; a guard this old was left by a process that died in them. */
const GUARD_MS = 10_000;

/** When a process started, so that another one that got its number later is not taken for it; '' where unknown. */
const startOf = (pid) => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
};

const isAlive = ({ pid, start }) => {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  return start === '' || start === startOf(pid);
};

const readHolders = (path) => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
};

/** Writes beside and moves into place: a reader finds a whole file or none. */
const written = (path, pids) => {
  const own = `${path}.${process.pid}`;
  writeFileSync(own, JSON.stringify(pids.map((pid) => ({ pid, start: startOf(pid) }))));
  return own;
};

const tryTake = (path) => {
  const own = written(path, [process.pid]);
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
};

/** Removes a lock whose holders are dead; the guard keeps a second breaker from removing the next holder's lock. */
const breakDead = (path) => {
  const guard = `${path}.breaking`;
  try {
    mkdirSync(guard);
  } catch {
    const age = Date.now() - (statSync(guard, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > GUARD_MS) rmdirSync(guard);
    return;
  }
  try {
    if (readHolders(path)?.some(isAlive) !== true) rmSync(path, { force: true });
  } finally {
    rmdirSync(guard);
  }
};

/**
 * Runs `work` while no other process of this checkout does. A holder that died is passed over, but not before the
 * tools it had started have ended too: `addHolder(pid)` names them.
 *
 * @template T
 * @param {string} path
 * @param {{onWait: (pid: number) => void}} options
 * @param {(addHolder: (pid: number) => void) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(path, { onWait }, work) {
  mkdirSync(dirname(path), { recursive: true });
  let told = false;
  while (!tryTake(path)) {
    const living = readHolders(path)?.find(isAlive);
    if (living === undefined) breakDead(path);
    else {
      if (!told) onWait(living.pid);
      told = true;
      await delay(POLL_MS);
    }
  }
  const release = () => rmSync(path, { force: true });
  process.once('exit', release);
  try {
    return await work((pid) => renameSync(written(path, [process.pid, pid]), path));
  } finally {
    process.off('exit', release);
    release();
  }
}
