import type { Appended, AppendOptions, Conflict, ExpectedRevision, StreamAppend } from '../port.js';
import type { Log } from './log.js';

/** Appends all or nothing; runs without a pause, so that nothing can come between. */
export const appendTo = (
  log: Log,
  appends: readonly StreamAppend[],
  options: AppendOptions,
  storedAt: string,
): Appended | Conflict => {
  if (appends.some(({ events }) => events.length > 0) && appends.every((append) => isRepeat(log, append))) {
    return lastOf(log, appends);
  }
  for (const { stream, expected } of appends) {
    const actual = revisionOf(log, stream);
    if (actual !== expected) return { outcome: 'conflict', stream, expected, actual };
  }
  for (const { stream, revision } of options.checks ?? []) {
    const actual = revisionOf(log, stream);
    if (actual !== revision) return { outcome: 'conflict', stream, expected: revision, actual };
  }
  for (const { stream, events } of appends) {
    for (const { eventId } of events) {
      if (log.knows(eventId)) throw new Error(`event ${eventId} for ${stream} is in the log already, elsewhere`);
    }
  }
  for (const { stream, events } of appends) for (const event of events) log.write(stream, event, storedAt);
  return lastOf(log, appends);
};

export const revisionOf = (log: Log, stream: string): ExpectedRevision => {
  const { length } = log.streamOf(stream);
  return length === 0 ? 'none' : BigInt(length - 1);
};

const firstIndex = (expected: ExpectedRevision): number => (expected === 'none' ? 0 : Number(expected) + 1);

/** True when the log holds these very events at these very revisions. */
const isRepeat = (log: Log, { stream, expected, events }: StreamAppend): boolean => {
  const own = log.streamOf(stream);
  const first = firstIndex(expected);
  return events.every(({ eventId }, index) => own[first + index]?.eventId === eventId);
};

/** Revision and position of the last event of an append that stands in the log. */
const lastOf = (log: Log, appends: readonly StreamAppend[]): Appended => {
  const last = appends.findLast(({ events }) => events.length > 0) ?? appends.at(-1);
  if (last === undefined) return { outcome: 'appended', revision: -1n, position: 0n };
  const stored = log.streamOf(last.stream)[firstIndex(last.expected) + last.events.length - 1];
  return { outcome: 'appended', revision: stored?.revision ?? -1n, position: stored?.position ?? 0n };
};
