import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { defineEvent, isErased, personal } from '@probono/domain';
import {
  type EventToEncode,
  jsonCodec,
  memoryEventStore,
  type PersonalValue,
  type StoredEvent,
} from '@probono/event-store';
import * as fc from 'fast-check';
import * as z from 'zod';
import { fieldCipher } from './field-cipher.js';
import { KeyMissing, PersonalFieldTampered, SubjectErased } from './key-store.js';
import { memoryKeyStore } from './memory-key-store.js';

const now = () => new Date('2026-03-02T09:00:00.000Z');
const random = randomBytes;
const id = (end: number) => `0190a000-0000-7000-8000-${String(end).padStart(12, '0')}`;
const [alice, bob] = [id(1), id(2)];

const cipherWithKeys = () => {
  const keys = memoryKeyStore({ random, now });
  return { keys, cipher: fieldCipher(keys, { random }) };
};
const bound = { eventId: id(10), stream: `person-${alice}`, type: 'Noted', schemaVersion: 1, field: 'data.text' };
const value = (clear: unknown, subject = alice): PersonalValue => ({ subject, bound, value: clear });
const Ciphertext = z.strictObject({
  v: z.literal(1),
  alg: z.literal('A256GCM'),
  kid: z.string(),
  iv: z.base64url(),
  ct: z.base64url(),
  tag: z.base64url(),
});

