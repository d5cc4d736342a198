import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { openApplication, stateOf } from '@probono/application';
import { domain, type Recorded, type StreamName } from '@probono/domain';
import { canonicalBytes, jsonCodec, memoryEventStore, type StoredEvent } from '@probono/event-store';
import { fieldCipher, memoryKeyStore } from '@probono/privacy';
import fc from 'fast-check';
import { trials } from './support/properties/acts.js';
import { cases } from './support/properties/cases.js';
import { forkOf } from './support/properties/forked-store.js';
import { recorded } from './support/properties/recorded.js';
import { codec, commandOf, tellStory } from './support/properties/story.js';

const types = Object.keys(domain.events);
const idOf = (n: number): string => `0190fffe-0000-7000-8000-${String(n).padStart(12, '0')}`;

const readAll = async (events: AsyncIterable<StoredEvent>): Promise<readonly StoredEvent[]> => {
  const all = [];
  for await (const event of events) all.push(event);
  return all;
};

describe('an event of any type, with any data its schema takes', () => {
  const keys = memoryKeyStore({ random: randomBytes, now: () => new Date(0) });
  const sealing = jsonCodec({ events: domain.events, cipher: fieldCipher(keys, { random: randomBytes }) });

  test('is read from the log as it was recorded: byte for byte, and fact for fact', async () => {
    const events = new Map(types.map((type) => [type, recorded(domain, type)]));
    const any = fc.constantFrom(...events.values()).chain((event) => event);
    await fc.assert(
      fc.asyncProperty(any, async (event) => {
        const store = memoryEventStore({ now: () => new Date(0) });
        const [encoded] = await sealing.encode([event]);
        if (encoded === undefined) throw new Error('nothing was encoded');
        const text = new TextDecoder().decode(encoded.body);
        expect(text).toBe(new TextDecoder().decode(canonicalBytes(JSON.parse(text), event.type)));
        await store.append(event.stream as StreamName, 'none', [encoded]);
        const [stored] = await readAll(store.readStream(event.stream as StreamName));
        if (stored === undefined) throw new Error('nothing was stored');
        expect(Buffer.compare(stored.body, encoded.body)).toBe(0);
        const [decoded] = await sealing.decode([stored]);
        expect(decoded).toEqual({ ...event, position: stored.position });
      }),
      { numRuns: cases },
    );
  });
});

/** Given twice, these are two acts: each moves a figure by so much. */
const differences = new Set(['CorrectHours', 'RecordAdjustment']);

describe('a command at any moment of the examples', () => {
  test('is recorded as facts that fold, once only, or refused without a trace', async () => {
    const story = await tellStory();
    const seen = { accepted: new Set<string>(), refused: new Set<string>() };
    await fc.assert(
      fc.asyncProperty(trials(story), async ({ moment, acts }) => {
        const fork = forkOf(story.before(moment));
        const application = openApplication({ store: fork.store, codec, catalogue: domain });
        let given = 0;
        for (const act of acts) {
          const command = commandOf(act, idOf(++given));
          if (command === undefined) continue;
          const before = fork.appended().length;
          const outcome = await application.execute(command);
          if (outcome.kind !== 'accepted') {
            expect(outcome.kind).toBe('refused');
            expect(fork.appended()).toHaveLength(before);
            seen.refused.add(act.command);
            continue;
          }
          seen.accepted.add(act.command);
          const written = fork.appended().length;
          expect(written - before).toBe(outcome.events.length);
          for (const { stream } of outcome.events) {
            expect(await stateOf(fork.store, codec, domain, stream as StreamName)).toBeDefined();
          }

          const repeated = await application.execute(command);
          const ids = (events: readonly Recorded[]) => events.map(({ eventId }) => eventId);
          expect(repeated).toMatchObject({ kind: 'accepted', repeated: outcome.events.length > 0 });
          if (repeated.kind === 'accepted') expect(ids(repeated.events)).toEqual(ids(outcome.events));
          expect(fork.appended()).toHaveLength(written);

          if (differences.has(act.command)) continue;
          const again = commandOf(act, idOf(++given));
          const other = again && (await application.execute(again));
          if (other?.kind === 'accepted')
            expect([act.command, other.events.map(({ type }) => type)]).toEqual([act.command, []]);
          expect(fork.appended()).toHaveLength(written);
        }
      }),
      { numRuns: cases },
    );
    // Else the property would be about nothing.
    if (cases >= 1000) {
      expect(seen.accepted.size).toBeGreaterThan(60);
      expect(seen.refused.size).toBeGreaterThan(80);
    }
  }, 120_000);
});
