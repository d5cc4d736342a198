import { describe, expect, test } from '@jest/globals';
import { defineEvent, type EventSpec, isErased, personal } from '@probono/domain';
import * as z from 'zod';
import type { EventToEncode, FieldCipher, PersonalValue } from '../codec.js';
import type { EventToAppend, StoredEvent } from '../port.js';
import { jsonCodec } from './json-codec.js';

const alice = '0190a000-0000-7000-8000-000000000001';
const bob = '0190a000-0000-7000-8000-000000000002';
const id = (end: number) => `0190a000-0000-7000-8000-${String(end).padStart(12, '0')}`;

const Counted = defineEvent('Counted', z.strictObject({ minutes: z.number(), by: z.unknown().optional() }));
const Noted = defineEvent('Noted', z.strictObject({ text: personal(z.string(), '@stream') }));
const Met = defineEvent(
  'Met',
  z.strictObject({
    people: z
      .array(z.strictObject({ personId: z.string(), name: personal(z.string(), 'people.*.personId') }))
      .readonly(),
  }),
);
const Moved = defineEvent('Moved', z.strictObject({ hours: z.int(), where: personal(z.string(), '@stream') }), [
  {
    schema: z.strictObject({ place: personal(z.string(), '@stream') }),
    upcast: ({ place }) => ({ where: typeof place === 'string' ? place.toUpperCase() : place }),
  },
  { schema: z.strictObject({ where: personal(z.string(), '@stream') }), upcast: (data) => ({ ...data, hours: 0 }) },
]);

const event = (spec: EventSpec, data: unknown, more: Partial<EventToEncode> = {}): EventToEncode =>
  ({
    type: spec.type,
    schemaVersion: spec.version,
    data,
    eventId: id(100),
    stream: `person-${bob}`,
    revision: 0n,
    recordedAt: '2026-03-02T09:00:00.000Z',
    effectiveOn: '2026-03-02',
    tenantId: 'default',
    actor: { id: alice, role: 'agent' },
    authority: { capacity: 'agent' },
    commandId: id(101),
    commandDigest: 'a'.repeat(64),
    correlationId: id(101),
    causationId: id(101),
    basis: [],
    ...more,
  }) as EventToEncode; // recordedAt and effectiveOn are branded

/** Turns texts around, which no reader takes for clear text, and keeps what it was asked. */
const turning = () => {
  const asked: PersonalValue[][] = [];
  const turn = (value: unknown) => ({ turned: JSON.stringify(value).split('').reverse().join('') });
  const back = (value: unknown) =>
    JSON.parse(z.object({ turned: z.string() }).parse(value).turned.split('').reverse().join('')) as unknown;
  const cipher: FieldCipher = {
    seal: async (values) => {
      asked.push([...values]);
      return values.map(({ value }) => turn(value));
    },
    open: async (values) => {
      asked.push([...values]);
      return values.map(({ subject, value }) => (subject === 'gone' ? { erased: true } : back(value)));
    },
  };
  return { cipher, asked };
};

const storedAt = '2026-03-02T09:00:00.001Z';
const stored = (encoded: EventToAppend, position = 7n): StoredEvent => ({
  ...encoded,
  stream: `person-${bob}`,
  revision: 0n,
  position,
  storedAt,
});
const written = (body: unknown): StoredEvent =>
  stored({
    eventId: id(1),
    type: 'Moved',
    schemaVersion: 1,
    recordedAt: '2026-03-02T09:00:00.000Z',
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  });
const textOf = (encoded: readonly EventToAppend[]) => Buffer.from(encoded[0]?.body ?? []).toString('utf8');

