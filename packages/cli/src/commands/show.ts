import { readDecoded, stateOf } from '@probono/application';
import { categoryOf, idOf, type StreamName, streamName } from '@probono/domain';
import type { ProBono } from 'probono';
import { type ExitCode, exitCodes, UsageError } from '../exit.js';
import type { Session } from '../session.js';
import { json } from '../terminal.js';

/** A stream's name as typed on the command line, checked against the categories there are. */
const streamOf = ({ domain }: ProBono, text: string): StreamName => {
  const aggregate = domain.aggregates[categoryOf(text)];
  if (aggregate === undefined)
    throw new UsageError(
      `${text} is not a stream: expected CATEGORY-ID, CATEGORY one of ${Object.keys(domain.aggregates).join(', ')}`,
    );
  return streamName(aggregate.category, idOf(text));
};

/** Prints the events of a stream, decrypted, one a line. */
export const show = async ({ terminal }: Session, proBono: ProBono, stream: string): Promise<ExitCode> => {
  let found = false;
  for await (const event of readDecoded(proBono.store, proBono.codec, streamOf(proBono, stream))) {
    found = true;
    await terminal.out(json(event));
  }
  if (!found) terminal.note(`${stream} has no events`);
  return found ? exitCodes.done : exitCodes.no;
};

/** Both axes of time of `state`. */
export interface StateOptions {
  readonly recorded?: string;
  readonly effective?: string;
}

/** Prints a stream's folded state, as of both axes of time. */
export const state = async (
  { terminal }: Session,
  proBono: ProBono,
  stream: string,
  { recorded, effective }: StateOptions,
): Promise<ExitCode> => {
  const recordedAt = recorded === undefined ? undefined : new Date(recorded);
  if (recordedAt !== undefined && Number.isNaN(recordedAt.getTime()))
    throw new UsageError('--recorded: expected an instant, such as 2026-03-02T09:00:00Z');
  if (effective !== undefined && !/^\d{4}-\d\d-\d\d$/.test(effective))
    throw new UsageError('--effective: expected a date, such as 2026-03-02');
  const folded = await stateOf(proBono.store, proBono.codec, proBono.domain, streamOf(proBono, stream), {
    ...(recordedAt === undefined ? {} : { recordedAt: recordedAt.toISOString() }),
    ...(effective === undefined ? {} : { effectiveOn: effective }),
  });
  if (folded === undefined) {
    terminal.note(`${stream} has no events by then`);
    return exitCodes.no;
  }
  // Both axes are told, so that no reader takes the one for the other.
  const asOf = { stream, recorded: recordedAt?.toISOString() ?? 'latest', effective: effective ?? 'any' };
  await terminal.out(json({ ...asOf, state: folded }, 2));
  return exitCodes.done;
};
