import { domain } from '@probono/domain';
import { type Codec, type EventStore, jsonCodec, memoryEventStore } from '@probono/event-store';
import { eventStoreMigrations, postgresEventStore } from '@probono/event-store-postgres';
import {
  fieldCipher,
  fileKeyWrapper,
  type KeyStore,
  keyStoreMigrations,
  memoryKeyStore,
  type Random,
  sqlKeyStore,
} from '@probono/privacy';
import { migrate, type SqlClient } from '@probono/sql';
import { type Configuration, ConfigurationError, isEventStoreDb } from './configuration.js';
import { type Databases, openDatabases } from './databases.js';

/** What a configuration's URLs stand for. */
export interface Adapters {
  readonly store: EventStore;
  readonly codec: Codec;
  readonly keys: KeyStore;
  /** The database of the read models. */
  readonly sql: SqlClient;
  close(): Promise<void>;
}

const openEventStoreDb = async (url: string): Promise<EventStore> => {
  // Its client is large; who keeps the log in SQL need not load it.
  const { eventStoreDb } = await import('@probono/event-store-eventstoredb');
  let store: EventStore;
  try {
    store = eventStoreDb(url);
  } catch (error) {
    throw error instanceof TypeError ? new ConfigurationError(`PROBONO_STORE: ${error.message}`) : error;
  }
  try {
    // A server that is away, or does not let us in, is told at the start.
    await store.lastPosition();
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
};

const openStore = async (url: string, databases: Databases): Promise<EventStore> => {
  if (url === 'memory:') return memoryEventStore({ now: () => new Date() });
  if (isEventStoreDb(url)) return openEventStoreDb(url);
  const sql = await databases.at(url);
  await migrate(sql, 'event-store', eventStoreMigrations);
  return postgresEventStore(sql);
};

const isServer = (url: string): boolean => /^postgres(ql)?:/.test(url) || isEventStoreDb(url);

const openKeys = async (
  { keys, store, kekFile }: Configuration,
  databases: Databases,
  random: Random,
): Promise<KeyStore> => {
  // A log that is gone with the process needs no keys that outlive it.
  if (kekFile === undefined) return memoryKeyStore({ random, now: () => new Date() });
  const sql = await databases.at(keys);
  await migrate(sql, 'privacy', keyStoreMigrations);
  // On a server a missing file is a lost key or a wrong path; the embedded profile makes its own at first.
  const wrapper = await fileKeyWrapper(kekFile, { random, create: !isServer(store) }).catch((error) => {
    throw new ConfigurationError(`PROBONO_KEK_FILE: ${error instanceof Error ? error.message : error}`);
  });
  return sqlKeyStore(sql, wrapper, { random, now: () => new Date() });
};

/** Opens all adapters that the configuration names; closes what it opened when one of them cannot be. */
export const openAdapters = async (configuration: Configuration, random: Random): Promise<Adapters> => {
  const databases = openDatabases();
  try {
    const store = await openStore(configuration.store, databases);
    const keys = await openKeys(configuration, databases, random);
    const sql = await databases.at(configuration.readModels);
    const codec = jsonCodec({ events: domain.events, cipher: fieldCipher(keys, { random }) });
    const close = async (): Promise<void> => {
      await store.close();
      await databases.close();
    };
    return { store, codec, keys, sql, close };
  } catch (error) {
    await databases.close();
    throw error;
  }
};
