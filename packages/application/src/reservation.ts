import type { Catalogue, Recorded, StreamName } from '@probono/domain';
import type { Codec, DecodedEvent, EventStore } from '@probono/event-store';
import { v5 } from 'uuid';
import { append } from './append.js';
import type { Batch } from './envelope.js';
import { readDecoded } from './history.js';

/** What reservations are made and given back with. */
export interface ReservationParts {
  readonly store: EventStore;
  readonly codec: Codec;
  readonly catalogue: Catalogue;
  readonly onAppended?: (types: ReadonlySet<string>) => void;
}

/** True when the event takes something scarce that can be given back. */
export const takes = ({ catalogue }: ReservationParts, { type }: { readonly type: string }): boolean =>
  catalogue.events[type]?.undo !== undefined;

/** Those of a command's events that stand: neither undone, nor what undid another. */
export const standing = <E extends Recorded>(own: readonly E[]): readonly E[] => {
  const ids = new Set(own.map(({ eventId }) => eventId));
  // What undoes an event names it as its cause.
  const undoing = own.filter(({ causationId }) => ids.has(causationId));
  const undone = new Set(undoing.map(({ causationId }) => causationId));
  return own.filter((event) => !undone.has(event.eventId) && !undoing.includes(event));
};

const attempts = 8;

/** The position of a batch that was appended earlier, with its answer lost. */
const found = async (store: EventStore, { stream, expected, events }: Batch): Promise<bigint | undefined> => {
  const last = events.at(-1)?.eventId;
  for await (const { eventId, position } of store.readStream(stream, {
    from: expected === 'none' ? 0n : expected + 1n,
  }))
    if (eventId === last) return position;
  return undefined;
};

/**
 * Appends facts that hold whatever else was written to their stream: after a conflict, behind what is there now. Gives
 * the position of the last; undefined when others kept writing.
 */
export const appendBehind = async (parts: ReservationParts, batch: Batch): Promise<bigint | undefined> => {
  let next = batch;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const result = await append(parts, [next], []);
    if (result.outcome === 'appended') return result.position;
    const there = await found(parts.store, batch);
    if (there !== undefined) return there;
    const { actual } = result;
    const first = actual === 'none' ? 0n : actual + 1n;
    const events = next.events.map((event, index) => ({ ...event, revision: first + BigInt(index) }));
    next = { ...next, expected: actual, events };
  }
  return undefined;
};

/** Those on which no decision in the command's stream rests: an assignment by another command may need the seat. */
const unneeded = async (
  { store, codec }: ReservationParts,
  stream: StreamName,
  taken: readonly Recorded[],
): Promise<readonly Recorded[]> => {
  let left = taken;
  for await (const { basis } of readDecoded(store, codec, stream))
    left = left.filter((event) => {
      const read = basis.find((one) => 'stream' in one && one.stream === event.stream);
      return !(read && 'stream' in read && read.revision !== 'none' && read.revision >= event.revision);
    });
  return left;
};

/** The envelope that an undoing fact takes over: without what is the store's, and what was said for the taking alone. */
const envelopeOf = (event: Recorded & Partial<DecodedEvent>): Recorded => {
  const { position: _position, storedAt: _storedAt, ...recorded } = event;
  const { findings: _findings, reason: _reason, justification: _justification, ...rest } = recorded;
  return rest;
};

/**
 * Gives back what a command took and will not use, the last first. What cannot be given back for now, the clerk
 * releases when no assignment came.
 *
 * @param stream the command's own stream
 */
export const giveBack = async (
  parts: ReservationParts,
  stream: StreamName,
  taken: readonly Recorded[],
): Promise<void> => {
  const reserved = taken.filter((event) => takes(parts, event));
  if (reserved.length === 0) return;
  const types = new Set<string>(reserved.map(({ type }) => type));
  for (const event of [...(await unneeded(parts, stream, reserved))].reverse()) {
    const fact = parts.catalogue.events[event.type]?.undo?.(event.data);
    if (fact === undefined) continue;
    const undoing: Recorded = {
      ...envelopeOf(event),
      ...fact,
      eventId: v5(`undo/${event.eventId}`, event.commandId),
      schemaVersion: parts.catalogue.events[fact.type]?.version ?? 1,
      revision: event.revision + 1n,
      causationId: event.eventId,
    };
    await appendBehind(parts, { stream: event.stream as StreamName, expected: event.revision, events: [undoing] }); // it was read from there
    types.add(fact.type);
  }
  parts.onAppended?.(types);
};
