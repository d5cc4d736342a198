import { describe, expect, test } from '@jest/globals';
import type { StreamName } from '@probono/domain';
import { collect, eventWith, someEvents } from '../conformance/arena.js';
import { UnknownOutcome } from '../failure.js';
import { memoryEventStore } from '../memory/memory-event-store.js';
import type { EventStore, EventToAppend, StoredEvent } from '../port.js';
import { copyLog } from './copy-log.js';

const empty = () => memoryEventStore({ now: () => new Date('2026-03-02T09:00:00.000Z') });

/** A log whose streams take turns, in appends of several sizes. */
const filled = async (turns: number): Promise<EventStore> => {
  const store = empty();
  const streams: StreamName[] = ['mission-1', 'convention-2', 'mission-3'];
  const revisions = new Map<StreamName, bigint>();
  for (let turn = 0; turn < turns; turn++) {
    const stream = streams[(turn * turn) % 3] ?? 'mission-1';
    const at = revisions.get(stream) ?? 'none';
    const result = await store.append(stream, at, someEvents(1 + (turn % 3)));
    if (result.outcome === 'appended') revisions.set(stream, result.revision);
  }
  return store;
};

/** What a copy has to keep. */
const kept = ({ stream, revision, eventId, type, schemaVersion, recordedAt, body }: StoredEvent) =>
  `${stream}/${revision} ${eventId} ${type} ${schemaVersion} ${recordedAt} ${Buffer.from(body).toString('hex')}`;
const logOf = async (store: EventStore) => (await collect(store.readAll())).map(kept);

/** A store that can do no more than the port's minimum. */
const plain = (store: EventStore): EventStore => ({
  ...store,
  capabilities: { checks: false, multiStream: false, buckets: false },
  appendAll: () => Promise.reject(new Error('one stream at a time')),
});

describe('a copy of a log', () => {
  test.each([
    ['several streams at once', (store: EventStore) => store],
    ['one stream at a time', plain],
  ])('is the same event by event and in the same order, %s', async (_, as) => {
    const [from, to] = [await filled(60), empty()];
    const log = await logOf(from);
    expect(await copyLog(from, as(to))).toEqual({ outcome: 'copied', events: log.length, copied: log.length });
    expect(await logOf(to)).toEqual(log);
  });

  test('of nothing is nothing', async () => {
    expect(await copyLog(empty(), empty())).toEqual({ outcome: 'copied', events: 0, copied: 0 });
  });

  test('once more copies only what is new', async () => {
    const [from, to] = [await filled(30), empty()];
    const { events } = await copyLog(from, to);
    expect(await copyLog(from, to)).toEqual({ outcome: 'copied', events, copied: 0 });
    await from.append('review-1', 'none', someEvents(2));
    expect(await copyLog(from, to)).toEqual({ outcome: 'copied', events: events + 2, copied: 2 });
    expect(await logOf(to)).toEqual(await logOf(from));
  });

  test('keeps large events, each append within what a store takes', async () => {
    const [from, to] = [empty(), empty()];
    for (let turn = -1n; turn < 4n; turn++)
      await from.append('mission-1', turn < 0n ? 'none' : turn, [eventWith(Buffer.alloc(700_000, Number(turn) + 1))]);
    expect(await copyLog(from, to)).toMatchObject({ outcome: 'copied', copied: 5 });
    expect(await logOf(to)).toEqual(await logOf(from));
  });

  test('leaves out what is appended to the source while it runs', async () => {
    const [from, to] = [await filled(10), empty()];
    const before = (await logOf(from)).length;
    const onProgress = async () => void (await from.append(`review-${Math.random()}`, 'none', someEvents(1)));
    expect(await copyLog(from, to, { onProgress })).toMatchObject({ outcome: 'copied', events: before });
    expect(await logOf(to)).toHaveLength(before);
  });

  test('stopped half-way throws the reason, and goes on where it stood', async () => {
    const [from, to] = [await filled(60), empty()];
    const log = await logOf(from);
    const stop = new AbortController();
    const onProgress = ({ events }: { events: number }) => void (events > log.length / 2 && stop.abort('enough'));
    await expect(copyLog(from, plain(to), { onProgress, signal: stop.signal })).rejects.toBe('enough');
    const held = (await logOf(to)).length;
    expect(held).toBeGreaterThan(log.length / 2);
    expect(held).toBeLessThan(log.length);
    expect(await copyLog(from, plain(to))).toMatchObject({ outcome: 'copied', copied: log.length - held });
    expect(await logOf(to)).toEqual(log);
  });
});

