import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { domain, type EventSpec, type Recorded, type StreamName } from '@probono/domain';
import { type Codec, canonicalBytes, jsonCodec, memoryEventStore, type StoredEvent } from '@probono/event-store';
import { fieldCipher, memoryKeyStore } from '@probono/privacy';
import fc from 'fast-check';
import { specIn, type Version, versions } from '../support/corpus/samples.js';
import { holds } from '../support/properties/cases.js';
import { recorded } from '../support/properties/recorded.js';

const keys = memoryKeyStore({ random: randomBytes, now: () => new Date(0) });
const cipher = fieldCipher(keys, { random: randomBytes });
const sealing = jsonCodec({ events: domain.events, cipher });

/** Writes an event to a log, and reads it again as it lies there. */
const stored = async (event: Recorded, codec: Codec): Promise<StoredEvent> => {
  const store = memoryEventStore({ now: () => new Date(0) });
  const stream = event.stream as StreamName; // made of a category and an id
  const [encoded] = await codec.encode([event]);
  if (encoded === undefined) throw new Error('nothing was encoded');
  const text = new TextDecoder().decode(encoded.body);
  expect(text).toBe(new TextDecoder().decode(canonicalBytes(JSON.parse(text), event.type)));
  await store.append(stream, 'none', [encoded]);
  for await (const read of store.readStream(stream)) {
    expect(Buffer.compare(read.body, encoded.body)).toBe(0);
    return read;
  }
  throw new Error('nothing was stored');
};

/** What data of an older version mean today: the declared steps one after the other, with nothing of the codec. */
const today = (type: string, version: number, data: Record<string, unknown>): readonly object[] => {
  const spec = domain.events[type];
  const step = spec?.past[version - 1];
  if (step === undefined) return [{ type, data }];
  const next = step.upcast(data);
  return Array.isArray(next)
    ? next.flatMap((fact) => today(fact.type, fact.version, fact.data))
    : today(type, version + 1, { ...next });
};

const older = versions.filter(({ type, version }) => version < (domain.events[type]?.version ?? 0));

describe('an event with any data its schema takes', () => {
  test.each(Object.values(domain.aggregates).map(({ category, events }) => [category, Object.values(events)] as const))(
    'of %s is read from the log as it was recorded: byte for byte, and fact for fact',
    async (category, specs: readonly EventSpec[]) => {
      const any = fc.constantFrom(...specs.map((spec) => recorded(category, spec))).chain((event) => event);
      await holds(
        `events of ${category}`,
        fc.asyncProperty(any, async (event) => {
          const read = await stored(event, sealing);
          expect(await sealing.decode([read])).toEqual([
            { ...event, position: read.position, storedAt: read.storedAt },
          ]);
        }),
        () => `of ${specs.length} types`,
      );
    },
  );

  test('is of an older version for three types at least: else the next property were about nothing', () => {
    expect(older.length).toBeGreaterThanOrEqual(3);
  });

  test.each(older.map((version) => [`${version.type} v${version.version}`, version] as const))(
    '%s is read as the facts that it means today, each of which fits its schema',
    async (name, version: Version) => {
      const spec = specIn(version);
      const [category = ''] = Object.values(domain.aggregates).flatMap((one) =>
        version.type in one.events ? [one.category] : [],
      );
      const then = jsonCodec({ events: { [version.type]: spec }, cipher });
      await holds(
        `upcasting ${name}`,
        fc.asyncProperty(recorded(category, spec), async (event) => {
          const read = await stored(event, then);
          expect(read.schemaVersion).toBe(version.version);
          const facts = await sealing.decode([read]);
          const expected = today(version.type, version.version, Object(event.data));
          expect(facts).toEqual(
            expected.map((fact) => ({ ...event, ...fact, position: read.position, storedAt: read.storedAt })),
          );
          for (const fact of facts)
            if ('data' in fact) expect(domain.events[fact.type]?.schema.parse(fact.data)).toEqual(fact.data);
        }),
      );
    },
  );
});
