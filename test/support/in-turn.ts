import type { EventStore, EventToAppend } from '@probono/event-store';

/** What comes just before an append, and just after it; either may write, and may throw. */
export interface Around {
  readonly before?: (stream: string, events: readonly EventToAppend[]) => unknown;
  readonly after?: (stream: string, events: readonly EventToAppend[]) => unknown;
}

/** The same log as a store that writes one stream at a time, and checks no other. */
export const inTurn = (store: EventStore, { before, after }: Around = {}): EventStore => ({
  ...store,
  capabilities: { ...store.capabilities, checks: false, multiStream: false },
  async append(stream, expected, events, options) {
    if (options?.checks !== undefined) throw new TypeError('this store checks no other stream');
    await before?.(stream, events);
    const result = await store.append(stream, expected, events);
    await after?.(stream, events);
    return result;
  },
  async appendAll() {
    throw new TypeError('this store writes one stream at a time');
  },
});
