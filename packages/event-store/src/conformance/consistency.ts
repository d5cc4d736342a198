import assert from 'node:assert/strict';
import { appended, type ConformanceCase, collect, conformanceCase, idsOf, someEvents } from './arena.js';

/** Appends that look at, or write to, more than one stream. */
export const consistencyCases: readonly ConformanceCase[] = [
  conformanceCase(
    'appends only while the checked streams have not moved on',
    async ({ store, stream }) => {
      const [own, other, absent] = [stream(), stream('convention'), stream('person')];
      appended(await store.append(other, 'none', someEvents(2)));
      const stale = await store.append(own, 'none', someEvents(1), { checks: [{ stream: other, revision: 0n }] });
      assert.deepEqual(stale, { outcome: 'conflict', stream: other, expected: 0n, actual: 1n });
      const missing = await store.append(own, 'none', someEvents(1), { checks: [{ stream: absent, revision: 3n }] });
      assert.deepEqual(missing, { outcome: 'conflict', stream: absent, expected: 3n, actual: 'none' });
      assert.equal(await store.streamInfo(own), undefined);
      const checks = [
        { stream: other, revision: 1n },
        { stream: absent, revision: 'none' as const },
      ];
      appended(await store.append(own, 'none', someEvents(1), { checks }));
      assert.equal(await store.streamInfo(absent), undefined);
    },
    ['checks'],
  ),
  conformanceCase(
    'takes the same append again although a checked stream has moved on since',
    async ({ store, stream }) => {
      const [own, other] = [stream(), stream()];
      const events = someEvents(2);
      const checks = [{ stream: other, revision: 'none' as const }];
      const first = await store.append(own, 'none', events, { checks });
      appended(await store.append(other, 'none', someEvents(1)));
      assert.deepEqual(await store.append(own, 'none', events, { checks }), first);
    },
    ['checks'],
  ),
  conformanceCase(
    'lets one of two appends win that each check the other’s stream',
    async ({ store, another, stream }) => {
      const second = await another();
      for (let round = 0; round < 20; round++) {
        const [left, right] = [stream(), stream()];
        // Streams that exist, and streams that must not.
        const revision = round % 2 === 0 ? ('none' as const) : 0n;
        if (revision === 0n) for (const own of [left, right]) appended(await store.append(own, 'none', someEvents(1)));
        const results = await Promise.all([
          store.append(left, revision, someEvents(1), { checks: [{ stream: right, revision }] }),
          second.append(right, revision, someEvents(1), { checks: [{ stream: left, revision }] }),
        ]);
        assert.deepEqual(results.map(({ outcome }) => outcome).sort(), ['appended', 'conflict']);
      }
    },
    ['checks'],
  ),
  conformanceCase(
    'writes several streams or none',
    async ({ store, stream, seen }) => {
      const [left, right] = [stream('convention'), stream('mission')];
      const [forLeft, forRight] = [someEvents(2), someEvents(1)];
      const both = [
        { stream: left, expected: 'none' as const, events: forLeft },
        { stream: right, expected: 'none' as const, events: forRight },
      ];
      const done = appended(await store.appendAll(both));
      assert.equal(done.revision, 0n);
      assert.deepEqual(idsOf(await collect(store.readStream(left))), idsOf(forLeft));
      assert.deepEqual(idsOf(await collect(store.readStream(right))), idsOf(forRight));
      assert.equal((await seen()).at(-1)?.position, done.position);
      const half = await store.appendAll([
        { stream: left, expected: 1n, events: someEvents(1) },
        { stream: right, expected: 'none', events: someEvents(1) },
      ]);
      assert.deepEqual(half, { outcome: 'conflict', stream: right, expected: 'none', actual: 0n });
      assert.equal((await seen()).length, 3);
    },
    ['multiStream'],
  ),
  conformanceCase(
    'takes the same append to several streams again, and refuses it in part',
    async ({ store, stream, seen }) => {
      const [left, right, third] = [stream(), stream(), stream()];
      const [toLeft, toRight] = [
        { stream: left, expected: 'none' as const, events: someEvents(2) },
        { stream: right, expected: 'none' as const, events: someEvents(1) },
      ];
      const first = await store.appendAll([toLeft, toRight]);
      assert.deepEqual(await store.appendAll([toLeft, toRight]), first);
      const more = await store.appendAll([toLeft, { stream: third, expected: 'none', events: someEvents(1) }]);
      assert.deepEqual(more, { outcome: 'conflict', stream: left, expected: 'none', actual: 1n });
      assert.equal((await seen()).length, 3);
    },
    ['multiStream'],
  ),
  conformanceCase(
    'never locks up when appends name the same streams in opposite order',
    async ({ store, another, stream }) => {
      const streams = [stream(), stream(), stream(), stream()];
      const write = async (from: typeof store, order: typeof streams) => {
        for (let done = 0; done < 5; ) {
          const appends = [];
          for (const name of order) {
            const revision = (await from.streamInfo(name))?.revision ?? ('none' as const);
            appends.push({ stream: name, expected: revision, events: someEvents(1) });
          }
          if ((await from.appendAll(appends)).outcome === 'appended') done += 1;
        }
      };
      const orders = [streams, streams.toReversed(), streams, streams.toReversed(), streams, streams.toReversed()];
      const stores = await Promise.all(orders.map(another));
      await Promise.all(orders.map((order, index) => write(stores[index] ?? store, order)));
      for (const name of streams) assert.equal((await store.streamInfo(name))?.revision, 29n);
    },
    ['multiStream'],
  ),
];
