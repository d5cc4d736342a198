import { type CopyProgress, type CopyResult, copyLog, type EventStore } from '@probono/event-store';
import { type ExitCode, exitCodes, UsageError } from '../exit.js';
import { heard } from '../heard.js';
import type { Session } from '../session.js';
import { json } from '../terminal.js';
import { openLog } from './log-at.js';

/** From where to where, by address. */
export interface CopyOptions {
  readonly from: string;
  readonly to: string;
}

/** A person is told this often how far it is. */
const toldEvery = 10_000;

/** Copies a log to another store and verifies the copy; exit 1 with the first difference when it is not the same. */
export const copy = async (session: Session, { from, to }: CopyOptions, asJson: boolean): Promise<ExitCode> => {
  if (from === to) throw new UsageError('--from and --to are the same log; name two');
  const source = await openLog(from, { option: '--from', create: false });
  try {
    const target = await openLog(to, { option: '--to', create: true });
    try {
      return await copyBetween(session, source.store, target.store, asJson);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
};

const copyBetween = async (
  { signal, terminal }: Session,
  source: EventStore,
  target: EventStore,
  asJson: boolean,
): Promise<ExitCode> => {
  let next = toldEvery;
  let step: CopyProgress['step'] = 'compared';
  const onProgress = async (progress: CopyProgress): Promise<void> => {
    if (progress.step !== step) next = toldEvery * Math.ceil((progress.events + 1) / toldEvery);
    ({ step } = progress);
    if (progress.events >= next) {
      terminal.note(`${progress.events} events ${step}`);
      next += toldEvery;
    }
    await heard();
  };
  try {
    const result = await copyLog(source, target, { signal, onProgress });
    await terminal.out(asJson ? json(result) : told(result));
    return result.outcome === 'copied' ? exitCodes.done : exitCodes.no;
  } catch (error) {
    if (!signal.aborted) throw error;
    terminal.note('probono: stopped by a signal; give the same command again: it goes on where it stood');
    return exitCodes.failed;
  }
};

const told = (result: CopyResult): string => {
  const { events, copied } = result;
  if (result.outcome === 'copied')
    return `${events} events are the same in both logs; ${copied} of them were copied now. Keys are not part of a log: see docs/operations/stores.md`;
  const appended = copied === 0 ? 'nothing was copied' : `${copied} events were copied`;
  return `the target is not a copy of the source: ${result.difference.message}; ${appended}; copy to an empty store`;
};
