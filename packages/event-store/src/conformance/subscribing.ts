import assert from 'node:assert/strict';
import type { StoredEvent, SubscriptionItem } from '../port.js';
import { appended, type ConformanceCase, conformanceCase, eventWith, idsOf, someEvents, within } from './arena.js';

/** Takes events until there are `count` of the wanted ones, or `until` says so. */
const take = async (
  items: AsyncIterator<SubscriptionItem>,
  count: number,
  wanted: (event: StoredEvent) => boolean,
): Promise<{ readonly events: readonly StoredEvent[]; readonly caughtUp: number }> => {
  const events: StoredEvent[] = [];
  let caughtUp = 0;
  while (events.length < count) {
    const { value, done } = await within('the next event', items.next());
    assert.ok(!done, 'the subscription ended by itself');
    if (value.kind === 'caught-up') caughtUp += 1;
    else if (wanted(value.event)) events.push(value.event);
  }
  return { events, caughtUp };
};

const untilCaughtUp = async (items: AsyncIterator<SubscriptionItem>): Promise<bigint | undefined> => {
  for (;;) {
    const { value, done } = await within('catching up', items.next());
    assert.ok(!done, 'the subscription ended by itself');
    if (value.kind === 'caught-up') return value.position;
  }
};

const from = (after: bigint | undefined) => (after === undefined ? {} : { after });

/** What a subscription gives. */
export const subscribingCases: readonly ConformanceCase[] = [
  conformanceCase(
    'gives a subscriber what there is, says so, and goes on with what comes',
    async ({ store, stream, start }) => {
      const own = stream();
      const [past, live] = [someEvents(3), someEvents(2)];
      appended(await store.append(own, 'none', past));
      const abort = new AbortController();
      const items = store.subscribe({ ...from(start), signal: abort.signal })[Symbol.asyncIterator]();
      const before = await take(items, 3, (event) => event.stream === own);
      assert.deepEqual([idsOf(before.events), before.caughtUp], [idsOf(past), 0]);
      const position = await untilCaughtUp(items);
      assert.ok(position !== undefined && position >= (before.events.at(-1)?.position ?? 0n));
      appended(await store.append(own, 2n, live));
      const after = await take(items, 2, (event) => event.stream === own);
      assert.deepEqual(idsOf(after.events), idsOf(live));
      abort.abort();
      await within('the end', drain(items));
    },
  ),
  conformanceCase('wakes a subscriber for what another writer appends', async ({ store, another, stream }) => {
    const own = stream();
    const start = await store.lastPosition();
    const abort = new AbortController();
    const items = store.subscribe({ ...from(start), signal: abort.signal })[Symbol.asyncIterator]();
    await untilCaughtUp(items);
    const events = someEvents(2);
    appended(await (await another()).append(own, 'none', events));
    assert.deepEqual(idsOf((await take(items, 2, ({ stream }) => stream === own)).events), idsOf(events));
    abort.abort();
    await within('the end', drain(items));
  }),
  conformanceCase(
    'gives a subscriber every event once and in order while others append',
    async ({ store, stream, start }) => {
      const streams = [stream(), stream(), stream()];
      const abort = new AbortController();
      const writing = Promise.all(
        streams.map(async (own) => {
          for (let turn = 0; turn < 10; turn++) {
            appended(await store.append(own, turn === 0 ? 'none' : BigInt(turn * 2 - 1), someEvents(2)));
          }
        }),
      );
      const items = store.subscribe({ ...from(start), signal: abort.signal })[Symbol.asyncIterator]();
      const { events } = await take(items, 60, (event) => streams.some((own) => own === event.stream));
      await writing;
      for (const own of streams) {
        const revisions = events.filter((event) => event.stream === own).map(({ revision }) => Number(revision));
        assert.deepEqual(revisions, [...Array(20).keys()]);
      }
      abort.abort();
      await within('the end', drain(items));
    },
  ),
  conformanceCase('lets a subscriber be slow: nothing is lost of what is appended meanwhile', async (arena) => {
    const { store, stream, start } = arena;
    const [own, writer] = [stream(), await arena.another()];
    const abort = new AbortController();
    const items = store.subscribe({ ...from(start), signal: abort.signal })[Symbol.asyncIterator]();
    await untilCaughtUp(items);
    // More than any buffer between here and a server holds.
    const batches = Array.from({ length: 12 }, () => [...someEvents(60), eventWith(new Uint8Array(200_000))]);
    for (const [turn, batch] of batches.entries())
      appended(await writer.append(own, turn === 0 ? 'none' : BigInt(turn * 61 - 1), batch));
    const wanted = idsOf(batches.flat());
    const { events } = await take(items, wanted.length, (event) => event.stream === own);
    assert.deepEqual(idsOf(events), wanted);
    await untilCaughtUp(items);
    abort.abort();
    await within('the end', drain(items));
  }),
  conformanceCase('gives a subscriber only the categories and types asked for', async ({ store, stream, start }) => {
    const [mission, convention] = [stream('mission'), stream('convention')];
    appended(await store.append(convention, 'none', someEvents(2, 'Opened')));
    appended(await store.append(mission, 'none', [...someEvents(2, 'Opened'), ...someEvents(1, 'Closed')]));
    const abort = new AbortController();
    const filter = { categories: ['mission'], types: ['Opened'] };
    const items = store.subscribe({ ...from(start), ...filter, signal: abort.signal })[Symbol.asyncIterator]();
    appended(await store.append(convention, 1n, someEvents(1, 'Opened')));
    appended(await store.append(mission, 2n, someEvents(1, 'Opened')));
    const { events } = await take(items, 3, () => true);
    assert.ok(events.every(({ type, stream: name }) => type === 'Opened' && name.startsWith('mission-')));
    assert.deepEqual(
      events.filter((event) => event.stream === mission).map(({ revision }) => revision),
      [0n, 1n, 3n],
    );
    abort.abort();
    await within('the end', drain(items));
  }),
  conformanceCase(
    'ends a subscription that is aborted, waiting or not, and leaves nothing open',
    async ({ store, start }) => {
      const abort = new AbortController();
      const items = store.subscribe({ ...from(start), signal: abort.signal })[Symbol.asyncIterator]();
      await untilCaughtUp(items);
      const waiting = items.next();
      abort.abort();
      const rest = await within('the end of a waiting subscription', waiting);
      if (!rest.done) await within('the end', drain(items));
      const aborted = store.subscribe({ ...from(start), signal: AbortSignal.abort() })[Symbol.asyncIterator]();
      assert.equal((await within('the end of one aborted before', aborted.next())).done, true);
      await within('closing', store.close());
    },
  ),
  conformanceCase('ends the subscriptions of a store that is closed', async ({ store, start }) => {
    const items = store.subscribe(from(start))[Symbol.asyncIterator]();
    await untilCaughtUp(items);
    const waiting = items.next();
    await within('closing', store.close());
    const rest = await within('the end of the subscription', waiting);
    if (!rest.done) await within('the end', drain(items));
  }),
];

const drain = async (items: AsyncIterator<SubscriptionItem>): Promise<void> => {
  while (!(await items.next()).done);
};
