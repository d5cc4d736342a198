import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type EventStore, type EventToAppend, type StoredEvent, Unavailable } from '@probono/event-store';
import { migrate, type SqlClient, SqlUnavailable } from '@probono/sql';
import { engines, type FreshDatabase, freshDatabase } from '../../../test/support/databases.js';
import { eventStoreMigrations } from './migrations.js';
import { pageSize } from './page.js';
import { postgresEventStore } from './postgres-event-store.js';

let counter = 0;
const eventWith = (body: Uint8Array): EventToAppend => ({
  eventId: `0190a000-0000-7000-8000-${String(++counter).padStart(12, '0')}`,
  type: 'Counted',
  schemaVersion: 1,
  recordedAt: '2026-03-02T09:00:00.000Z',
  body,
});
const someEvents = (count: number) => Array.from({ length: count }, () => eventWith(Buffer.from('{}')));

const collected = async (events: AsyncIterable<StoredEvent>): Promise<readonly StoredEvent[]> => {
  const all: StoredEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
};

/** A client that says which statements were asked of it, and how many are under way. */
const watched = (client: SqlClient) => {
  const seen = { texts: [] as string[], params: [] as (readonly unknown[])[], underWay: 0 };
  const query = async <Row>(text: string, params?: readonly unknown[]) => {
    seen.texts.push(text);
    seen.params.push(params ?? []);
    seen.underWay += 1;
    try {
      return await client.query<Row>(text, params);
    } finally {
      seen.underWay -= 1;
    }
  };
  const highWaters = () => seen.texts.filter((text) => /high_water|event_position/.test(text)).length;
  return { sql: { ...client, query }, seen, highWaters };
};

const [pages, rest] = [3, 7];

describe.each(engines)('reading from %s', (engine) => {
  let database: FreshDatabase;
  let store: EventStore;
  let start: bigint;
  beforeAll(async () => {
    database = await freshDatabase(engine);
    await migrate(database.client, 'event-store', eventStoreMigrations);
    store = postgresEventStore(database.client);
    for (let part = 0; part < pages; part++) {
      await store.append('mission-long', part === 0 ? 'none' : BigInt(part * pageSize - 1), someEvents(pageSize));
    }
    await store.append('mission-long', BigInt(pages * pageSize - 1), someEvents(rest));
  });
  beforeEach(async () => {
    start = (await store.lastPosition()) ?? 0n;
  });
  afterAll(() => database.drop());

  test('gives every byte back, whatever the body', async () => {
    const bodies = [
      Uint8Array.from({ length: 256 }, (_, byte) => byte),
      Buffer.from('{"path":"C:\\\\new\\\\001","text":"l’été, « à l’essai »"}'),
      Buffer.from('\\x00 \\\\ \\001 \\'),
      new Uint8Array(),
    ];
    await store.append('mission-bytes', 'none', bodies.map(eventWith));
    const read = await collected(store.readStream('mission-bytes'));
    expect(read.map(({ body }) => [...body])).toEqual(bodies.map((body) => [...body]));
    expect(read.map(({ body }) => body.constructor.name)).toEqual(bodies.map(() => 'Uint8Array'));
  });

  test.each(['2026-03-02T09:00:00.000Z', '2026-03-02T09:00:00.120Z', '2026-12-31T23:59:59.007Z'])(
    'gives the time of an append to the millisecond: %s',
    async (at) => {
      await postgresEventStore(database.client, { now: () => new Date(at) }).append(
        `review-${at}`,
        'none',
        someEvents(1),
      );
      expect((await collected(store.readAll({ after: start }))).map(({ storedAt }) => storedAt)).toEqual([at]);
    },
  );

  test('asks how far the log is settled at its beginning and at its end, not for every page', async () => {
    const { sql, highWaters } = watched(database.client);
    const all = await collected(postgresEventStore(sql).readAll());
    expect(all.length).toBeGreaterThanOrEqual(pages * pageSize + rest);
    expect(highWaters()).toBe(2);
  });

  test('sees what was appended while it read', async () => {
    const [late] = someEvents(1);
    if (late === undefined) throw new Error('there is an event');
    let last = '';
    for await (const { position, eventId } of store.readAll()) {
      if (position === 1n) await store.append(`mission-late-${engine}`, 'none', [late]);
      last = eventId;
    }
    expect(last).toBe(late.eventId);
  });

  test('goes no further than its limit, over pages', async () => {
    const some = await collected(store.readAll({ limit: pageSize + 3 }));
    expect(some.map(({ position }) => position)).toEqual(some.map((_, index) => BigInt(index + 1)));
    expect(some).toHaveLength(pageSize + 3);
  });

  test('finds what is wanted behind a long stretch of positions that hold nothing, in pages that look no further', async () => {
    await database.client.query(`SELECT setval('probono.event_position', $1)`, [start + BigInt(25 * pageSize)]);
    await store.append(`review-far-${engine}`, 'none', someEvents(2));
    const { sql, seen } = watched(database.client);
    for (const [filter, reach] of [
      [{}, pageSize],
      [{ categories: ['review'] }, 10 * pageSize],
    ] as const) {
      seen.params.length = 0;
      const found = await collected(postgresEventStore(sql).readAll({ ...filter, after: start }));
      expect(found.map(({ position }) => position - start)).toEqual([1n, 2n].map((n) => n + BigInt(25 * pageSize)));
      const looks = seen.params.flatMap(([above, to]) =>
        typeof to === 'bigint' ? [Number(to - BigInt(String(above)))] : [],
      );
      expect(Math.max(...looks)).toBe(reach);
    }
  });

  test('leaves nothing under way when its reader stops, or is aborted', async () => {
    const { sql, seen } = watched(database.client);
    for await (const _ of postgresEventStore(sql).readAll()) break;
    expect(seen.underWay).toBe(0);
    const abort = new AbortController();
    const reading = async () => {
      for await (const _ of postgresEventStore(sql).readAll({ signal: abort.signal })) abort.abort(new Error('enough'));
    };
    await expect(reading()).rejects.toThrow('enough');
    expect(seen.underWay).toBe(0);
  });

  test('tells of a failed page after the events of the page before', async () => {
    const { sql } = watched(database.client);
    let asked = 0;
    const failing: SqlClient = {
      ...sql,
      query: async <Row>(text: string, params?: readonly unknown[]) => {
        if (/FROM probono.events/.test(text) && ++asked === 2) throw new SqlUnavailable('gone');
        return sql.query<Row>(text, params);
      },
    };
    let given = 0;
    const reading = async () => {
      for await (const _ of postgresEventStore(failing).readAll()) given += 1;
    };
    await expect(reading()).rejects.toThrow(Unavailable);
    expect(given).toBe(pageSize);
  });

  test('gives each event once to a reader that asks for several at once, and ends for good', async () => {
    const events = store.readAll({ limit: 4 })[Symbol.asyncIterator]();
    const asked = await Promise.all(Array.from({ length: 6 }, () => events.next()));
    expect(asked.map(({ done, value }) => done || value.position)).toEqual([1n, 2n, 3n, 4n, true, true]);
    expect(await events.next()).toEqual({ done: true, value: undefined });
  });
});
