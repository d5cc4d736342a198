import { randomUUID } from 'node:crypto';
import { bucketOf } from '../../packages/event-store/dist/index.js';
import { eventStoreMigrations, postgresEventStore } from '../../packages/event-store-postgres/dist/index.js';
import { migrate } from '../../packages/sql/dist/index.js';
import { agentTimeLog } from './agent-time-log.mjs';
import { onEachEngine } from './databases.mjs';
import { alternate, perSecond } from './measure.mjs';

const writers = 8;

const insert = `INSERT INTO bare.events
  (position, stream, revision, event_id, type, schema_version, recorded_at, stored_at, bucket, body)
  VALUES (nextval('bare.event_position'), $1, $2, $3, $4, $5, $6, clock_timestamp(), $7, $8)`;
const streamRow = `INSERT INTO bare.streams (name, revision) VALUES ($1, $2)
  ON CONFLICT (name) DO UPDATE SET revision = excluded.revision`;
const both = `WITH row AS (INSERT INTO bare.streams (name, revision) VALUES ($1, $2)
  ON CONFLICT (name) DO UPDATE SET revision = excluded.revision) ${insert}`;

/**
 * One event with its expected revision, eight writers, each to streams of their own. Floor: a bare transaction that
 * inserts the same event and its stream's row, into tables with the same columns, keys and indexes. Peer: the same two
 * rows in one statement, which checks nothing and locks nothing for readers.
 */
export const append = () =>
  onEachEngine(async (sql, { engine, fsync }) => {
    await migrate(sql, 'event-store', eventStoreMigrations);
    await sql.exec(`CREATE SCHEMA bare; CREATE SEQUENCE bare.event_position;
      CREATE TABLE bare.streams (LIKE probono.streams INCLUDING ALL);
      CREATE TABLE bare.events (LIKE probono.events INCLUDING ALL);`);
    const store = postgresEventStore(sql);
    const [, sample] = agentTimeLog(2);
    const each = engine === 'postgres' ? 100 : 25;
    const event = () => ({ ...sample, eventId: randomUUID() });
    const race = (write) => () =>
      perSecond(writers * each, () =>
        Promise.all(
          Array.from({ length: writers }, async () => {
            const stream = `agenttime-${randomUUID()}`;
            for (let revision = 0; revision < each; revision++) await write(stream, revision, event());
          }),
        ),
      );
    const row = (stream, revision, { eventId, type, schemaVersion, recordedAt, body }) => [
      ...[stream, revision, eventId, type, schemaVersion, recordedAt, bucketOf(stream), body],
    ];
    const subject = race(async (stream, revision, one) => {
      const result = await store.append(stream, revision === 0 ? 'none' : BigInt(revision - 1), [one]);
      if (result.outcome !== 'appended') throw new Error(`not appended: ${JSON.stringify(result, String)}`);
    });
    const floor = race((stream, revision, one) =>
      sql.transaction(async (tx) => {
        await tx.query(streamRow, [stream, revision]);
        await tx.query(insert, row(stream, revision, one));
      }),
    );
    const peer = race((stream, revision, one) => sql.query(both, row(stream, revision, one)));
    const result = await alternate({ name: `append ${engine}`, unit: 'events/s', subject, floor, peer });
    await store.close();
    return { ...result, fsync: engine === 'pglite' ? 'in memory' : fsync };
  });
