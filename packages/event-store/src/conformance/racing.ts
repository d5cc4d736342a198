import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { StreamName } from '@probono/domain';
import type { EventStore, StoredEvent } from '../port.js';
import { appended, type ConformanceCase, collect, conformanceCase, idsOf, someEvents, within } from './arena.js';

const writers = 8;
const each = 12;

/** Appends to one stream until it has won `each` times; gives back the revisions it won. */
const compete = async (store: EventStore, stream: StreamName): Promise<readonly bigint[]> => {
  const won: bigint[] = [];
  while (won.length < each) {
    const expected = (await store.streamInfo(stream))?.revision ?? ('none' as const);
    const result = await store.append(stream, expected, someEvents(1));
    if (result.outcome === 'appended') won.push(result.revision);
    else assert.notEqual(result.actual, expected);
  }
  return won;
};

/** A store in memory answers without ever letting a timer have its turn. */
const aTurn = () => new Promise<void>(setImmediate);

/** Follows the log by `readAll` until `done` says that nobody writes any more and a last look found nothing. */
const follow = async (
  store: EventStore,
  start: bigint | undefined,
  done: () => boolean,
): Promise<readonly StoredEvent[]> => {
  const seen: StoredEvent[] = [];
  let after = start;
  for (;;) {
    const last = done();
    const before = seen.length;
    for await (const event of store.readAll(after === undefined ? {} : { after })) {
      assert.ok(after === undefined || event.position > after, `position ${event.position} came after ${after}`);
      after = event.position;
      seen.push(event);
    }
    if (last && seen.length === before) return seen;
    await aTurn();
  }
};

/** As {@link follow}, but stops behind every event and begins again from there. */
const followInSteps = async (
  store: EventStore,
  start: bigint | undefined,
  done: () => boolean,
): Promise<readonly StoredEvent[]> => {
  const seen: StoredEvent[] = [];
  for (;;) {
    const last = done();
    const after = seen.at(-1)?.position ?? start;
    const [next] = await collect(store.readAll({ limit: 1, ...(after !== undefined && { after }) }));
    if (next !== undefined) seen.push(next);
    else if (last) return seen;
    else await aTurn();
  }
};

/** The same chances at every run. */
const chances = (seed: number) => (): number => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed / 2 ** 32;
};

/** Writers and readers at the same time. */
export const racingCases: readonly ConformanceCase[] = [
  conformanceCase(
    'has one winner for every revision of a stream that many write to',
    async ({ another, stream, store }) => {
      const own = stream();
      const stores = await Promise.all(Array.from({ length: writers }, another));
      const won = await within('the race', Promise.all(stores.map((one) => compete(one, own))));
      assert.deepEqual(
        won.flat().toSorted((a, b) => Number(a - b)),
        Array.from({ length: writers * each }, (_, revision) => BigInt(revision)),
      );
      assert.equal((await collect(store.readStream(own))).length, writers * each);
    },
  ),
  conformanceCase(
    'shows readers every event of many hesitant writers, once, in the order of each stream, and nothing that was refused',
    async ({ another, stream, start }) => {
      const streams = Array.from({ length: writers }, () => stream());
      const stores = await Promise.all(streams.map(another));
      let running = true;
      const write = async (store: EventStore, own: StreamName, chance: () => number) => {
        const ids: string[] = [];
        let expected: bigint | 'none' = 'none';
        for (let turn = 0; turn < each; turn++) {
          if (chance() < 0.5) await pause(chance() * 10);
          if (chance() < 0.3) {
            const refused = await store.append(own, expected === 'none' ? 5n : expected + 5n, someEvents(2));
            assert.equal(refused.outcome, 'conflict');
          }
          const events = someEvents(1 + (turn % 3));
          expected = appended(await store.append(own, expected, events)).revision;
          ids.push(...idsOf(events));
        }
        return ids;
      };
      const readers = await Promise.all([another(), another()]);
      const reading = Promise.all(
        readers.map((store, index) => (index === 0 ? follow : followInSteps)(store, start, () => !running)),
      );
      const written = await within(
        'writing',
        Promise.all(
          streams.map(async (own, index) => write(stores[index] ?? assert.fail('no store'), own, chances(index))),
        ),
      ).finally(() => {
        running = false;
      });
      for (const seen of await within('reading', reading)) {
        for (const [index, own] of streams.entries()) {
          assert.deepEqual(idsOf(seen.filter((event) => event.stream === own)), written[index]);
        }
      }
    },
  ),
];
