import type { Appended, Conflict, EventStore } from '@probono/event-store';
import { sampleEvents } from './event-store-stand-in/sample-events.js';

/** One operation of the port, as a caller waits for it. */
export interface StoreOperation {
  readonly name: string;
  readonly kind: 'append' | 'read';
  run(store: EventStore): Promise<unknown>;
}

const drain = async (items: AsyncIterable<unknown>): Promise<number> => {
  let count = 0;
  for await (const _ of items) count += 1;
  return count;
};

/** Every operation that asks the server for something; `mission-1` exists, `mission-2` does not. */
export const storeOperations: readonly StoreOperation[] = [
  { name: 'append', kind: 'append', run: (store) => store.append('mission-2', 'none', sampleEvents(1)) },
  {
    name: 'appendAll',
    kind: 'append',
    run: (store) => store.appendAll([{ stream: 'mission-2', expected: 'none', events: sampleEvents(1) }]),
  },
  { name: 'readStream', kind: 'read', run: (store) => drain(store.readStream('mission-1')) },
  {
    name: 'readStream backwards',
    kind: 'read',
    run: (store) => drain(store.readStream('mission-1', { direction: 'backwards', limit: 1 })),
  },
  { name: 'readAll', kind: 'read', run: (store) => drain(store.readAll()) },
  {
    name: 'readAll backwards',
    kind: 'read',
    run: (store) => drain(store.readAll({ direction: 'backwards', limit: 1 })),
  },
  { name: 'lastPosition', kind: 'read', run: (store) => store.lastPosition() },
  { name: 'streamInfo', kind: 'read', run: (store) => store.streamInfo('mission-1') },
];

/** The same append until its outcome is known, as a caller does who was told `UnknownOutcome`. */
export const appendUntilKnown = async (
  append: () => Promise<Appended | Conflict>,
  tries = 20,
): Promise<Appended | Conflict> => {
  for (let left = tries; ; left--) {
    try {
      return await append();
    } catch (error) {
      if (left === 0) throw error;
    }
  }
};