describe('a target whose answers are lost', () => {
  /** Loses the answers to these appends, the first being 1: before the append is done, or after it. */
  const losing = (store: EventStore, when: 'before' | 'after', lost: (turn: number) => boolean): EventStore => {
    let turn = 0;
    const losingOf =
      <A extends readonly unknown[], R>(call: (...args: A) => Promise<R>) =>
      async (...args: A): Promise<R> => {
        const isLost = lost(++turn);
        if (isLost && when === 'before') throw new UnknownOutcome('lost');
        const result = await call(...args);
        if (isLost) throw new UnknownOutcome('lost');
        return result;
      };
    return { ...store, append: losingOf(store.append), appendAll: losingOf(store.appendAll) };
  };

  test.each([
    ['before', 'several streams at once', (store: EventStore) => store],
    ['after', 'several streams at once', (store: EventStore) => store],
    ['before', 'one stream at a time', plain],
    ['after', 'one stream at a time', plain],
  ] as const)('%s the append is done gets it again, and has every event once, %s', async (when, _, as) => {
    const [from, to] = [await filled(60), empty()];
    const log = await logOf(from);
    const target = losing(as(to), when, (turn) => turn % 3 !== 0);
    expect(await copyLog(from, target)).toEqual({ outcome: 'copied', events: log.length, copied: log.length });
    expect(await logOf(to)).toEqual(log);
  });

  test('for good ends the copy, and the same copy later goes on', async () => {
    const [from, to] = [await filled(60), empty()];
    const log = await logOf(from);
    await expect(
      copyLog(
        from,
        losing(plain(to), 'after', (turn) => turn > 4),
      ),
    ).rejects.toThrow(UnknownOutcome);
    const held = (await logOf(to)).length;
    expect(await copyLog(from, to)).toMatchObject({ outcome: 'copied', copied: log.length - held });
    expect(await logOf(to)).toEqual(log);
  });
});

describe('a target that is not the beginning of the source', () => {
  const differs = async (from: EventStore, to: EventStore) => {
    const before = await logOf(to);
    const result = await copyLog(from, to);
    expect(await logOf(to)).toEqual(before);
    return result;
  };

  test('with events of its own is refused, and nothing is appended', async () => {
    const [from, to] = [await filled(5), empty()];
    const [own] = someEvents(1);
    await to.append('mission-1', 'none', own === undefined ? [] : [own]);
    expect(await differs(from, to)).toEqual({
      outcome: 'differs',
      events: 0,
      copied: 0,
      difference: {
        kind: 'foreign',
        at: 1,
        message: expect.stringMatching(
          new RegExp(
            `^event 1 is mission-1/0 \\(.*\\) in the source, and mission-1/0 \\(${own?.eventId}\\) in the target$`,
          ),
        ),
      },
    });
  });

  test('that went on by itself is refused', async () => {
    const [from, to] = [await filled(5), empty()];
    const { events } = await copyLog(from, to);
    await to.append('review-1', 'none', someEvents(1));
    expect(await differs(from, to)).toMatchObject({
      events,
      difference: { kind: 'foreign', message: expect.stringMatching(/review-1\/0 .* is not in the source$/) },
    });
    expect((await differs(empty(), to)).outcome).toBe('differs');
  });

  test.each([
    ['body', { body: Buffer.from('{"index":9}') }],
    ['type', { type: 'Other' }],
    ['recordedAt', { recordedAt: '2026-03-02T09:00:00.001Z' }],
  ])('with another %s is refused', async (field, change: Partial<EventToAppend>) => {
    const [from, to] = [empty(), empty()];
    const events = someEvents(3);
    await from.append('mission-1', 'none', events);
    await to.append(
      'mission-1',
      'none',
      events.map((event, index) => (index === 1 ? { ...event, ...change } : event)),
    );
    expect(await differs(from, to)).toMatchObject({
      events: 1,
      difference: { kind: 'changed', at: 2, message: expect.stringContaining(`another ${field} in the target`) },
    });
  });
});

describe('a copy that went wrong', () => {
  test('is found out by reading it again', async () => {
    const [from, to] = [await filled(5), empty()];
    const forgetful: EventStore = {
      ...to,
      appendAll: (appends) =>
        to.appendAll(
          appends.map((each) => ({
            ...each,
            events: each.events.map((event) => ({ ...event, body: Buffer.from('{}') })),
          })),
        ),
    };
    expect(await copyLog(from, forgetful)).toMatchObject({ outcome: 'differs', events: 0, difference: { at: 1 } });
  });

  test('by a store that dropped the last append is found out', async () => {
    const [from, to] = [await filled(5), empty()];
    const lazy: EventStore = { ...to, appendAll: async () => ({ outcome: 'appended', revision: 0n, position: 1n }) };
    expect(await copyLog(from, lazy)).toMatchObject({ difference: { kind: 'missing', at: 1 } });
  });

  test('because somebody else wrote to the target says so', async () => {
    const [from, to] = [await filled(20), empty()];
    const race = plain(to);
    let turn = 0;
    const raced: EventStore = {
      ...race,
      async append(stream, expected, events) {
        if (++turn === 3) await to.append(stream, expected, someEvents(1));
        return race.append(stream, expected, events);
      },
    };
    const result = await copyLog(from, raced);
    expect(result).toMatchObject({ outcome: 'differs', difference: { kind: 'foreign' } });
    expect(result).toHaveProperty('difference.message', expect.stringContaining('something else writes there'));
  });
});
