import { EventStoreDBClient } from '@eventstore/db-client';
import { type Address, readConnectionString } from './connection-string.js';

/** A share in the one client that this process has for an address. */
export interface Connection extends Address {
  readonly client: EventStoreDBClient;
  /** Gives the share back; the last one closes the client. */
  release(): Promise<void>;
}

interface Shared {
  readonly client: EventStoreDBClient;
  shares: number;
}

// One client a process and address: each has a connection of its own, and stores are opened freely.
const clients = new Map<string, Shared>();

/** Takes a share; nothing is sent before the first call. */
export const connect = (url: string): Connection => {
  const address = readConnectionString(url);
  const shared = clients.get(address.url) ?? { client: makeClient(address), shares: 0 };
  clients.set(address.url, shared);
  shared.shares += 1;
  let held = true;
  return {
    ...address,
    client: shared.client,
    async release() {
      if (!held) return;
      held = false;
      shared.shares -= 1;
      if (shared.shares > 0) return;
      clients.delete(address.url);
      await closeClient(shared.client);
    },
  };
};

const makeClient = ({ url, place }: Address): EventStoreDBClient => {
  try {
    return EventStoreDBClient.connectionString(url);
  } catch (error) {
    // The client's own error may hold the whole string.
    const expected = error instanceof Error && 'expected' in error ? `expected ${error.expected}` : undefined;
    const message = expected ?? (error instanceof Error ? error.message : String(error));
    throw new TypeError(`the EventStoreDB address of ${place} cannot be used: ${message}`);
  }
};

/** The client ends its calls but has no word for closing its channel. */
const closeClient = async (client: EventStoreDBClient): Promise<void> => {
  await client.dispose();
  const inside: object = client;
  if (!('getChannel' in inside) || typeof inside.getChannel !== 'function') return;
  const closing = Promise.resolve(inside.getChannel()).then(
    (channel: unknown) => {
      if (isClosable(channel)) channel.close();
    },
    () => undefined,
  );
  // A channel that is still being looked for is not waited for; it is closed once found.
  await Promise.race([closing, new Promise(setImmediate)]);
};

const isClosable = (channel: unknown): channel is { close(): void } =>
  typeof channel === 'object' && channel !== null && 'close' in channel && typeof channel.close === 'function';
