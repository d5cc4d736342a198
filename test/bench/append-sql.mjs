import { randomUUID } from 'node:crypto';
import { bucketOf } from '../../packages/event-store/dist/index.js';
import { eventStoreMigrations, postgresEventStore } from '../../packages/event-store-postgres/dist/index.js';
import { migrate } from '../../packages/sql/dist/index.js';
import { agentTimeLog } from './agent-time-log.mjs';
import { stepByStep } from './append-steps.mjs';
import { onEachEngine } from './databases.mjs';
import { alternate, race } from './measure.mjs';

const insert = `INSERT INTO bare.events
  (position, stream, revision, event_id, type, schema_version, recorded_at, stored_at, bucket, body)
  VALUES (nextval('bare.event_position'), $1, $2, $3, $4, $5, $6, clock_timestamp(), $7, $8)`;
const streamRow = `INSERT INTO bare.streams (name, revision) VALUES ($1, $2)
  ON CONFLICT (name) DO UPDATE SET revision = excluded.revision`;
const both = `WITH row AS (INSERT INTO bare.streams (name, revision) VALUES ($1, $2)
  ON CONFLICT (name) DO UPDATE SET revision = excluded.revision) ${insert}`;
/** The same, and the commit does not wait for the disk. */
const bothUnsynced = `WITH quick AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true)),
  row AS (INSERT INTO bare.streams (name, revision) VALUES ($1, $2)
    ON CONFLICT (name) DO UPDATE SET revision = excluded.revision)
  INSERT INTO bare.events
    (position, stream, revision, event_id, type, schema_version, recorded_at, stored_at, bucket, body)
  SELECT nextval('bare.event_position'), $1, $2::bigint, $3::uuid, $4, $5::integer, $6, clock_timestamp(),
    $7::smallint, $8::bytea FROM quick`;
const lock = 'SELECT revision FROM bare.streams WHERE name = ANY ($1) ORDER BY name FOR SHARE';

/**
 * One event with its expected revision, each writer to streams of its own: eight on PostgreSQL, one on PGlite, which
 * has one session. Floor: a bare transaction that inserts the same event and its stream's row, into tables with the
 * same columns, keys and indexes. Peer: the same two rows in one statement, which checks nothing and locks nothing for
 * readers.
 *
 * Then the same with four checks of streams that all writers share; the bare transaction locks those four rows. Last,
 * by one writer: the steps of an append, each more than the one before.
 */
export const appendToSql = async () =>
  (
    await onEachEngine(async (sql, { engine, fsync }) => {
      await migrate(sql, 'event-store', eventStoreMigrations);
      await sql.exec(`CREATE SCHEMA bare; CREATE SEQUENCE bare.event_position;
        CREATE TABLE bare.streams (LIKE probono.streams INCLUDING ALL);
        CREATE TABLE bare.events (LIKE probono.events INCLUDING ALL);`);
      const store = postgresEventStore(sql);
      const [, sample] = agentTimeLog(2);
      const [writers, each] = engine === 'postgres' ? [8, 100] : [1, 200];
      const event = () => ({ ...sample, eventId: randomUUID() });
      const checks = Array.from({ length: 4 }, (_, n) => ({ stream: `convention-${n}`, revision: 0n }));
      const checked = checks.map(({ stream }) => stream);
      for (const stream of checked) {
        await store.append(stream, 'none', [event()]);
        await sql.query(streamRow, [stream, 0]);
      }
      const row = (stream, revision, { eventId, type, schemaVersion, recordedAt, body }) => [
        ...[stream, revision, eventId, type, schemaVersion, recordedAt, bucketOf(stream), body],
      ];
      const appending = (options) => async (stream, revision) => {
        const result = await store.append(stream, revision === 0 ? 'none' : BigInt(revision - 1), [event()], options);
        if (result.outcome !== 'appended') throw new Error(`not appended: ${JSON.stringify(result, String)}`);
      };
      const bare = (locked) => (stream, revision) =>
        sql.transaction(async (tx) => {
          if (locked !== undefined) await tx.query(lock, [locked]);
          await tx.query(streamRow, [stream, revision]);
          await tx.query(insert, row(stream, revision, event()));
        });
      const inOne = (text) => (stream, revision) => sql.query(text, row(stream, revision, event()));
      const oneStatement = inOne(both);
      const measure = async (name, subject, floor, peer) => ({
        ...(await alternate({
          ...{ name: `${name} ${engine}`, unit: 'events/s' },
          subject: race(writers, each, subject),
          floor: race(writers, each, floor),
          peer: peer && race(writers, each, peer),
        })),
        ...{ writers, fsync: engine === 'pglite' ? 'in memory' : fsync },
      });
      const results = [
        await measure('append', appending({}), bare(undefined), oneStatement),
        await measure('append with four checks', appending({ checks }), bare(checked)),
        ...(await stepByStep(engine, [
          ['a statement that does nothing', () => sql.query('SELECT 1')],
          ['its two rows written by one statement', inOne(bothUnsynced)],
          ['and kept by the disk', oneStatement],
          ['and its revision checked, under the locks that readers go by', appending({})],
          ['and four streams checked', appending({ checks })],
        ])),
      ];
      await store.close();
      return results;
    })
  ).flat();
