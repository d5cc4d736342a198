import assert from 'node:assert/strict';
import { bucketOf } from '../bucket.js';
import { type Arena, appended, type ConformanceCase, collect, conformanceCase, idsOf, someEvents } from './arena.js';

/** Three streams, written by turns. */
const threeStreams = async ({ store, stream }: Arena) => {
  const streams = [stream('mission'), stream('convention'), stream('mission')] as const;
  for (let turn = 0; turn < 3; turn++) {
    for (const own of streams) {
      const expected = turn === 0 ? ('none' as const) : BigInt(turn * 2 - 1);
      appended(await store.append(own, expected, [...someEvents(1, 'Opened'), ...someEvents(1, 'Closed')]));
    }
  }
  return streams;
};

/** What reads of one stream and of the whole log give. */
export const readingCases: readonly ConformanceCase[] = [
  conformanceCase('reads a stream from any revision, both ways, up to a limit', async ({ store, stream }) => {
    const own = stream();
    appended(await store.append(own, 'none', someEvents(6)));
    const revisions = async (options: Parameters<typeof store.readStream>[1]) =>
      (await collect(store.readStream(own, options))).map(({ revision }) => Number(revision));
    assert.deepEqual(await revisions({}), [0, 1, 2, 3, 4, 5]);
    assert.deepEqual(await revisions({ from: 4n }), [4, 5]);
    assert.deepEqual(await revisions({ from: 1n, limit: 2 }), [1, 2]);
    assert.deepEqual(await revisions({ direction: 'backwards' }), [5, 4, 3, 2, 1, 0]);
    assert.deepEqual(await revisions({ direction: 'backwards', from: 2n, limit: 2 }), [2, 1]);
    assert.deepEqual(await revisions({ direction: 'backwards', limit: 1 }), [5]);
    assert.deepEqual(await revisions({ from: 6n }), []);
  }),
  conformanceCase('reads a stream that does not exist as empty', async ({ store, stream }) => {
    const own = stream();
    assert.deepEqual(await collect(store.readStream(own)), []);
    assert.deepEqual(await collect(store.readStream(own, { direction: 'backwards' })), []);
  }),
  conformanceCase('reads the whole log in the order of positions and of every stream', async (arena) => {
    const streams = await threeStreams(arena);
    const all = await arena.seen();
    assert.equal(all.length, 18);
    for (const [index, event] of all.entries())
      assert.ok(index === 0 || event.position > (all[index - 1]?.position ?? 0n));
    for (const own of streams) {
      const inLog = all.filter(({ stream }) => stream === own);
      assert.deepEqual(inLog, await collect(arena.store.readStream(own)));
    }
    assert.equal(await arena.store.lastPosition(), all.at(-1)?.position);
  }),
  conformanceCase('loses nothing when a reader stops and resumes, wherever it does', async (arena) => {
    await threeStreams(arena);
    const all = await arena.seen();
    for (const [index, { position }] of all.entries()) {
      assert.deepEqual(idsOf(await arena.seen({ after: position })), idsOf(all.slice(index + 1)));
    }
  }),
  conformanceCase('reads the whole log up to a position', async (arena) => {
    await threeStreams(arena);
    const all = await arena.seen();
    for (const index of [0, 7, 17]) {
      const upTo = all[index]?.position ?? assert.fail('an event is missing');
      assert.deepEqual(idsOf(await arena.seen({ upTo })), idsOf(all.slice(0, index + 1)));
    }
  }),
  conformanceCase('reads the whole log backwards', async (arena) => {
    await threeStreams(arena);
    const all = await arena.seen();
    assert.deepEqual(idsOf(await arena.seen({ direction: 'backwards' })), idsOf(all).toReversed());
    const [after, upTo] = [all[9]?.position ?? 0n, all[4]?.position ?? 0n];
    const part = await arena.seen({ direction: 'backwards', after, upTo });
    assert.deepEqual(idsOf(part), idsOf(all.slice(4, 9)).toReversed());
    const last = await arena.seen({ direction: 'backwards', limit: 1 });
    assert.deepEqual(idsOf(last), idsOf(all.slice(-1)));
  }),
  conformanceCase('reads the whole log up to a limit', async (arena) => {
    await threeStreams(arena);
    assert.deepEqual(idsOf(await arena.seen({ limit: 5 })), idsOf((await arena.seen()).slice(0, 5)));
    assert.deepEqual(await arena.seen({ limit: 0 }), []);
  }),
  conformanceCase('reads only the categories and types asked for', async (arena) => {
    await threeStreams(arena);
    const all = await arena.seen();
    const missions = all.filter(({ stream }) => stream.startsWith('mission-'));
    assert.equal(missions.length, 12);
    assert.deepEqual(idsOf(await arena.seen({ categories: ['mission'] })), idsOf(missions));
    assert.deepEqual(idsOf(await arena.seen({ categories: ['mission', 'convention'] })), idsOf(all));
    const opened = missions.filter(({ type }) => type === 'Opened');
    assert.deepEqual(idsOf(await arena.seen({ categories: ['mission'], types: ['Opened'] })), idsOf(opened));
    assert.deepEqual(
      idsOf(await arena.seen({ categories: ['mission'], types: ['Opened'], limit: 2 })),
      idsOf(opened.slice(0, 2)),
    );
    assert.deepEqual(await arena.seen({ categories: [] }), []);
    assert.deepEqual(await arena.seen({ categories: ['miss'] }), []);
  }),
  conformanceCase(
    'reads only the buckets asked for, each event in exactly one',
    async (arena) => {
      await threeStreams(arena);
      const all = await arena.seen();
      const parts = [];
      for (const start of [0, 16, 32, 48]) {
        const buckets = Array.from({ length: 16 }, (_, index) => start + index);
        const part = await arena.seen({ buckets });
        for (const { stream } of part) assert.ok(buckets.includes(bucketOf(stream)));
        parts.push(...part);
      }
      assert.deepEqual(idsOf(parts).toSorted(), idsOf(all).toSorted());
    },
    ['buckets'],
  ),
  conformanceCase(
    'throws from an aborted read, so that a part does not pass for the whole',
    async ({ store, stream }) => {
      const own = stream();
      appended(await store.append(own, 'none', someEvents(5)));
      const reason = new Error('enough');
      for (const read of [store.readStream.bind(store, own), store.readAll.bind(store)]) {
        const abort = new AbortController();
        const reading = async () => {
          for await (const _ of read({ signal: abort.signal })) abort.abort(reason);
        };
        await assert.rejects(reading, (error) => error === reason);
      }
      assert.equal((await collect(store.readStream(own))).length, 5);
    },
  ),
];
