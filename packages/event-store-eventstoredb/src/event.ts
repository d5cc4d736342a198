import { type AllStreamRecordedEvent, binaryEvent, type EventData, type RecordedEvent } from '@eventstore/db-client';
import { categoryOf } from '@probono/domain';
import type { EventToAppend, ReadAllOptions, StoredEvent } from '@probono/event-store';
import { Unreadable } from './failure.js';

/** Copies for finding an event from within the server's own tools; the truth is the body. */
interface Copies {
  readonly stream: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly recordedAt: string;
}

/** An event as the client takes it; both parts are bytes already, so that nothing is left to fail while it sends. */
export const toProposed = (stream: string, event: EventToAppend): EventData => {
  const { eventId, type, schemaVersion, recordedAt, body } = event;
  const copies: Copies = { stream, type, schemaVersion, recordedAt };
  const metadata = new TextEncoder().encode(JSON.stringify(copies));
  return binaryEvent({ id: eventId, type, data: body, metadata });
};

type Recorded = RecordedEvent | AllStreamRecordedEvent;

// A server before 22.6 says this where a stream is read.
const noPosition = 2n ** 63n;

/** Where an event stands among all; commit and prepare position, which differ only for explicit transactions. */
export const positionOf = ({ position, streamId, revision }: Recorded): bigint => {
  if (position === undefined || position.commit >= noPosition) {
    throw new Unreadable(
      `the server gives no position for ${streamId}/${revision}: EventStoreDB 23.10 or later is needed`,
    );
  }
  if (position.commit !== position.prepare) {
    throw new Unreadable(
      `${streamId}/${revision} was written in an explicit transaction, which this adapter never does`,
    );
  }
  return position.commit;
};

/** An event as the port gives it. One that something else wrote has no copies: it is given all the same. */
export const toStored = (event: Recorded): StoredEvent => {
  const storedAt = event.created.toISOString();
  const { schemaVersion, recordedAt } = copiesIn(event.metadata);
  return {
    eventId: event.id,
    type: event.type,
    schemaVersion: schemaVersion ?? 0,
    recordedAt: recordedAt ?? storedAt,
    body: event.data instanceof Uint8Array ? event.data : new TextEncoder().encode(JSON.stringify(event.data)),
    stream: event.streamId,
    revision: event.revision,
    position: positionOf(event),
    storedAt,
  };
};

const copiesIn = (metadata: unknown): Partial<Copies> => {
  if (typeof metadata !== 'object' || metadata === null) return {};
  const { schemaVersion, recordedAt }: { schemaVersion?: unknown; recordedAt?: unknown } = metadata;
  return {
    ...(typeof schemaVersion === 'number' && { schemaVersion }),
    ...(typeof recordedAt === 'string' && { recordedAt }),
  };
};

/** The server's own events: statistics, users, metadata, links. */
const isSystem = ({ streamId, type }: Recorded): boolean => streamId.startsWith('$') || type.startsWith('$');

/** Whether an event of the whole log is one that was asked for. */
export const isWanted = (
  event: Recorded,
  { categories, types }: Pick<ReadAllOptions, 'categories' | 'types'>,
): boolean =>
  !isSystem(event) &&
  (categories === undefined || categories.includes(categoryOf(event.streamId))) &&
  (types === undefined || types.includes(event.type));
