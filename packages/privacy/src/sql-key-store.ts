import { Unavailable } from '@probono/event-store';
import { isConnectionLost, type SqlClient, SqlUnavailable } from '@probono/sql';
import type { Random } from './aes-gcm.js';
import { createKeyCache } from './key-cache.js';
import { type KeyRecord, type KeyStore, SubjectErased, type SubjectKey } from './key-store.js';
import type { KeyWrapper } from './key-wrapper.js';
import { digestOfKey, mintKey } from './minting.js';

/** What a key store on SQL needs. */
export interface SqlKeyStoreOptions {
  readonly random: Random;
  readonly now: () => Date;
  /** Most unwrapped keys held in memory; default 1000. */
  readonly cacheSize?: number;
}

interface KeyRow {
  readonly subject: string;
  readonly state: 'active' | 'erased';
  readonly kid: string | null;
  readonly key_digest: string | null;
  readonly wrapped: Uint8Array | null;
  readonly created_at: Date;
  readonly erased_at: Date | null;
}

const columns = 'subject, state, kid, key_digest, wrapped, created_at, erased_at';

/**
 * A key store in the schema `probono_keys` of a database that has the {@link keyStoreMigrations}; it may, and should,
 * be another than the log's, with backups of its own.
 *
 * Each call asks the database for the state of its subjects, so that an erasure by another process holds at once; the
 * cache only saves unwrapping. Throws `Unavailable` while the database is out of reach.
 *
 * @example const keys = sqlKeyStore(sql, await fileKeyWrapper('var/kek', { random }), { random, now });
 */
export const sqlKeyStore = (
  sql: SqlClient,
  wrapper: KeyWrapper,
  { random, now, cacheSize = 1000 }: SqlKeyStoreOptions,
): KeyStore => {
  const cache = createKeyCache(cacheSize);

  /** Every statement here may be sent again, so a lost connection is nothing but a reason to try later. */
  const ask = async <Row>(text: string, params: readonly unknown[]): Promise<readonly Row[]> => {
    try {
      return await sql.query<Row>(text, params);
    } catch (error) {
      if (!(error instanceof SqlUnavailable) && !isConnectionLost(error)) throw error;
      const why = error instanceof Error ? error.message : String(error);
      throw new Unavailable(`the keys of persons could not be had (${why}); try again`, { cause: error });
    }
  };

  const rowsOf = async (subjects: readonly string[]): Promise<ReadonlyMap<string, KeyRow>> => {
    const text = `SELECT ${columns} FROM probono_keys.subject_keys WHERE subject = ANY ($1::text[])`;
    const rows = await ask<KeyRow>(text, [subjects]);
    return new Map(rows.map((row) => [row.subject, row]));
  };

  const keyOf = async ({ subject, kid, wrapped }: KeyRow): Promise<SubjectKey | 'erased'> => {
    if (kid === null || wrapped === null) {
      if (kid !== null) cache.delete(kid);
      return 'erased';
    }
    let key = cache.get(kid);
    if (key === undefined) {
      key = await wrapper.unwrap(wrapped, { subject, kid });
      cache.set(kid, key);
    }
    return { subject, kid, key };
  };

  const mint = async (subjects: readonly string[]): Promise<void> => {
    // In order, so that two writers of the same persons cannot wait for each other in a circle.
    const minted = subjects.toSorted().map((subject) => mintKey(subject, random));
    const wrapped = await Promise.all(minted.map((one) => wrapper.wrap(one.key, one)));
    await ask(
      `INSERT INTO probono_keys.subject_keys (subject, state, kid, key_digest, kek_id, wrapped, created_at)
       SELECT n.subject, 'active', n.kid, n.key_digest, $5, n.wrapped, $6
       FROM unnest($1::text[], $2::text[], $3::text[], $4::bytea[]) AS n (subject, kid, key_digest, wrapped)
       ON CONFLICT (subject) DO NOTHING`,
      [
        minted.map(({ subject }) => subject),
        minted.map(({ kid }) => kid),
        minted.map(({ key }) => digestOfKey(key)),
        wrapped,
        wrapper.kekId,
        now(),
      ],
    );
  };

  return {
    async obtain(subjects) {
      let rows = await rowsOf(subjects);
      const erased = [...rows.values()].find(({ state }) => state === 'erased');
      if (erased !== undefined) throw new SubjectErased(erased.subject);
      const without = [...new Set(subjects)].filter((subject) => !rows.has(subject));
      if (without.length > 0) {
        await mint(without);
        // Read again: another writer's key may have come first, and is then the one.
        rows = await rowsOf(subjects);
      }
      const keys = new Map<string, SubjectKey>();
      for (const row of rows.values()) {
        const key = await keyOf(row);
        if (key === 'erased') throw new SubjectErased(row.subject);
        keys.set(row.subject, key);
      }
      return keys;
    },
    async find(subjects) {
      const found = new Map<string, SubjectKey | 'erased'>();
      for (const row of (await rowsOf(subjects)).values()) found.set(row.subject, await keyOf(row));
      return found;
    },
    async destroyKey(subject) {
      const [row] = await ask<KeyRow>(
        `INSERT INTO probono_keys.subject_keys AS k (subject, state, created_at, erased_at) VALUES ($1, 'erased', $2, $2)
         ON CONFLICT (subject) DO UPDATE
           SET state = 'erased', wrapped = NULL, kek_id = NULL, erased_at = coalesce(k.erased_at, excluded.erased_at)
         RETURNING ${columns}`,
        [subject, now()],
      );
      if (row === undefined) throw new Error(`the key of ${subject} was not destroyed; try again`);
      if (row.kid !== null) cache.delete(row.kid);
      return recordOf(row);
    },
    async describe(subject) {
      const row = (await rowsOf([subject])).get(subject);
      return row === undefined ? undefined : recordOf(row);
    },
  };
};

const recordOf = ({ subject, state, kid, key_digest, created_at, erased_at }: KeyRow): KeyRecord => ({
  subject,
  state,
  ...(kid === null ? {} : { kid }),
  ...(key_digest === null ? {} : { keyDigest: key_digest }),
  createdAt: created_at.toISOString(),
  ...(erased_at === null ? {} : { erasedAt: erased_at.toISOString() }),
});
