import type { ProBono } from 'probono';
import { type ExitCode, exitCodes, UsageError } from '../exit.js';
import type { Session } from '../session.js';
import { json } from '../terminal.js';

/** Prints how every projection is doing; exit 1 when one has failed or parked something. */
export const projectionsStatus = async (
  { terminal }: Session,
  { readModels }: ProBono,
  asJson: boolean,
): Promise<ExitCode> => {
  const statuses = await readModels.status();
  if (asJson) await terminal.out(json(statuses));
  else
    for (const { name, version, generation, state, position, lagEvents, lagSeconds, parked, lastError } of statuses) {
      const trouble = `${parked > 0 ? `, ${parked} parked` : ''}${lastError === undefined ? '' : `: ${lastError}`}`;
      await terminal.out(
        `${name} v${version} g${generation}: ${state}, at ${position ?? 'the beginning'}, ${lagEvents} events (${lagSeconds} s) behind${trouble}`,
      );
    }
  return statuses.some(({ state, parked }) => state === 'failed' || parked > 0) ? exitCodes.no : exitCodes.done;
};

/** A name that is one of these. */
export const known = (names: readonly string[], name: string): string => {
  if (!names.includes(name)) throw new UsageError(`there is no projection ${name}; there are ${names.join(', ')}`);
  return name;
};

/** What can be done to one projection. */
export const projectionActions = {
  async pause(proBono: ProBono, name: string): Promise<string> {
    await proBono.readModels.pause(known(proBono.readModels.names, name));
    return `${name} is paused; resume it with: projections resume ${name}`;
  },
  async resume(proBono: ProBono, name: string): Promise<string> {
    await proBono.readModels.resume(known(proBono.readModels.names, name));
    return `${name} goes on with the next tick of a worker`;
  },
  async retry(proBono: ProBono, name: string): Promise<string> {
    const { replayed, stillParked, rebuiltAs } = await proBono.readModels.retry(known(proBono.readModels.names, name));
    const rebuilt = rebuiltAs === undefined ? '' : `; generation ${rebuiltAs} is built beside it by the workers`;
    return `${name}: ${replayed} events replayed, ${stillParked} still parked${rebuilt}`;
  },
  async rebuild(proBono: ProBono, name: string): Promise<string> {
    const generation = await proBono.readModels.rebuild(known(proBono.readModels.names, name));
    const advanced = await proBono.readModels.advance(name);
    return advanced === 'idle'
      ? `${name}: generation ${generation} is built and serves`
      : `${name}: generation ${generation} is being built by another worker (${advanced})`;
  },
} as const;
