import { appendLock } from './append-lock.js';

/** So many events go in one by one; more, and one statement for all of them costs less. */
const few = 8;

/**
 * `append_events` anew, with the same meaning, from statements that find one row by its key: each is planned once a
 * session and then costs little more than its row, where joins of arrays cost more than the append itself.
 *
 * Streams lock one by one in the order of their names. One that must not exist gets its row at its turn, for there
 * must be something to lock.
 */
export const appendRowByRow = `
CREATE OR REPLACE FUNCTION probono.append_events(
  streams text[], expected bigint[],
  checked text[], checked_revisions bigint[],
  event_streams text[], event_revisions bigint[], event_ids uuid[], types text[],
  schema_versions integer[], recorded_ats text[], buckets smallint[], bodies bytea[],
  stored timestamptz
) RETURNS TABLE (outcome text, stream text, wanted bigint, actual bigint, revision bigint, "position" bigint)
LANGUAGE plpgsql AS $$
DECLARE
  written constant integer := cardinality(streams);
  total constant integer := cardinality(event_ids);
  -- Where the names stand in streams and then checked, in the order in which they lock.
  places integer[] := '{1}';
  place integer;
  moved integer;
  own boolean;
  one text;
  at bigint;
  locked text;
  held bigint;
BEGIN
  PERFORM pg_advisory_xact_lock_shared(${appendLock});

  IF written + cardinality(checked) > 1 THEN
    -- A stream that is written and checked too locks as one that is written.
    SELECT array_agg(n.nth ORDER BY n.name COLLATE "C", n.nth) INTO places
      FROM unnest(streams || checked) WITH ORDINALITY AS n (name, nth);
  END IF;
  FOREACH place IN ARRAY places LOOP
    own := place <= written;
    one := CASE WHEN own THEN streams[place] ELSE checked[place - written] END;
    at := CASE WHEN own THEN expected[place] ELSE checked_revisions[place - written] END;
    WHILE locked IS DISTINCT FROM one LOOP
      IF own THEN
        SELECT s.revision INTO held FROM probono.streams s WHERE s.name = one FOR NO KEY UPDATE;
      ELSE
        SELECT s.revision INTO held FROM probono.streams s WHERE s.name = one FOR SHARE;
      END IF;
      IF NOT FOUND AND at = -1 THEN
        -- Where another append is about to do the same, this waits for its end, and then there is a row to lock.
        INSERT INTO probono.streams (name, revision) VALUES (one, -1) ON CONFLICT DO NOTHING;
        CONTINUE WHEN NOT FOUND;
      END IF;
      locked := one;
    END LOOP;
    IF coalesce(held, -1) <> at AND (moved IS NULL OR place < moved) THEN
      moved := place;
      stream := one;
      wanted := at;
      actual := coalesce(held, -1);
    END IF;
  END LOOP;

  IF moved IS NOT NULL THEN
    -- By this very append, when all its events stand where they were to stand.
    IF total > 0 AND total = (
      SELECT count(*) FROM unnest(event_streams, event_revisions, event_ids) AS e (stream, revision, event_id)
        JOIN probono.events l ON l.stream = e.stream AND l.revision = e.revision AND l.event_id = e.event_id
    ) THEN
      RETURN QUERY SELECT 'appended', l.stream::text, NULL::bigint, NULL::bigint, l.revision, l.position
        FROM probono.events l WHERE l.event_id = event_ids[total];
    ELSE
      outcome := 'conflict';
      RETURN NEXT;
    END IF;
    RETURN;
  END IF;

  outcome := 'appended';
  stream := streams[written];
  revision := CASE WHEN total > 0 THEN event_revisions[total] ELSE expected[written] END;
  IF total = 0 THEN
    SELECT l.position INTO "position" FROM probono.events l
      WHERE l.stream = streams[written] AND l.revision = expected[written];
    "position" := coalesce("position", 0);
  -- Positions are taken after all locks, so that their order agrees with each stream's own.
  ELSIF total <= ${few} THEN
    FOR nth IN 1..total LOOP
      INSERT INTO probono.events AS l (position, stream, revision, event_id, type, schema_version, recorded_at,
                                       stored_at, bucket, body)
        VALUES (nextval('probono.event_position'), event_streams[nth], event_revisions[nth], event_ids[nth],
                types[nth], schema_versions[nth], recorded_ats[nth], coalesce(stored, clock_timestamp()),
                buckets[nth], bodies[nth])
        RETURNING l.position INTO "position";
      IF nth = total OR event_streams[nth + 1] <> event_streams[nth] THEN
        UPDATE probono.streams s SET revision = event_revisions[nth] WHERE s.name = event_streams[nth];
      END IF;
    END LOOP;
  ELSE
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
    SELECT l.position INTO "position" FROM probono.events l WHERE l.event_id = event_ids[total];
  END IF;
  RETURN NEXT;
END
$$;
`;
