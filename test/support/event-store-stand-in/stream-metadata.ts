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
  /** Truncate before this revision; the highest revision there is marks a stream as deleted. */
  readonly $tb?: number | string;
  readonly $acl?: Acl;
}

export const metastreamOf = (stream: string): string => `$$${stream}`;
export const isMetastream = (stream: string): boolean => stream.startsWith('$$');

/** The metadata in force: the last event of the stream's metastream. */
export const metadataOf = (log: Log, stream: string): StreamMetadata => {
  const last = log.streamOf(metastreamOf(stream)).at(-1);
  if (last === undefined) return {};
  // Clients write this; a field of another type is their mistake to find.
  return JSON.parse(Buffer.from(last.data).toString('utf8')) as StreamMetadata;
};

const truncatedBefore = ({ $tb }: StreamMetadata): bigint => BigInt($tb ?? 0);

export const isTombstoned = (log: Log, stream: string): boolean => log.streamOf(stream).at(-1)?.type === deletedType;

/** Deleted, but to be opened again by the next append. */
export const isSoftDeleted = (log: Log, stream: string): boolean => {
  // JSON numbers lose the last digits of it.
  const { $tb } = metadataOf(log, stream);
  return log.streamOf(stream).length > 0 && $tb !== undefined && Number($tb) >= Number(tombstoneRevision);
};

/** What a reader of the stream is shown. */
export const visibleIn = (log: Log, stream: string): readonly LogRecord[] => {
  if (isSoftDeleted(log, stream)) return [];
  const metadata = metadataOf(log, stream);
  const kept = log.streamOf(stream).filter(({ revision }) => revision >= truncatedBefore(metadata));
  return metadata.$maxCount === undefined ? kept : kept.slice(-metadata.$maxCount);
};

/** Writes a stream's metadata as the server itself does. */
export const writeMetadata = (log: Log, stream: string, metadata: object, id: string): void => {
  const data = Buffer.from(JSON.stringify(metadata));
  const event = { id, type: '$metadata', contentType: 'application/json', data, metadata: new Uint8Array() };
  log.write(metastreamOf(stream), [event]);
};
