import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type EventToAppend, type StoredEvent, Unavailable, UnknownOutcome } from '@probono/event-store';
import { migrate, openSql, type SqlClient } from '@probono/sql';
import { type FreshDatabase, freshDatabase, postgresUrl } from '../../../test/support/databases.js';
import { appendAll } from './append.js';
import { highWater } from './high-water.js';
import { eventStoreMigrations } from './migrations.js';
import { postgresEventStore } from './postgres-event-store.js';

type Stream = `mission-${string}`;

/** The same numbers on every run (mulberry32). */
const seeded = (seed: number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

let counter = 0;
const someEvents = (count: number): readonly EventToAppend[] =>
  Array.from({ length: count }, () => ({
    eventId: `0190a000-0000-7000-8000-${String(++counter).padStart(12, '0')}`,
    type: 'Counted',
    schemaVersion: 1,
    recordedAt: '2026-03-02T09:00:00.000Z',
    body: Buffer.from('{}'),
  }));

/** A promise, and what settles it. */
const latch = () => {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
};

const until = async (what: string, look: () => Promise<boolean>): Promise<void> => {
  const deadline = performance.now() + 60_000;
  while (!(await look())) if (performance.now() > deadline) throw new Error(`${what} did not come about`);
};

class RolledBack extends Error {}

(postgresUrl ? describe : describe.skip)('on a PostgreSQL where appends commit late', () => {
  let database: FreshDatabase;
  let sql: SqlClient;
  beforeAll(async () => {
    database = await freshDatabase('postgres');
    await migrate(database.client, 'event-store', eventStoreMigrations);
    sql = await openSql(database.url, { max: 16 });
  });
  afterAll(async () => {
    await sql.close();
    await database.drop();
  });

  const readFrom = async (after: bigint | undefined) => {
    const events: StoredEvent[] = [];
    for await (const event of postgresEventStore(sql).readAll(after === undefined ? {} : { after })) events.push(event);
    return events;
  };
  /** Whether an append waits for a lock now. */
  const waitingAppend = async () => {
    const waiting = await sql.query(
      `SELECT FROM pg_stat_activity
       WHERE wait_event_type = 'Lock' AND query LIKE '%append_events%' AND datname = current_database()`,
    );
    return waiting.length > 0;
  };
  /** Appends in a transaction that stays open until it is told to end. */
  const openAppend = (stream: Stream, events: readonly EventToAppend[], end: Promise<void>) => {
    const { open, opened } = latch();
    const ended = sql.transaction(async (tx) => {
      await appendAll(tx, [{ stream, expected: 'none', events }], {}, undefined);
      open();
      await end;
    });
    return { appended: opened, ended };
  };

  test('a reader waits for the earlier append, and then gives both in order', async () => {
    const start = await postgresEventStore(sql).lastPosition();
    const [early, late] = [someEvents(1), someEvents(1)];
    const { open, opened } = latch();
    const first = openAppend('mission-early', early, opened);
    await first.appended;
    await postgresEventStore(sql).append('mission-late', 'none', late);
    const visible = await sql.query<{ event_id: string }>('SELECT event_id FROM probono.events WHERE position > $1', [
      start ?? 0n,
    ]);
    // What a reader of "everything above my last position" would take, and never look back.
    expect(visible.map(({ event_id }) => event_id)).toEqual([late[0]?.eventId]);
    const [before] = await sql.query<{ now: Date }>('SELECT clock_timestamp() AS now');
    const order: string[] = [];
    const reading = readFrom(start).then((events) => {
      order.push('read');
      return events;
    });
    await until('the reader looking at locks', async () => {
      const [row] = await sql.query<{ looks: bigint }>(
        `SELECT count(*) AS looks FROM pg_stat_activity WHERE query LIKE '%probono.high_water()%' AND query_start > $1
         AND pid <> pg_backend_pid()`,
        [before?.now],
      );
      return (row?.looks ?? 0n) > 0n;
    });
    order.push('committed');
    open();
    await first.ended;
    expect((await reading).map(({ eventId }) => eventId)).toEqual([early[0]?.eventId, late[0]?.eventId]);
    expect(order).toEqual(['committed', 'read']);
  });

  test('a reader says who does not end, when an append does not', async () => {
    const { open, opened } = latch();
    const stuck = openAppend('mission-stuck', someEvents(1), opened);
    await stuck.appended;
    const failure: unknown = await highWater(sql, undefined, 50).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Unavailable);
    expect(String(failure)).toMatch(/append in process \d+ has not ended/);
    open();
    await stuck.ended;
  });

  test('a reader does not wait for a foreign transaction that is left open', async () => {
    const { open, opened } = latch();
    const writing = latch();
    await sql.exec('CREATE TABLE public.foreign_work (id integer)');
    const foreign = sql.transaction(async (tx) => {
      await tx.query('INSERT INTO public.foreign_work VALUES (1)');
      writing.open();
      await opened;
    });
    await writing.opened;
    const start = await postgresEventStore(sql).lastPosition();
    const events = someEvents(2);
    await postgresEventStore(sql).append('mission-beside', 'none', events);
    expect((await readFrom(start)).map(({ eventId }) => eventId)).toEqual(events.map(({ eventId }) => eventId));
    open();
    await foreign;
  });

  test('readers miss nothing and see nothing out of order, whatever the delays and rollbacks', async () => {
    const random = seeded(20_261_122);
    const start = await postgresEventStore(sql).lastPosition();
    const written = new Map<Stream, string[]>();
    let running = true;
    const write = async (stream: Stream) => {
      const ids: string[] = [];
      written.set(stream, ids);
      for (let turn = 0; turn < 40; turn++) {
        const events = someEvents(1 + Math.floor(random() * 3));
        const expected = ids.length === 0 ? ('none' as const) : BigInt(ids.length - 1);
        const rollback = random() < 0.2;
        const delay = random() < 0.5 ? random() * 0.02 : 0;
        const work = sql.transaction(async (tx) => {
          await appendAll(tx, [{ stream, expected, events }], {}, undefined);
          if (delay > 0) await tx.query('SELECT pg_sleep($1)', [delay]);
          if (rollback) throw new RolledBack();
        });
        await work.then(
          () => ids.push(...events.map(({ eventId }) => eventId)),
          (error: unknown) => {
            if (!(error instanceof RolledBack)) throw error;
          },
        );
      }
    };
    const follow = async () => {
      const seen: StoredEvent[] = [];
      for (;;) {
        const last = !running;
        const more = await readFrom(seen.at(-1)?.position ?? start);
        seen.push(...more);
        if (last && more.length === 0) return seen;
      }
    };
    const reading = Promise.all([follow(), follow()]);
    await Promise.all(Array.from({ length: 8 }, (_, index) => write(`mission-writer${index}`))).finally(() => {
      running = false;
    });
    for (const seen of await reading) {
      expect(seen).toHaveLength([...written.values()].flat().length);
      for (const [stream, ids] of written) {
        const own = seen.filter((event) => event.stream === stream);
        expect(own.map(({ eventId }) => eventId)).toEqual(ids);
        expect(own.map(({ revision }) => Number(revision))).toEqual([...ids.keys()]);
      }
    }
  });

  test('a checked stream stands still until the append that checked it has ended', async () => {
    const store = postgresEventStore(sql);
    await store.append('mission-checked', 'none', someEvents(1));
    const { open, opened } = latch();
    const checking = latch();
    const checks = [{ stream: 'mission-checked' as const, revision: 0n }];
    const first = sql.transaction(async (tx) => {
      await appendAll(
        tx,
        [{ stream: 'mission-checking', expected: 'none', events: someEvents(1) }],
        { checks },
        undefined,
      );
      checking.open();
      await opened;
    });
    await checking.opened;
    const second = store.append('mission-checked', 0n, someEvents(1));
    await until('the second append waiting', waitingAppend);
    open();
    await first;
    expect(await second).toMatchObject({ outcome: 'appended', revision: 1n });
  });

  test('an append whose connection is killed has an unknown outcome, and may be sent again', async () => {
    const store = postgresEventStore(sql);
    await store.append('mission-killed', 'none', someEvents(1));
    const { open, opened } = latch();
    const locked = latch();
    const holder = sql.transaction(async (tx) => {
      await tx.query(`SELECT FROM probono.streams WHERE name = 'mission-killed' FOR UPDATE`);
      locked.open();
      await opened;
    });
    await locked.opened;
    const events = someEvents(2);
    const outcome = store.append('mission-killed', 0n, events).catch((error: unknown) => error);
    await until('the append being killed', async () => {
      const killed = await sql.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE wait_event_type = 'Lock' AND query LIKE '%append_events%' AND datname = current_database()`,
      );
      return killed.length > 0;
    });
    expect(await outcome).toBeInstanceOf(UnknownOutcome);
    open();
    await holder;
    const again = await store.append('mission-killed', 0n, events);
    expect(again).toMatchObject({ outcome: 'appended', revision: 2n });
    expect(await store.append('mission-killed', 0n, events)).toEqual(again);
    expect(await store.streamInfo('mission-killed')).toEqual({ stream: 'mission-killed', revision: 2n });
  });
});
