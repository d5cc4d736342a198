import type { Log, LogRecord } from './log.js';
import { type Shared, type Streams, shared, streams } from './protocol.js';

export const streamIdentifier = (stream: string): Shared.StreamIdentifier =>
  new shared.StreamIdentifier().setStreamName(Uint8Array.from(Buffer.from(stream, 'utf8')));

export const streamNameIn = (identifier: Shared.StreamIdentifier | undefined): string =>
  Buffer.from(identifier?.getStreamName() ?? '').toString('utf8');

const linkType = '$>';

/** An event as readers get it; a link with what it points to where that is asked for. */
export const eventMessage = (log: Log, record: LogRecord, resolveLinks: boolean): Streams.ReadResp => {
  const event = new streams.ReadResp.ReadEvent().setCommitPosition(String(record.position));
  if (resolveLinks && record.type === linkType) {
    event.setLink(recorded(record));
    const target = targetOf(log, record);
    if (target !== undefined) event.setEvent(recorded(target));
  } else event.setEvent(recorded(record));
  return new streams.ReadResp().setEvent(event);
};

const targetOf = (log: Log, { data }: LogRecord): LogRecord | undefined => {
  const [revision = '', ...name] = Buffer.from(data).toString('utf8').split('@');
  return log.streamOf(name.join('@'))[Number(revision)];
};

const recorded = (record: LogRecord): Streams.ReadResp.ReadEvent.RecordedEvent => {
  const message = new streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(new shared.UUID().setString(record.id))
    .setStreamIdentifier(streamIdentifier(record.stream))
    .setStreamRevision(String(record.revision))
    .setCommitPosition(String(record.position))
    .setPreparePosition(String(record.position))
    .setCustomMetadata(record.metadata)
    .setData(record.data);
  const map = message.getMetadataMap();
  map.set('type', record.type);
  map.set('content-type', record.contentType);
  map.set('created', String(record.created));
  return message;
};

export const notFoundMessage = (stream: string): Streams.ReadResp =>
  new streams.ReadResp().setStreamNotFound(
    new streams.ReadResp.StreamNotFound().setStreamIdentifier(streamIdentifier(stream)),
  );

export const confirmationMessage = (id: string): Streams.ReadResp =>
  new streams.ReadResp().setConfirmation(new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(id));

export const caughtUpMessage = (): Streams.ReadResp =>
  new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp());

export const checkpointMessage = (position: bigint): Streams.ReadResp =>
  new streams.ReadResp().setCheckpoint(
    new streams.ReadResp.Checkpoint().setCommitPosition(String(position)).setPreparePosition(String(position)),
  );
