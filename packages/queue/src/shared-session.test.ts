import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { PgPoolLike } from '@probono/sql';
import { pino } from 'pino';
import { engines, type FreshDatabase, freshDatabase } from '../../../test/support/databases.js';
import { eventually } from '../test/eventually.js';
import { openQueue } from './queue.js';
import { type SharedSession, sharedSession } from './shared-session.js';

describe.each(engines)('a shared session on %s', (engine) => {
  let database: FreshDatabase;
  let pool: PgPoolLike;
  let session: SharedSession;
  beforeEach(async () => {
    database = await freshDatabase(engine);
    pool = database.client.pool();
    session = sharedSession(pool);
  });
  afterEach(async () => {
    session.end();
    await pool.end();
    await database.drop();
  });

  const listening = async (heard: string[], name: string) => {
    const share = await session.connect();
    share.on('notification', ({ payload }) => void heard.push(`${name}: ${payload}`));
    await share.query('LISTEN news');
    return share;
  };
  const tell = (news: string) => pool.query('SELECT pg_notify($1, $2)', ['news', news]);

  test('tells all who share it, each until its share is released', async () => {
    const heard: string[] = [];
    const [one, two] = [await listening(heard, 'one'), await listening(heard, 'two')];
    await tell('first');
    await eventually(() => heard.length === 2);
    one.release();
    one.release();
    await tell('second');
    await eventually(() => heard.length === 3);
    expect(heard.sort()).toEqual(['one: first', 'two: first', 'two: second']);
    two.release();
    // Whoever comes after the last has a connection all the same.
    await listening(heard, 'three');
    await tell('third');
    await eventually(() => heard.includes('three: third'));
    expect(heard).toHaveLength(4);
  });

  test('answers each statement to whoever gave it, and a failed one to nobody else', async () => {
    const [one, two] = await Promise.all([session.connect(), session.connect()]);
    const answers = await Promise.allSettled([
      one.query('SELECT 1 AS n'),
      two.query('SELECT nothing'),
      one.query('SELECT $1::integer AS n', [3]),
    ]);
    expect(answers).toMatchObject([
      { status: 'fulfilled', value: { rows: [{ n: 1 }] } },
      { status: 'rejected', reason: { code: '42703' } },
      { status: 'fulfilled', value: { rows: [{ n: 3 }] } },
    ]);
  });
});

(engines.includes('postgres') ? describe : describe.skip)('of a server', () => {
  let database: FreshDatabase;
  beforeEach(async () => {
    database = await freshDatabase('postgres');
  });
  afterEach(() => database.drop());

  const listeners = async () => {
    const rows = await database.client.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity
        WHERE datname = current_database() AND query ~ '(^|\n)LISTEN ' AND pid <> pg_backend_pid()`,
    );
    return rows.map(({ pid }) => pid);
  };

  test('a connection that is lost is told to all who share it, and the next who asks gets another', async () => {
    const pool = database.client.pool();
    const session = sharedSession(pool);
    const lost: string[] = [];
    for (const name of ['one', 'two']) {
      const share = await session.connect();
      share.on('error', () => {
        lost.push(name);
        share.release(true);
      });
      await share.query('LISTEN news');
    }
    const [listener] = await listeners();
    await database.client.query('SELECT pg_terminate_backend($1)', [listener]);
    await eventually(() => lost.length === 2);
    const share = await session.connect();
    expect((await share.query('SELECT 1 AS n')).rows).toEqual([{ n: 1 }]);
    session.end();
    await pool.end();
  });

  test('all topics of a queue listen on one connection', async () => {
    const options = { logger: pino({ level: 'silent' }), random: () => 0.5 };
    const queue = await openQueue({ kind: 'sql', sql: database.client }, options);
    const runs = new Map<string, number>();
    const topics = ['one', 'two', 'three', 'four'];
    const count = (topic: string) => runs.set(topic, (runs.get(topic) ?? 0) + 1);
    for (const topic of topics) await queue.work({ topic, tickMs: 600_000, run: async () => void count(topic) });
    const elsewhere = await openQueue({ kind: 'sql', sql: database.client }, options);
    for (const topic of topics) elsewhere.bell.ring(topic);
    await eventually(() => topics.every((topic) => runs.get(topic) === 2));
    expect(await listeners()).toHaveLength(1);
    await Promise.all([queue.close(), elsewhere.close()]);
  });
});
