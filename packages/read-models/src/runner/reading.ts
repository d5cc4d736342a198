import {
  bucketCount,
  type Codec,
  type DecodedEvent,
  type EventStore,
  type StoredEvent,
  type UnknownEvent,
} from '@probono/event-store';
import type { Projection } from '../projection.js';
import type { ReadEvent } from './batch.js';
import { isOutage, undecodable } from './failure.js';

/** The buckets of one of so many partitions; undefined when there is but one. */
export const bucketsOf = (partition: number, partitions: number): readonly number[] | undefined => {
  if (partitions === 1) return undefined;
  const size = bucketCount / partitions;
  return Array.from({ length: size }, (_, index) => partition * size + index);
};

/** What part of the log to read. */
export interface Part {
  /** −1 before the first event. */
  readonly after: bigint;
  readonly upTo: bigint;
  readonly types: readonly string[];
  readonly buckets?: readonly number[] | undefined;
  readonly limit: number;
}

/** Reads a part of the log. */
export const readPart = async (store: EventStore, part: Part): Promise<readonly StoredEvent[]> => {
  const { after, upTo, types, buckets, limit } = part;
  const events: StoredEvent[] = [];
  const options = { upTo, types, limit, ...(buckets ? { buckets } : {}), ...(after < 0n ? {} : { after }) };
  for await (const event of store.readAll(options)) events.push(event);
  return events;
};

/** Decodes events for a projection; what is wrong with one of them stays with that one. */
export const decodeEach = async (
  codec: Codec,
  projection: Projection,
  stored: readonly StoredEvent[],
): Promise<readonly ReadEvent[]> => {
  try {
    const decoded = await codec.decode(stored, { personal: projection.readsPersonal === true ? 'opened' : 'closed' });
    let next = 0;
    return stored.map((event) => {
      // An older event may be read as several of today's, which stand and fall together.
      const first = next;
      while (positionOf(decoded[next]) === event.position) next += 1;
      if (next === first) throw new Error('the codec gave back nothing for an event');
      return readEvent(event, decoded.slice(first, next));
    });
  } catch (error) {
    if (isOutage(error)) throw error;
    const [only, ...others] = stored;
    if (only === undefined) return [];
    if (others.length === 0) return [{ stored: only, read: { error } }];
    const half = Math.ceil(stored.length / 2);
    return [
      ...(await decodeEach(codec, projection, stored.slice(0, half))),
      ...(await decodeEach(codec, projection, stored.slice(half))),
    ];
  }
};

const positionOf = (event: DecodedEvent | UnknownEvent | undefined): bigint | undefined =>
  event === undefined || !('unknown' in event) ? event?.position : event.stored.position;

const readEvent = (stored: StoredEvent, parts: readonly (DecodedEvent | UnknownEvent)[]): ReadEvent => {
  const events: DecodedEvent[] = [];
  for (const part of parts) {
    if ('unknown' in part) return { stored, read: { error: undecodable(part) } };
    events.push(part);
  }
  return { stored, read: { events } };
};