describe('a personal value', () => {
  test('comes back as it went, whatever JSON it is', async () => {
    const { cipher } = cipherWithKeys();
    const { value: clear } = fc.letrec((tie) => ({
      value: fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc.maxSafeInteger(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.string(), tie('value'), { maxKeys: 3, noNullPrototype: true }),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(fc.array(clear, { minLength: 1, maxLength: 5 }), async (values) => {
        const sealed = await cipher.seal(values.map((one) => value(one)));
        expect(await cipher.open(sealed.map((one) => value(one)))).toEqual(values);
      }),
      { numRuns: 50 },
    );
  });
  test('is sealed in the documented form', async () => {
    const { cipher } = cipherWithKeys();
    const [sealed] = await cipher.seal([value('Inès')]);
    const { iv, tag } = Ciphertext.parse(sealed);
    expect([Buffer.from(iv, 'base64url').length, Buffer.from(tag, 'base64url').length]).toEqual([12, 16]);
  });
  test('gives away its length only to 32 bytes', async () => {
    const { cipher } = cipherWithKeys();
    const texts = ['A', 'Anne-Marie', 'x'.repeat(30), 'x'.repeat(31)];
    const sealed = await cipher.seal(texts.map((text) => value(text)));
    const lengths = sealed.map((one) => Buffer.from(Ciphertext.parse(one).ct, 'base64url').length);
    expect(lengths).toEqual([32, 32, 32, 64]);
  });
  test('is sealed differently each time', async () => {
    const { cipher } = cipherWithKeys();
    const sealed = await cipher.seal([value('Inès'), value('Inès')]);
    expect(sealed[0]).not.toEqual(sealed[1]);
  });
});

describe('a sealed value that was put elsewhere', () => {
  test.each([
    ['another field', { bound: { ...bound, field: 'data.title' } }],
    ['another event', { bound: { ...bound, eventId: id(11) } }],
    ['another stream', { bound: { ...bound, stream: `person-${bob}` } }],
    ['another type', { bound: { ...bound, type: 'Told' } }],
    ['another version', { bound: { ...bound, schemaVersion: 2 } }],
    ['another person', { subject: bob }],
  ])('does not open in %s', async (_, place) => {
    const { cipher } = cipherWithKeys();
    const [sealed] = await cipher.seal([value('Inès'), value('Bob', bob)]);
    const moved = { ...value(sealed), ...place };
    await expect(cipher.open([moved])).rejects.toThrow(PersonalFieldTampered);
  });
  test('does not open under another person’s key, even named as that person’s', async () => {
    const { cipher, keys } = cipherWithKeys();
    const [sealed] = await cipher.seal([value('Inès'), value('Bob', bob)]);
    const stolen = (await keys.find([bob])).get(bob);
    const kid = stolen === undefined || stolen === 'erased' ? '' : stolen.kid;
    const moved = value({ ...Ciphertext.parse(sealed), kid }, bob);
    await expect(cipher.open([moved])).rejects.toThrow(/its seal is broken/);
  });
});

describe('a sealed value that was changed', () => {
  const flipped = (text: string) => {
    const bytes = Buffer.from(text, 'base64url');
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    return bytes.toString('base64url');
  };
  type Parts = z.output<typeof Ciphertext>;
  test.each<[string, (sealed: Parts) => unknown]>([
    ['in its vector', (sealed) => ({ ...sealed, iv: flipped(sealed.iv) })],
    ['in its ciphertext', (sealed) => ({ ...sealed, ct: flipped(sealed.ct) })],
    ['in its tag', (sealed) => ({ ...sealed, tag: flipped(sealed.tag) })],
    ['to a tag of four bytes', (sealed) => ({ ...sealed, tag: sealed.tag.slice(0, 6).replace(/.$/, 'A') })],
    ['to another version', (sealed) => ({ ...sealed, v: 2 })],
    ['by a field more', (sealed) => ({ ...sealed, more: 1 })],
    ['in the way it is written', (sealed) => ({ ...sealed, tag: `${sealed.tag}=` })],
    ['to clear text', () => 'Inès'],
    ['to an erasure', () => ({ erased: true })],
  ])('%s does not open', async (_, change) => {
    const { cipher } = cipherWithKeys();
    const [sealed] = await cipher.seal([value('Inès')]);
    await expect(cipher.open([value(change(Ciphertext.parse(sealed)))])).rejects.toThrow(PersonalFieldTampered);
  });
});

describe('once a person’s key is destroyed', () => {
  test('their values read as erased, and those of others as before', async () => {
    const { cipher, keys } = cipherWithKeys();
    const sealed = await cipher.seal([value('Inès'), value('Bob', bob)]);
    await keys.destroyKey(alice);
    expect(await cipher.open([value(sealed[0]), value(sealed[1], bob)])).toEqual([{ erased: true }, 'Bob']);
  });
  test('nothing can be written about them any more', async () => {
    const { cipher, keys } = cipherWithKeys();
    await keys.destroyKey(alice);
    await expect(cipher.seal([value('Inès')])).rejects.toThrow(SubjectErased);
  });
});

test('a value whose key is in no store is not taken for erased', async () => {
  const [sealed] = await cipherWithKeys().cipher.seal([value('Inès')]);
  await expect(cipherWithKeys().cipher.open([value(sealed)])).rejects.toThrow(KeyMissing);
});

test('no clear text reaches the log, and after an erasure no reader finds any', async () => {
  const canary = 'CANARI-Zoë-8731';
  const Noted = defineEvent('Noted', z.strictObject({ text: personal(z.string(), '@stream'), minutes: z.int() }));
  const { cipher, keys } = cipherWithKeys();
  const codec = jsonCodec({ events: { Noted }, cipher });
  const store = memoryEventStore({ now });
  const event: unknown = {
    ...Noted.of({ text: canary, minutes: 5 }),
    schemaVersion: 1,
    eventId: id(20),
    stream: `person-${alice}`,
    revision: 0n,
    recordedAt: '2026-03-02T09:00:00.000Z',
    effectiveOn: '2026-03-02',
    tenantId: 'default',
    actor: { id: bob, role: 'manager' },
    authority: { capacity: 'manager' },
    reason: `${canary} demande`,
    commandId: id(21),
    commandDigest: 'a'.repeat(64),
    correlationId: id(21),
    causationId: id(21),
    basis: [],
  };
  const recorded = event as EventToEncode; // its times are branded by the kernel
  await store.append(`person-${alice}`, 'none', await codec.encode([recorded]));
  const stored: StoredEvent[] = [];
  for await (const one of store.readAll()) stored.push(one);
  for (const { body } of stored) expect(Buffer.from(body).toString('utf8')).not.toContain('CANARI');
  expect(await codec.decode(stored)).toEqual([{ ...recorded, position: 1n, storedAt: stored[0]?.storedAt }]);
  await keys.destroyKey(alice);
  await keys.destroyKey(bob);
  const [decoded] = await codec.decode(stored);
  const { data, reason } = z.object({ data: z.looseObject({}), reason: z.unknown() }).parse(decoded);
  expect([isErased(data.text), isErased(reason), data.minutes]).toEqual([true, true, 5]);
});
