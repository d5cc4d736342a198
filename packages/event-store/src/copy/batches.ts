import type { StreamName } from '@probono/domain';
import { appendBytes } from '../append-size.js';
import { type EventToAppend, maxAppendBytes, type StoredEvent, type StreamAppend } from '../port.js';

/** Enough to make round trips rare, few enough that progress is told and a signal heard. */
const maxEvents = 500;

interface Batch {
  readonly appends: (StreamAppend & { readonly events: EventToAppend[] })[];
  bytes: number;
  count: number;
}

/**
 * Cuts a log into appends that keep its order: neighbours of one stream go together and, where a store takes several
 * streams at once, neighbours of other streams too, as long as none comes twice.
 */
export async function* batchesOf(
  events: AsyncIterable<StoredEvent>,
  multiStream: boolean,
): AsyncGenerator<readonly StreamAppend[]> {
  let batch: Batch = { appends: [], bytes: 0, count: 0 };
  for await (const event of events) {
    const added = appendOf(event);
    const bytes = appendBytes([added]);
    const { appends } = batch;
    const continues = appends.at(-1)?.stream === added.stream;
    const isNew = appends.length === 0 || (multiStream && appends.every(({ stream }) => stream !== added.stream));
    const fits = batch.count < maxEvents && batch.bytes + bytes <= maxAppendBytes;
    if (batch.count > 0 && !(fits && (continues || isNew))) {
      yield appends;
      batch = { appends: [added], bytes, count: 1 };
      continue;
    }
    if (continues) appends.at(-1)?.events.push(...added.events);
    else appends.push(added);
    batch.bytes += bytes;
    batch.count++;
  }
  if (batch.count > 0) yield batch.appends;
}

const appendOf = ({ stream, revision, ...event }: StoredEvent): Batch['appends'][number] => {
  const { eventId, type, schemaVersion, recordedAt, body } = event;
  return {
    // a store gives back the name that it was given
    stream: stream as StreamName,
    expected: revision === 0n ? 'none' : revision - 1n,
    events: [{ eventId, type, schemaVersion, recordedAt, body }],
  };
};
