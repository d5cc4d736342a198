import { randomUUID } from 'node:crypto';
import type { Log, LogRecord, Proposed } from './log.js';
import { isSoftDeleted, isTombstoned, metadataOf, writeMetadata } from './stream-metadata.js';

/** What an append expects of its stream. */
export type Expected = bigint | 'no-stream' | 'any' | 'stream-exists';

/** What becomes of an append. */
export type AppendResult =
  | { readonly kind: 'written'; readonly last: LogRecord | undefined }
  | { readonly kind: 'wrong-version'; readonly current: bigint | undefined }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'too-large' };

/** What a server up to 25.0 takes in one append. */
export const maxAppendSize = 1_048_576;

const sizeOf = (events: readonly Proposed[]): number =>
  events.reduce((sum, { data, metadata, type }) => sum + data.length + metadata.length + 2 * type.length, 0);

/** Appends as the server's index writer does: it knows an append again by its event ids. */
export const appendTo = (log: Log, stream: string, expected: Expected, events: readonly Proposed[]): AppendResult => {
  if (isTombstoned(log, stream)) return { kind: 'deleted' };
  if (sizeOf(events) > maxAppendSize) return { kind: 'too-large' };
  const current = log.streamOf(stream).at(-1)?.revision ?? -1n;
  const softDeleted = isSoftDeleted(log, stream);
  const wrong = { kind: 'wrong-version', current: current < 0n || softDeleted ? undefined : current } as const;
  if (expected === 'stream-exists' && (current < 0n || softDeleted)) return wrong;
  if (expected === 'any' || expected === 'stream-exists') {
    const known = repeated(log, stream, events);
    if (known === 'partly') return wrong;
    return known ?? write(log, stream, events, softDeleted);
  }
  const at = expected === 'no-stream' ? -1n : expected;
  if (at === current || (at === -1n && softDeleted)) return write(log, stream, events, softDeleted);
  if (at > current || events.length === 0) return wrong;
  const same = events.every(({ id }, index) => recordAt(log, stream, at + 1n + BigInt(index))?.id === id);
  return same ? { kind: 'written', last: recordAt(log, stream, at + BigInt(events.length)) } : wrong;
};

const recordAt = (log: Log, stream: string, revision: bigint): LogRecord | undefined =>
  log.streamOf(stream)[Number(revision)];

/** Without a revision only the ids tell: all of them in a row are the same append, some of them a mistake. */
const repeated = (log: Log, stream: string, events: readonly Proposed[]): AppendResult | 'partly' | undefined => {
  const own = log.streamOf(stream);
  const first = own.findIndex(({ id }) => id === events[0]?.id);
  if (first < 0) return undefined;
  const same = events.every(({ id }, index) => own[first + index]?.id === id);
  return same ? { kind: 'written', last: own[first + events.length - 1] } : 'partly';
};

const write = (log: Log, stream: string, events: readonly Proposed[], softDeleted: boolean): AppendResult => {
  if (softDeleted && events.length > 0) {
    const next = (log.streamOf(stream).at(-1)?.revision ?? -1n) + 1n;
    writeMetadata(log, stream, { ...metadataOf(log, stream), $tb: Number(next) }, randomUUID());
  }
  return { kind: 'written', last: log.write(stream, events).at(-1) ?? log.streamOf(stream).at(-1) };
};
