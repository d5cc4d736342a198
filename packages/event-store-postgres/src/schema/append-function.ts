import { appendLock } from './append-lock.js';

/**
 * Appends to one or several streams in one round trip. Expected revisions are −1 for "must not exist".
 *
 * Streams lock in the order of their names — those written exclusively, those only checked shared — so that appends
 * cannot wait for each other in a circle. The streams that must not exist get their row first, for there must be
 * something to lock. Positions are taken after all locks, so that their order agrees with each stream's own.
 *
 * Returns one row: outcome 'appended' with revision and position of the last event, or 'conflict' with the stream,
 * the revision expected there and the actual one.
 */
export const appendFunction = `
CREATE FUNCTION probono.append_events(
  streams text[], expected bigint[],
  checked text[], checked_revisions bigint[],
  event_streams text[], event_revisions bigint[], event_ids uuid[], types text[],
  schema_versions integer[], recorded_ats text[], buckets smallint[], bodies bytea[],
  stored timestamptz
) RETURNS TABLE (outcome text, stream text, wanted bigint, actual bigint, revision bigint, "position" bigint)
LANGUAGE plpgsql AS $$
DECLARE
  one record;
  held bigint;
  names text[] := '{}';
  revisions bigint[] := '{}';
  repeated bigint;
BEGIN
  PERFORM pg_advisory_xact_lock_shared(${appendLock});

  INSERT INTO probono.streams AS s (name, revision)
    SELECT DISTINCT n.name, -1 FROM (
      SELECT unnest(streams) COLLATE "C" AS name, unnest(expected) AS at
      UNION ALL SELECT unnest(checked) COLLATE "C", unnest(checked_revisions)
    ) n WHERE n.at = -1 AND NOT EXISTS (SELECT FROM probono.streams x WHERE x.name = n.name)
    ORDER BY 1
    ON CONFLICT DO NOTHING;

  FOR one IN
    SELECT n.name, bool_or(n.own) AS own FROM (
      SELECT unnest(streams) COLLATE "C" AS name, true AS own
      UNION ALL SELECT unnest(checked) COLLATE "C", false
    ) n GROUP BY n.name ORDER BY n.name
  LOOP
    IF one.own THEN
      SELECT s.revision INTO held FROM probono.streams s WHERE s.name = one.name FOR NO KEY UPDATE;
    ELSE
      SELECT s.revision INTO held FROM probono.streams s WHERE s.name = one.name FOR SHARE;
    END IF;
    names := array_append(names, one.name);
    revisions := array_append(revisions, coalesce(held, -1));
  END LOOP;

  SELECT w.name, w.at, h.revision INTO one
    FROM unnest(streams || checked, expected || checked_revisions) WITH ORDINALITY AS w (name, at, nth)
    JOIN unnest(names, revisions) AS h (name, revision) ON h.name = w.name
    WHERE h.revision <> w.at ORDER BY w.nth LIMIT 1;
  IF FOUND THEN
    -- The streams have moved on: by this very append, when all its events stand where they were to stand.
    SELECT count(*) INTO repeated
      FROM unnest(event_streams, event_revisions, event_ids) AS e (stream, revision, event_id)
      JOIN probono.events l ON l.stream = e.stream AND l.revision = e.revision AND l.event_id = e.event_id;
    IF cardinality(event_ids) > 0 AND repeated = cardinality(event_ids) THEN
      RETURN QUERY SELECT 'appended', l.stream::text, NULL::bigint, NULL::bigint, l.revision, l.position
        FROM probono.events l WHERE l.event_id = event_ids[cardinality(event_ids)];
    ELSE
      RETURN QUERY SELECT 'conflict', one.name::text, one.at, one.revision, NULL::bigint, NULL::bigint;
    END IF;
    RETURN;
  END IF;

  IF cardinality(event_ids) = 0 THEN
    RETURN QUERY SELECT 'appended', n.name, NULL::bigint, NULL::bigint, n.at, coalesce(
        (SELECT l.position FROM probono.events l WHERE l.stream = n.name AND l.revision = n.at), 0)
      FROM (SELECT streams[cardinality(streams)] AS name, expected[cardinality(streams)] AS at) n;
    RETURN;
  END IF;

  INSERT INTO probono.events (position, stream, revision, event_id, type, schema_version, recorded_at,
                              stored_at, bucket, body)
    SELECT nextval('probono.event_position'), e.stream, e.revision, e.event_id, e.type, e.schema_version,
           e.recorded_at, coalesce(stored, clock_timestamp()), e.bucket, e.body
    FROM (
      SELECT * FROM unnest(event_streams, event_revisions, event_ids, types, schema_versions,
                           recorded_ats, buckets, bodies)
        WITH ORDINALITY AS u (stream, revision, event_id, type, schema_version, recorded_at, bucket, body, nth)
      ORDER BY u.nth
    ) e;
  UPDATE probono.streams s SET revision = w.last
    FROM (SELECT e.stream, max(e.revision) AS last
            FROM unnest(event_streams, event_revisions) AS e (stream, revision) GROUP BY e.stream) w
    WHERE s.name = w.stream;
  RETURN QUERY SELECT 'appended', l.stream::text, NULL::bigint, NULL::bigint, l.revision, l.position
    FROM probono.events l WHERE l.event_id = event_ids[cardinality(event_ids)];
END
$$;
`;