describe('an encoded event', () => {
  const codec = jsonCodec({ events: { Counted, Noted } });
  test('reads back as it was, bigints included', async () => {
    const original = event(
      Counted,
      { minutes: 1.5 },
      {
        revision: 12n,
        basis: [
          { stream: 'mission-1', revision: 3n },
          { stream: 'mission-2', revision: 'none' },
        ],
      },
    );
    const [decoded] = await codec.decode((await codec.encode([original])).map((one) => stored(one)));
    expect(decoded).toEqual({ ...original, position: 7n, storedAt });
  });
  test('is canonical: fields in order, no spaces, whatever order they came in', async () => {
    const text = textOf(await codec.encode([event(Counted, { minutes: 210 })]));
    expect(text).toMatch(/^\{"actor":\{"id":"[^"]+","role":"agent"\},"authority":.*"type":"Counted"\}$/);
    expect(text).toContain('"data":{"minutes":210}');
    expect(text).toContain('"revision":0,');
  });
  test('carries copies of what finds it', async () => {
    const [encoded] = await codec.encode([event(Counted, { minutes: 210 })]);
    expect(encoded).toMatchObject({
      eventId: id(100),
      type: 'Counted',
      schemaVersion: 1,
      recordedAt: '2026-03-02T09:00:00.000Z',
    });
  });
  test.each([
    ['data that do not fit their schema', { minutes: 'many' }, /minutes/],
    ['a field that is not declared', { minutes: 1, more: 1 }, /more/],
    ['an integer too large to be exact', { minutes: 2 ** 53 }, /Counted\.data\.minutes is an integer too large/],
    ['minus zero', { minutes: -0 }, /minus zero/],
    ['undefined', { minutes: 1, by: undefined }, /Counted\.data\.by is undefined/],
    ['a map', { minutes: 1, by: new Map() }, /not a plain object/],
    ['a date', { minutes: 1, by: new Date(0) }, /not a plain object/],
    ['half a surrogate pair', { minutes: 1, by: '\ud800' }, /well-formed/],
    ['a bigint', { minutes: 1, by: 1n }, /bigint/],
  ])('is refused with %s', async (_, data, message) => {
    await expect(codec.encode([event(Counted, data)])).rejects.toThrow(message);
  });
  test.each([
    ['another version than today’s', event(Counted, { minutes: 1 }, { schemaVersion: 2 }), /version 1, not 2/],
    ['a type that is not known', event(Met, { people: [] }), /Met is not an event/],
    ['an envelope out of form', event(Counted, { minutes: 1 }, { eventId: 'one' }), /eventId/],
  ])('is refused with %s', async (_, wrong, message) => {
    await expect(codec.encode([wrong])).rejects.toThrow(message);
  });
});

describe('personal values', () => {
  test('are refused without a cipher', async () => {
    const codec = jsonCodec({ events: { Noted, Counted } });
    await expect(codec.encode([event(Noted, { text: 'Parle LSF' })])).rejects.toThrow(/Noted holds personal data/);
    const reasoned = event(Counted, { minutes: 1 }, { reason: 'malade' });
    await expect(codec.encode([reasoned])).rejects.toThrow(/Counted holds personal data/);
  });
  test('are sealed and opened in one batch each, and come back clear', async () => {
    const { cipher, asked } = turning();
    const codec = jsonCodec({ events: { Noted, Met }, cipher });
    const people = [
      { personId: 'p1', name: 'Inès' },
      { personId: 'p2', name: 'Zoé' },
    ];
    const originals = [
      event(Noted, { text: 'Parle LSF' }, { reason: 'demande', justification: 'urgence' }),
      event(Met, { people }),
    ];
    const encoded = await codec.encode(originals);
    for (const clear of ['LSF', 'demande', 'urgence', 'Inès', 'Zoé']) {
      expect(encoded.map(({ body }) => Buffer.from(body).toString('utf8')).join()).not.toContain(clear);
    }
    const decoded = await codec.decode(encoded.map((one) => stored(one)));
    expect(decoded).toEqual(originals.map((original) => ({ ...original, position: 7n, storedAt })));
    expect(asked).toHaveLength(2);
    expect(asked[0]?.map(({ subject, bound }) => [subject, bound.field])).toEqual([
      [alice, 'reason'],
      [alice, 'justification'],
      [bob, 'data.text'],
      ['p1', 'data.people.0.name'],
      ['p2', 'data.people.1.name'],
    ]);
    expect(asked[1]?.map(({ bound }) => bound)).toEqual(asked[0]?.map(({ bound }) => bound));
  });
  test('do not change the event they are taken from', async () => {
    const { cipher } = turning();
    const original = event(Noted, { text: 'Parle LSF' });
    await jsonCodec({ events: { Noted }, cipher }).encode([original]);
    expect(original.data).toEqual({ text: 'Parle LSF' });
  });
  test('read as erased where their key is gone', async () => {
    const { cipher } = turning();
    const codec = jsonCodec({ events: { Met }, cipher });
    const encoded = await codec.encode([event(Met, { people: [{ personId: 'gone', name: 'Inès' }] })]);
    const [decoded] = await codec.decode(encoded.map((one) => stored(one)));
    const { people } = z.object({ data: z.object({ people: z.array(z.looseObject({})) }) }).parse(decoded).data;
    expect(isErased(people[0]?.name)).toBe(true);
  });
  test('stay closed to who needs none of them: no key is asked for', async () => {
    const { cipher, asked } = turning();
    const codec = jsonCodec({ events: { Met }, cipher });
    const encoded = await codec.encode([event(Met, { people: [{ personId: 'p1', name: 'Inès' }] })]);
    const [decoded] = await codec.decode(
      encoded.map((one) => stored(one)),
      { personal: 'closed' },
    );
    expect(decoded).toMatchObject({ data: { people: [{ personId: 'p1', name: { erased: true } }] } });
    expect(asked).toHaveLength(1);
  });
  test('are not written by the system, which is no person', async () => {
    const { cipher } = turning();
    const codec = jsonCodec({ events: { Counted }, cipher });
    const system = event(
      Counted,
      { minutes: 1 },
      { actor: { id: 'system:clerk', role: 'system' }, reason: 'échéance' },
    );
    await expect(codec.encode([system])).rejects.toThrow(/system:clerk is no person/);
  });
  test('are refused when they name nobody', async () => {
    const Named = defineEvent(
      'Named',
      z.strictObject({ name: personal(z.string(), 'personId'), personId: z.string().optional() }),
    );
    const codec = jsonCodec({ events: { Named }, cipher: turning().cipher });
    await expect(codec.encode([event(Named, { name: 'Inès' })])).rejects.toThrow(/data\.personId must name the person/);
  });
});

describe('a stored event', () => {
  const { cipher } = turning();
  const codec = jsonCodec({ events: { Moved }, cipher });
  const old = (version: number, data: unknown) => ({ ...event(Moved, data), schemaVersion: version, revision: 4 });
  test('of an older version is opened first and then brought to today’s, step by step', async () => {
    const [decoded] = await codec.decode([written(old(1, { place: { turned: '"siraP"' } }))]);
    expect(decoded).toMatchObject({ revision: 4n, data: { where: 'PARIS', hours: 0 } });
  });
  test('of a middle version takes the remaining steps only', async () => {
    const [decoded] = await codec.decode([written(old(2, { where: { turned: '"siraP"' } }))]);
    expect(decoded).toMatchObject({ data: { where: 'Paris', hours: 0 } });
  });
  test('that held several of today’s facts is read as all of them, in order, in one place', async () => {
    const Filed = defineEvent('Filed', z.strictObject({ doc: z.string() }), [
      {
        schema: z.strictObject({ doc: z.string(), name: personal(z.string(), '@stream'), minutes: z.number() }),
        upcast: ({ doc, name, minutes }) => [
          { type: 'Filed', version: 2, data: { doc } },
          { type: 'Moved', version: 2, data: { where: name } },
          { type: 'Counted', version: 1, data: { minutes } },
        ],
      },
    ]);
    const all = jsonCodec({ events: { Filed, Moved, Counted }, cipher });
    const data = { doc: 'a', name: { turned: '"siraP"' }, minutes: 3 };
    const [first, ...others] = await all.decode([
      written({ ...event(Filed, data), schemaVersion: 1, revision: 4 }),
      written({ ...event(Filed, { doc: 'b' }), schemaVersion: 2, revision: 5 }),
    ]);
    expect([first, ...others]).toMatchObject([
      { type: 'Filed', revision: 4n, position: 7n, data: { doc: 'a' } },
      // It goes on from the version it was split into.
      { type: 'Moved', revision: 4n, position: 7n, data: { where: 'Paris', hours: 0 } },
      { type: 'Counted', revision: 4n, position: 7n, data: { minutes: 3 } },
      { type: 'Filed', revision: 5n, data: { doc: 'b' } },
    ]);
  });
  test.each([
    ['of a newer version', old(9, {}), 'Moved is known up to version 3, not 9'],
    ['of an unknown type', { ...old(1, {}), type: 'Lost' }, 'the type Lost is not known'],
    ['that is no JSON', '{', 'the body is not JSON'],
    ['that is no envelope', { type: 'Moved' }, 'the body is not an envelope with data'],
  ])('%s is kept and reported', async (_, body, why) => {
    const one = written(body);
    expect(await codec.decode([one])).toEqual([{ unknown: true, stored: one, why }]);
  });
});
