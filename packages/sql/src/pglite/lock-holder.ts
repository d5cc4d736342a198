import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { errorCode, SqlUnavailable } from '../unavailable.js';

/** Who holds a lock. */
export interface LockHolder {
  readonly token: string;
  readonly pid: number;
  readonly host: string;
  /** Boot and start of the process where the system tells them (Linux): a pid alone comes back after a restart. */
  readonly started: string | null;
}

export async function thisProcess(): Promise<LockHolder> {
  return { token: randomUUID(), pid: process.pid, host: hostname(), started: await startOf(process.pid) };
}

/** True only when the holder surely runs no more; a holder on another machine cannot be looked up. */
export async function isGone(holder: LockHolder, own: LockHolder): Promise<boolean> {
  if (holder.host !== own.host) return false;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if (errorCode(error) === 'ESRCH') return true;
    if (errorCode(error) !== 'EPERM') throw error;
  }
  if (holder.started === null) return false;
  const started = await startOf(holder.pid);
  // Unreadable although alive (another user's process on a closed /proc): take it as the holder.
  return started !== null && started !== holder.started;
}

async function startOf(pid: number): Promise<string | null> {
  try {
    const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // proc(5): after the parenthesised command come state (field 3) … starttime (field 22).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? 'ended' : `${boot}/${fields[19]}`;
  } catch {
    return null;
  }
}

export function readHolder(text: string, path: string): LockHolder {
  try {
    const holder: Partial<LockHolder> = JSON.parse(text);
    if (typeof holder.pid === 'number' && typeof holder.host === 'string' && typeof holder.token === 'string') {
      return { token: holder.token, pid: holder.pid, host: holder.host, started: holder.started ?? null };
    }
  } catch {
    // Told below, as for any other content that is not ours.
  }
  throw new SqlUnavailable(
    `The lock file ${path} cannot be read. Make sure no process uses the database, then delete it.`,
  );
}
