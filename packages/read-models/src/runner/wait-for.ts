import type { Projection } from '../projection.js';
import { readBook } from './books.js';
import type { Parts } from './parts.js';

/** Which projections to wait for, and how long. */
export interface WaitForOptions {
  /** Names; all projections unless told. */
  readonly projections?: readonly string[];
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/** `failed`: one of them was stopped by an event before it got there, and will not go on by itself. */
export type Waited = 'reached' | 'failed' | 'timed-out';

const pollMs = 20;

/** Waits until what is read of these projections has everything up to `position`. An aborted wait throws its reason. */
export const waitFor = async (
  parts: Parts,
  projections: readonly Projection[],
  position: bigint,
  { timeoutMs, signal }: Pick<WaitForOptions, 'timeoutMs' | 'signal'>,
): Promise<Waited> => {
  const end = new AbortController();
  // The machine's own time: the domain's clock may stand still.
  const timer = setTimeout(() => end.abort(), timeoutMs);
  const either = signal === undefined ? end.signal : AbortSignal.any([end.signal, signal]);
  try {
    const waiting = new Set(projections);
    for (;;) {
      for (const projection of waiting) {
        const stand = await standOf(parts, projection, position);
        if (stand === 'failed') return 'failed';
        if (stand === 'reached') waiting.delete(projection);
      }
      if (waiting.size === 0) return 'reached';
      signal?.throwIfAborted();
      if (end.signal.aborted) return 'timed-out';
      await parts.wait(pollMs, either);
    }
  } finally {
    clearTimeout(timer);
  }
};

const standOf = async (
  parts: Parts,
  { name }: Projection,
  position: bigint,
): Promise<'reached' | 'failed' | 'not-yet'> => {
  const { units } = (await readBook(parts.sql, name)) ?? { units: [] };
  const live = units.filter(({ state }) => state === 'live');
  const read = live.length > 0 ? live : units;
  if (read.length > 0 && read.every((unit) => unit.position >= position)) return 'reached';
  return read.some((unit) => unit.failure !== null && unit.position < position) ? 'failed' : 'not-yet';
};
