import { randomUUID } from 'node:crypto';
import type { Log, LogRecord, Proposed } from './log.js';
import {
  isMetastream,
  isSoftDeleted,
  isTombstoned,
  metadataOf,
  metastreamOf,
  writeMetadata,
} from './stream-metadata.js';

/** What a write expects of its stream. */
export type Expected = bigint | 'no-stream' | 'any' | 'stream-exists';

/** What becomes of an append. */
export type AppendResult =
  | { readonly kind: 'written'; readonly last: LogRecord | undefined }
  | { readonly kind: 'wrong-version'; readonly current: bigint | undefined }
  | { readonly kind: 'deleted' };

/** What a server up to 25.0 takes in one append, unless it was told otherwise. */
export const defaultMaxAppendSize = 1_048_576;

export const sizeOf = (events: readonly Proposed[]): number =>
  events.reduce((sum, { data, metadata, type }) => sum + data.length + metadata.length + 2 * type.length, 0);

/** Whether a write may go on; the server's index writer decides about appends and deletions alike. */
export type Check = { readonly kind: 'free' } | AppendResult;

/** Compares what is expected of a stream with what it is; knows an append again by its event ids. */
export const check = (log: Log, stream: string, expected: Expected, ids: readonly string[]): Check => {
  if (isTombstoned(log, stream)) return { kind: 'deleted' };
  const current = log.streamOf(stream).at(-1)?.revision ?? -1n;
  const wrong = { kind: 'wrong-version', current: current < 0n ? undefined : current } as const;
  if (expected === 'stream-exists') {
    if (isSoftDeleted(log, stream)) return { kind: 'deleted' };
    // A stream that has only metadata exists.
    if (current < 0n && log.streamOf(metastreamOf(stream)).length === 0) return wrong;
  }
  const at = expected === 'no-stream' ? -1n : expected;
  if (typeof at === 'string') return repeated(log, stream, ids) ?? { kind: 'free' };
  if (at === current) return { kind: 'free' };
  if (at > current) return wrong;
  const known = ids.filter((id, index) => recordAt(log, stream, at + 1n + BigInt(index))?.id === id).length;
  if (known > 0 && known === ids.length) return { kind: 'written', last: recordAt(log, stream, at + BigInt(known)) };
  return known === 0 && at === -1n && isSoftDeleted(log, stream) ? { kind: 'free' } : wrong;
};

const recordAt = (log: Log, stream: string, revision: bigint): LogRecord | undefined =>
  log.streamOf(stream)[Number(revision)];

/** Without a revision only the ids tell: all of them are the same append, the first ones alone a mistake. */
const repeated = (log: Log, stream: string, ids: readonly string[]): AppendResult | undefined => {
  const known = ids.map((id) => log.find(stream, id));
  if (known[0] === undefined) return undefined;
  if (known.includes(undefined)) return { kind: 'wrong-version', current: log.streamOf(stream).at(-1)?.revision };
  return { kind: 'written', last: known.at(-1) };
};

/** Appends as the server does, and opens a deleted stream again. */
export const appendTo = (log: Log, stream: string, expected: Expected, events: readonly Proposed[]): AppendResult => {
  const checked = check(
    log,
    stream,
    expected,
    events.map(({ id }) => id),
  );
  if (checked.kind !== 'free') return checked;
  if (events.length === 0) return { kind: 'written', last: log.streamOf(stream).at(-1) };
  const reopened = isSoftDeleted(log, stream) ? stream : undefined;
  const owner = isMetastream(stream) && isSoftDeleted(log, stream.slice(2)) ? stream.slice(2) : undefined;
  const next = new Map([reopened, owner].map((each) => [each, nextRevision(log, each)]));
  const last = log.write(stream, events).at(-1);
  // New metadata of a deleted stream open it again, with its old events still hidden.
  for (const each of [reopened, owner]) {
    if (each === undefined) continue;
    writeMetadata(log, each, { ...metadataOf(log, each), $tb: Number(next.get(each)) }, randomUUID());
  }
  return { kind: 'written', last };
};

const nextRevision = (log: Log, stream = ''): bigint => (log.streamOf(stream).at(-1)?.revision ?? -1n) + 1n;
