import { deletedType, type Log, type LogRecord, tombstoneRevision } from './log.js';

/** Who may do what with a stream: names of users or of groups; `$all` is everyone who is known. */
export interface Acl {
  readonly $r?: string | readonly string[];
  readonly $w?: string | readonly string[];
  readonly $d?: string | readonly string[];
  readonly $mr?: string | readonly string[];
  readonly $mw?: string | readonly string[];
}

/** The metadata of a stream that the stand-in heeds. */
export interface StreamMetadata {
  readonly $maxCount?: number;
  /** Seconds. */
  readonly $maxAge?: number;
  /** Truncate before this revision; the highest revision there is marks a stream as deleted. */
  readonly $tb?: number | string;
  readonly $acl?: Acl;
}

export const metastreamOf = (stream: string): string => `$$${stream}`;
export const isMetastream = (stream: string): boolean => stream.startsWith('$$');

/** The metadata in force: the last event of the stream's metastream. */
export const metadataOf = (log: Log, stream: string): StreamMetadata => {
  if (isMetastream(stream)) return { $maxCount: 1 };
  const last = log.streamOf(metastreamOf(stream)).at(-1);
  if (last === undefined) return {};
  // Clients write this; a field of another type is their mistake to find.
  return JSON.parse(Buffer.from(last.data).toString('utf8')) as StreamMetadata;
};

export const isTombstoned = (log: Log, stream: string): boolean => log.streamOf(stream).at(-1)?.type === deletedType;

/** Deleted, but to be opened again by the next append. */
export const isSoftDeleted = (log: Log, stream: string): boolean => {
  // JSON numbers lose the last digits of it.
  const { $tb } = metadataOf(log, stream);
  return $tb !== undefined && Number($tb) >= Number(tombstoneRevision);
};

/** Tells which records the stream's metadata leave to its readers. */
export const visibility = (log: Log, stream: string, now: Date): ((record: LogRecord) => boolean) => {
  if (isSoftDeleted(log, stream)) return () => false;
  const { $tb, $maxCount, $maxAge } = metadataOf(log, stream);
  const next = (log.streamOf(stream).at(-1)?.revision ?? -1n) + 1n;
  const truncated = BigInt($tb ?? 0);
  const first = $maxCount === undefined || next - BigInt($maxCount) < truncated ? truncated : next - BigInt($maxCount);
  const oldest = $maxAge === undefined ? 0n : BigInt(now.getTime() - $maxAge * 1_000) * 10_000n;
  return ({ revision, created }) => revision >= first && created >= oldest;
};

/** What a reader of the stream is shown. */
export const visibleIn = (log: Log, stream: string, now: Date): readonly LogRecord[] =>
  log.streamOf(stream).filter(visibility(log, stream, now));

/** What the server leaves of a deleted stream's metadata; written out, since JSON numbers cannot hold it. */
export const deletion = `{"$tb":${tombstoneRevision}}`;

/** Writes a stream's metadata as the server itself does. */
export const writeMetadata = (log: Log, stream: string, metadata: object | string, id: string): void => {
  const data = Buffer.from(typeof metadata === 'string' ? metadata : JSON.stringify(metadata));
  const event = { id, type: '$metadata', contentType: 'application/json', data, metadata: new Uint8Array() };
  log.write(metastreamOf(stream), [event]);
};
