import { randomBytes } from 'node:crypto';
import { domain } from '../../packages/domain/dist/index.js';
import { jsonCodec } from '../../packages/event-store/dist/index.js';
import { eventStoreMigrations, postgresEventStore } from '../../packages/event-store-postgres/dist/index.js';
import { fieldCipher, memoryKeyStore } from '../../packages/privacy/dist/index.js';
import { migrate, openSql } from '../../packages/sql/dist/index.js';

/** Opens the log in a database, with a codec that seals personal values under keys of this process. */
export const openLog = async (url) => {
  const sql = await openSql(url, { max: 20 });
  await migrate(sql, 'event-store', eventStoreMigrations);
  const keys = memoryKeyStore({ random: randomBytes, now: () => new Date() });
  const cipher = fieldCipher(keys, { random: randomBytes });
  return { sql, store: postgresEventStore(sql), codec: jsonCodec({ events: domain.events, cipher }) };
};
