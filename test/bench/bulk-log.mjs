import { bucketOf, canonicalBytes } from '../../packages/event-store/dist/index.js';
import { markingCodec, simulatedLog } from './simulated-log.mjs';

/**
 * Writes many domain events straight into the event tables, tens of thousands a second: a programme of 20 agents over
 * seven months, as `probono simulate` plays it, in as many copies as it takes. Every copy has ids of its own and stands
 * at the same point of its life, so that the log is in order of recorded time and streams lie scattered over it; every
 * stream is a beginning of a true one, with its revisions and its bucket, and decodes and folds.
 *
 * The database must have the event store's migrations, and nobody else may write to it meanwhile. Commands are not
 * recorded: giving one again is not recognised.
 *
 * @param sql a `SqlClient` of packages/sql, on PostgreSQL or PGlite
 * @param options.events how many; up to about fourteen million
 * @param options.codec seals personal values (about every sixth event has some): the codec of an opened Pro Bono.
 *   Without it they are left out, and the log decodes without a cipher
 * @param options.seed another seed is another programme
 * @returns `{ events, streams, agents }`: what was written
 *
 * @example await bulkLog(proBono.sql, { events: 1_000_000, codec: proBono.codec });
 */
export const bulkLog = async (sql, { events, codec, seed = 1 }) => {
  const size = { agents: 20, months: 7, seed };
  const template = (await simulatedLog(size)).map((event) => ({ ...event, text: Buffer.from(event.body).toString() }));
  const copies = Math.ceil(events / template.length);
  if (copies > maxCopies)
    throw new RangeError(`${events} events are more than ${maxCopies} copies of a programme hold`);
  // The events of the template that all copies have, and how many copies have one more.
  const [full, rest] = [Math.floor(events / copies), events % copies];
  await sql.exec(`CREATE SCHEMA bulk; ${tables}`);
  try {
    const streams = [...new Set(template.map(({ stream }) => stream))];
    const numbers = new Map(streams.map((stream, number) => [stream, number]));
    await sql.query(fillTemplate, [
      JSON.stringify(template.slice(0, full + 1).map((event, nth) => row(event, nth, numbers.get(event.stream)))),
    ]);
    for (const [stream, number] of numbers) {
      const names = Array.from({ length: copies }, (_, copy) => copied(stream, copy));
      await sql.query(fillStreams, [number, names, names.map(bucketOf)]);
    }
    await sql.exec('ANALYZE bulk.template; ANALYZE bulk.streams');
    await sql.query(writeStreams, [full, rest]);
    const step = Math.max(1, Math.floor(rowsAtOnce / copies));
    for (let from = 0; from <= full; from += step) {
      const to = Math.min(from + step, full + 1);
      const held = (nth) => (nth < full ? copies : rest);
      const sealed = codec === undefined ? [] : await sealedBodies(template, from, to, held, codec);
      await sql.query(writeEvents, [
        ...[from, to, full, rest],
        ...[sealed.map(({ nth }) => nth), sealed.map(({ copy }) => copy), sealed.map(({ body }) => body)],
      ]);
    }
    const [written] = await sql.query(
      `SELECT count(*)::int AS streams, (count(*) FILTER (WHERE name LIKE 'agenttime-%'))::int AS agents
       FROM bulk.streams JOIN probono.streams USING (name)`,
    );
    return { events, ...written };
  } finally {
    await sql.exec('DROP SCHEMA bulk CASCADE');
    await sql.exec('ANALYZE probono.events; ANALYZE probono.streams');
  }
};

/** A copy's number stands in the twelve bits of a UUID behind its version: what the ids sort by stays as it was. */
const maxCopies = 0x1000;
const uuid = /([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f])[0-9a-f]{3}(-[0-9a-f]{4}-[0-9a-f]{12})/g;
const gap = '\u0001';
const parts = (text) => text.replace(uuid, `$1${gap}$2`).split(gap);
const copied = (text, copy) => parts(text).join(copy.toString(16).padStart(3, '0'));

const rowsAtOnce = 10_000;

const tables = `
CREATE UNLOGGED TABLE bulk.template (nth integer PRIMARY KEY, number integer, revision bigint, event_id text[],
  type text, schema_version integer, recorded_at text, body text[]);
CREATE UNLOGGED TABLE bulk.streams (number integer, copy integer, name text, bucket smallint,
  PRIMARY KEY (number, copy));`;
const fillTemplate = `INSERT INTO bulk.template SELECT * FROM json_populate_recordset(NULL::bulk.template, $1::json)`;
const fillStreams = `INSERT INTO bulk.streams SELECT $1::integer, nth - 1, name, bucket
  FROM unnest($2::text[], $3::smallint[]) WITH ORDINALITY AS s (name, bucket, nth)`;
const isHeld = (full, rest) => `(t.nth < ${full}::integer OR s.copy < ${rest}::integer)`;
const writeStreams = `INSERT INTO probono.streams (name, revision)
  SELECT s.name, max(t.revision) FROM bulk.streams s JOIN bulk.template t USING (number)
  WHERE ${isHeld('$1', '$2')} GROUP BY s.name`;
const writeEvents = `INSERT INTO probono.events
    (position, stream, revision, event_id, type, schema_version, recorded_at, stored_at, bucket, body)
  SELECT nextval('probono.event_position'), e.* FROM (
    SELECT s.name, t.revision, array_to_string(t.event_id, c.hex)::uuid, t.type, t.schema_version, t.recorded_at,
           t.recorded_at::timestamptz, s.bucket,
           convert_to(coalesce(sealed.body, array_to_string(t.body, c.hex)), 'UTF8')
    FROM bulk.template t JOIN bulk.streams s USING (number)
    CROSS JOIN LATERAL (SELECT lpad(to_hex(s.copy), 3, '0') AS hex) c
    LEFT JOIN unnest($5::integer[], $6::integer[], $7::text[]) AS sealed (nth, copy, body)
      ON sealed.nth = t.nth AND sealed.copy = s.copy
    WHERE t.nth >= $1::integer AND t.nth < $2::integer AND ${isHeld('$3', '$4')}
    ORDER BY t.nth, s.copy) e`;

const mark = '{"personal":';
const isMarked = (value) => typeof value === 'object' && value !== null && Object.hasOwn(value, 'personal');

/** A row of the template, without what is personal in it. */
const row = ({ revision, eventId, type, schemaVersion, recordedAt, text }, nth, number) => {
  const body = text.includes(mark)
    ? Buffer.from(
        canonicalBytes(
          JSON.parse(text, (_, value) => (isMarked(value) ? undefined : value)),
          type,
        ),
      ).toString()
    : text;
  return {
    ...{ nth, number, revision: Number(revision), event_id: parts(eventId), type, schema_version: schemaVersion },
    ...{ recorded_at: recordedAt, body: parts(body) },
  };
};

/** The bodies of all copies of those events that hold personal values, sealed. */
const sealedBodies = async (template, from, to, held, codec) => {
  const places = [];
  const stored = [];
  for (let nth = from; nth < to; nth++) {
    const event = template[nth];
    if (!event?.text.includes(mark)) continue;
    for (let copy = 0; copy < held(nth); copy++) {
      places.push({ nth, copy });
      stored.push({ ...event, body: Buffer.from(copied(event.text, copy)) });
    }
  }
  const clear = await markingCodec.decode(stored);
  const sealed = await codec.encode(clear.map(({ position: _, storedAt: __, ...event }) => event));
  return places.map((place, index) => ({ ...place, body: Buffer.from(sealed[index].body).toString() }));
};
