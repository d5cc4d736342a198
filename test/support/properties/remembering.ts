import type { Codec, DecodedEvent, StoredEvent } from '@probono/event-store';

/** A codec that decodes the events of a log once only, however often they are read. */
export interface RememberingCodec extends Codec {
  /** The events are of no other log, and each has an id of its own. */
  remember(events: readonly StoredEvent[]): Promise<void>;
}

const frozen = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const inner of Object.values(value)) frozen(inner);
  return Object.freeze(value);
};

/** What it gives of remembered events is frozen: a state that is folded from them may keep parts, and change none. */
export const remembering = (codec: Codec): RememberingCodec => {
  const known = new Map<string, readonly DecodedEvent[]>();
  return {
    ...codec,
    async remember(events) {
      for (const stored of events) {
        const decoded = await codec.decode([stored]);
        known.set(stored.eventId, frozen(decoded.filter((event) => !('unknown' in event)) as DecodedEvent[])); // the others left out
      }
    },
    async decode(batch) {
      const first = batch.findIndex(({ eventId }) => !known.has(eventId));
      const [before, after] = first < 0 ? [batch, []] : [batch.slice(0, first), batch.slice(first)];
      const remembered = before.flatMap(({ eventId, position }) =>
        (known.get(eventId) ?? []).map((event) => ({ ...event, position })),
      );
      return after.length === 0 ? remembered : [...remembered, ...(await codec.decode(after))];
    },
  };
};
