import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { migrate } from '@probono/sql';
import { engines, type FreshDatabase, freshDatabase } from '../../../test/support/databases.js';
import { type KeyStore, SubjectErased, type SubjectKey } from './key-store.js';
import { keyWrapper } from './key-wrapper.js';
import { memoryKeyStore } from './memory-key-store.js';
import { keyStoreMigrations } from './migrations.js';
import { digestOfKey } from './minting.js';
import { sqlKeyStore } from './sql-key-store.js';

const now = () => new Date('2026-03-02T09:00:00.000Z');
const random = randomBytes;
let persons = 0;
const person = () => `person-${++persons}`;

describe.each(['memory', ...engines] as const)('the key store in %s', (kind) => {
  const wrapper = keyWrapper(randomBytes(32), { random });
  let database: FreshDatabase | undefined;
  let memory: KeyStore;
  /** A store with a cache of its own, as another process would have; in memory there is but one. */
  const open = (): KeyStore => (database ? sqlKeyStore(database.client, wrapper, { random, now }) : memory);
  beforeAll(async () => {
    memory = memoryKeyStore({ random, now });
    if (kind === 'memory') return;
    database = await freshDatabase(kind);
    await migrate(database.client, 'privacy', keyStoreMigrations);
  });
  afterAll(() => database?.drop());

  const keyOf = async (store: KeyStore, subject: string): Promise<SubjectKey> => {
    const key = (await store.obtain([subject])).get(subject);
    if (key === undefined) throw new Error('no key');
    return key;
  };

  test('mints a key once and gives the same ever after', async () => {
    const [alice, bob] = [person(), person()];
    const first = await open().obtain([alice, bob, alice]);
    expect([...first.keys()].toSorted()).toEqual([alice, bob].toSorted());
    expect(first.get(alice)?.key).toHaveLength(32);
    expect(first.get(alice)?.key).not.toEqual(first.get(bob)?.key);
    const again = await open().obtain([alice]);
    expect(Buffer.from(again.get(alice)?.key ?? [])).toEqual(Buffer.from(first.get(alice)?.key ?? []));
    expect(again.get(alice)?.kid).toBe(first.get(alice)?.kid);
  });
  test('finds keys without minting any', async () => {
    const [alice, stranger] = [person(), person()];
    await open().obtain([alice]);
    expect([...(await open().find([alice, stranger])).keys()]).toEqual([alice]);
    expect(await open().describe(stranger)).toBeUndefined();
  });
  test('ends with one key when two write about a person for the first time', async () => {
    for (let round = 0; round < 10; round++) {
      const [alice, bob] = [person(), person()];
      const [left, right] = await Promise.all([open().obtain([alice, bob]), open().obtain([bob, alice])]);
      for (const subject of [alice, bob]) expect(left.get(subject)?.kid).toBe(right.get(subject)?.kid);
      expect(Buffer.from(left.get(alice)?.key ?? [])).toEqual(Buffer.from(right.get(alice)?.key ?? []));
    }
  });
  test('says what it may of a key: its state, and a digest that commits to it', async () => {
    const alice = person();
    const { kid, key } = await keyOf(open(), alice);
    const record = {
      subject: alice,
      state: 'active',
      kid,
      keyDigest: digestOfKey(key),
      createdAt: now().toISOString(),
    };
    expect(await open().describe(alice)).toEqual(record);
  });
  test('has nothing but an erasure left of a destroyed key, in every process', async () => {
    const alice = person();
    const [one, other] = [open(), open()];
    const { kid } = await keyOf(one, alice);
    await keyOf(other, alice);
    const record = await one.destroyKey(alice);
    expect(record).toMatchObject({ state: 'erased', kid, erasedAt: now().toISOString() });
    for (const store of [one, other]) {
      expect((await store.find([alice])).get(alice)).toBe('erased');
      await expect(store.obtain([alice])).rejects.toThrow(SubjectErased);
    }
  });
  test('destroys again without a change, and mints nothing for one erased before they had a key', async () => {
    const alice = person();
    const first = await open().destroyKey(alice);
    expect(first).toMatchObject({ subject: alice, state: 'erased' });
    expect(await open().destroyKey(alice)).toEqual(first);
    await expect(open().obtain([person(), alice])).rejects.toThrow(SubjectErased);
  });
  test('never gives a key that an erasure overtook', async () => {
    for (let round = 0; round < 10; round++) {
      const alice = person();
      await Promise.allSettled([open().obtain([alice]), open().destroyKey(alice)]);
      expect((await open().find([alice])).get(alice)).toBe('erased');
    }
  });

  if (kind === 'memory') return;
  const sql = () => {
    if (database === undefined) throw new Error('no database');
    return database.client;
  };
  test('keeps keys wrapped: no key stands in the database', async () => {
    const { key, subject } = await keyOf(open(), person());
    const [row] = await sql().query<{ wrapped: Uint8Array }>(
      'SELECT wrapped FROM probono_keys.subject_keys WHERE subject = $1',
      [subject],
    );
    expect(row?.wrapped).toHaveLength(12 + 32 + 16);
    expect(Buffer.from(row?.wrapped ?? []).includes(Buffer.from(key))).toBe(false);
  });
  test('cannot open with another key-encryption key', async () => {
    const alice = person();
    await open().obtain([alice]);
    const other = sqlKeyStore(sql(), keyWrapper(randomBytes(32), { random }), { random, now });
    await expect(other.find([alice])).rejects.toThrow(/was not wrapped by the key-encryption key/);
  });
  test('cannot open a wrapped key that was put in another person’s place', async () => {
    const [alice, bob] = [person(), person()];
    await open().obtain([alice, bob]);
    await sql().query(
      `UPDATE probono_keys.subject_keys SET wrapped =
         (SELECT wrapped FROM probono_keys.subject_keys WHERE subject = $2) WHERE subject = $1`,
      [alice, bob],
    );
    await expect(open().find([alice])).rejects.toThrow(/was not wrapped/);
  });
  test.each([
    [
      'revive',
      `UPDATE probono_keys.subject_keys SET state = 'active', wrapped = '\\x00', kek_id = 'x', erased_at = NULL WHERE state = 'erased'`,
    ],
    ['rename', `UPDATE probono_keys.subject_keys SET subject = subject || 'x'`],
    ['delete', 'DELETE FROM probono_keys.subject_keys'],
    ['truncate', 'TRUNCATE probono_keys.subject_keys'],
  ])('does not let a statement %s an erasure', async (_, statement) => {
    await open().destroyKey(person());
    await expect(sql().query(statement)).rejects.toThrow(/a destroyed key cannot come back/);
  });
});
