import { readDecoded } from '@probono/application';
import {
  type Instant,
  type NotificationFact,
  notification,
  type Recorded,
  type Settlement,
  streamName,
} from '@probono/domain';
import type { Codec, EventStore } from '@probono/event-store';

/** What the log says that a person was told. */
export interface Told {
  /** By reminder id. */
  readonly settled: Readonly<Record<string, Settlement>>;
  /** When mails went out, in order. */
  readonly sentAt: readonly Instant[];
}

/** Reads a person's notification stream: the last word on what was sent, whatever became of the ledger. */
export const readTold = async (store: EventStore, codec: Codec, personId: string): Promise<Told> => {
  const state = notification.initial();
  const sentAt: Instant[] = [];
  for await (const decoded of readDecoded(store, codec, streamName('notification', personId))) {
    // A notification stream holds a person's notifications.
    const event = decoded as Recorded<NotificationFact>;
    notification.evolve(state, event);
    if (event.type === 'NotificationSent') sentAt.push(event.recordedAt);
  }
  return { settled: state.settled, sentAt };
};
