/**
 * `streams` has one row for each stream, which an append locks; revision −1 stands for a stream that an append looked
 * for and that has no event. `events` is the log. Names compare by their bytes, the same under every locale, so that
 * all appends lock in one order. `body` is the truth and the other columns are copies for finding it.
 */
export const tables = `
CREATE SCHEMA IF NOT EXISTS probono;

CREATE TABLE probono.streams (
  name text COLLATE "C" PRIMARY KEY,
  revision bigint NOT NULL CHECK (revision >= -1)
);

-- A cache above 1 would let a session hand out positions below the high water later on.
CREATE SEQUENCE probono.event_position AS bigint CACHE 1;

CREATE TABLE probono.events (
  position bigint PRIMARY KEY,
  stream text COLLATE "C" NOT NULL,
  revision bigint NOT NULL CHECK (revision >= 0),
  event_id uuid NOT NULL UNIQUE,
  category text COLLATE "C" NOT NULL GENERATED ALWAYS AS (split_part(stream, '-', 1)) STORED,
  type text COLLATE "C" NOT NULL,
  schema_version integer NOT NULL CHECK (schema_version > 0),
  recorded_at text COLLATE "C" NOT NULL,
  stored_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  bucket smallint NOT NULL CHECK (bucket BETWEEN 0 AND 63),
  body bytea NOT NULL,
  UNIQUE (stream, revision)
);
CREATE INDEX events_bucket_position ON probono.events (bucket, position);
-- Bodies are small and mostly ciphertext: compressing them costs time and gains little.
ALTER TABLE probono.events ALTER COLUMN body SET STORAGE EXTERNAL;

CREATE FUNCTION probono.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'probono.events is append-only: % is refused', TG_OP
    USING ERRCODE = 'insufficient_privilege', HINT = 'Correct a fact by appending another.';
END
$$;
CREATE TRIGGER events_are_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON probono.events
  FOR EACH STATEMENT EXECUTE FUNCTION probono.refuse_change();
`;
