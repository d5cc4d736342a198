import assert from 'node:assert/strict';
import type { StreamName } from '@probono/domain';
import { AppendTooLarge } from '../failure.js';
import { maxAppendBytes } from '../port.js';
import { appended, type ConformanceCase, collect, conformanceCase, eventWith, idsOf, someEvents } from './arena.js';

/** What an append does, and what it gives back. */
export const appendingCases: readonly ConformanceCase[] = [
  conformanceCase('gives revisions from 0 without gaps, and rising positions', async ({ store, stream }) => {
    const own = stream();
    const first = appended(await store.append(own, 'none', someEvents(3)));
    const second = appended(await store.append(own, 2n, someEvents(2)));
    assert.deepEqual([first.revision, second.revision], [2n, 4n]);
    const events = await collect(store.readStream(own));
    assert.deepEqual(
      events.map(({ revision }) => revision),
      [0n, 1n, 2n, 3n, 4n],
    );
    const positions = events.map(({ position }) => position);
    assert.deepEqual([positions[2], positions[4]], [first.position, second.position]);
    for (const [index, position] of positions.entries())
      assert.ok(index === 0 || position > (positions[index - 1] ?? 0n));
  }),
  conformanceCase('gives back what was appended, to the byte', async ({ store, stream }) => {
    const own = stream();
    const bodies = [
      Buffer.from('{"nom":"Zoë Œuvrard","emoji":"🇫🇷","escaped":"\\u00e9\\"\\\\"}'),
      Buffer.from('  { "b" : 1.0 , "a" : 1e2 }\n'),
      Uint8Array.from({ length: 256 }, (_, byte) => byte),
      new Uint8Array(0),
    ];
    const events = bodies.map((body) => eventWith(body));
    appended(await store.append(own, 'none', events));
    for (const [index, stored] of (await collect(store.readStream(own))).entries()) {
      const { eventId, type, schemaVersion, recordedAt } = stored;
      const { body, ...copies } = events[index] ?? assert.fail('more events than were appended');
      assert.deepEqual({ eventId, type, schemaVersion, recordedAt }, copies);
      assert.deepEqual(Buffer.from(stored.body), Buffer.from(body));
      assert.equal(stored.stream, own);
      assert.match(stored.storedAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    }
  }),
  conformanceCase('names the actual revision in a conflict, and appends nothing', async ({ store, stream }) => {
    const own = stream();
    const absent = await store.append(own, 4n, someEvents(1));
    assert.deepEqual(absent, { outcome: 'conflict', stream: own, expected: 4n, actual: 'none' });
    appended(await store.append(own, 'none', someEvents(3)));
    const behind = await store.append(own, 1n, someEvents(2));
    assert.deepEqual(behind, { outcome: 'conflict', stream: own, expected: 1n, actual: 2n });
    const exists = await store.append(own, 'none', someEvents(1));
    assert.deepEqual(exists, { outcome: 'conflict', stream: own, expected: 'none', actual: 2n });
    assert.equal((await collect(store.readStream(own))).length, 3);
  }),
  conformanceCase('takes the same append again and answers with the original revision', async ({ store, stream }) => {
    const own = stream();
    const [one, two] = [someEvents(2), someEvents(2)];
    const first = appended(await store.append(own, 'none', one));
    const second = appended(await store.append(own, 1n, two));
    assert.deepEqual(await store.append(own, 1n, two), second);
    assert.deepEqual(await store.append(own, 'none', one), first);
    assert.deepEqual(idsOf(await collect(store.readStream(own))), idsOf([...one, ...two]));
  }),
  conformanceCase('refuses an append of which only a part stands in the stream', async ({ store, stream }) => {
    const own = stream();
    const [first, second, third] = [someEvents(1), someEvents(1), someEvents(1)].flat();
    assert.ok(first && second && third);
    appended(await store.append(own, 'none', [first, second]));
    for (const partial of [
      [first, third],
      [third, second],
      [first, second, third],
    ]) {
      const result = await store.append(own, 'none', partial);
      assert.deepEqual(result, { outcome: 'conflict', stream: own, expected: 'none', actual: 1n });
    }
    assert.equal((await collect(store.readStream(own))).length, 2);
  }),
  conformanceCase('takes an append of no events, which only looks at the revision', async ({ store, stream }) => {
    const own = stream();
    const empty = appended(await store.append(own, 'none', []));
    assert.deepEqual([empty.revision, empty.position], [-1n, 0n]);
    assert.equal(await store.streamInfo(own), undefined);
    const written = appended(await store.append(own, 'none', someEvents(2)));
    assert.deepEqual(await store.append(own, 1n, []), written);
    assert.equal((await store.append(own, 0n, [])).outcome, 'conflict');
  }),
  conformanceCase('refuses an append that is too large before sending it', async ({ store, stream }) => {
    const own = stream();
    const half = Math.floor(maxAppendBytes / 2);
    const tooLarge = [eventWith(new Uint8Array(half).fill(0x20)), eventWith(new Uint8Array(half).fill(0x20))];
    await assert.rejects(store.append(own, 'none', tooLarge), AppendTooLarge);
    assert.equal(await store.streamInfo(own), undefined);
    const fits = [eventWith(new Uint8Array(half - 1000).fill(0x20)), eventWith(new Uint8Array(half - 1000).fill(0x20))];
    appended(await store.append(own, 'none', fits));
  }),
  conformanceCase('leaves names that begin with $ to servers that use them for themselves', async ({ store }) => {
    // Only a caller without types can ask for it.
    for (const name of ['$mission-1', '$$mission-1', '']) {
      const append = store.append(name as StreamName, 'none', someEvents(1));
      await assert.rejects(append, /^TypeError: .* cannot be the name of a stream: /);
    }
  }),
  conformanceCase('tells where a stream stands', async ({ store, stream }) => {
    const own = stream();
    assert.equal(await store.streamInfo(own), undefined);
    appended(await store.append(own, 'none', someEvents(3)));
    assert.deepEqual(await store.streamInfo(own), { stream: own, revision: 2n });
  }),
];
