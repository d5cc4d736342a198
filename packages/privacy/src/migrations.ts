import type { Migration } from '@probono/sql';

const subjectKeys = `
CREATE SCHEMA IF NOT EXISTS probono_keys;

-- One row a person, and it stays: the row of an erased one is the fence that keeps a new key from being minted.
CREATE TABLE probono_keys.subject_keys (
  subject text COLLATE "C" PRIMARY KEY,
  state text NOT NULL CHECK (state IN ('active', 'erased')),
  kid text UNIQUE,
  key_digest text,
  kek_id text,
  wrapped bytea,
  created_at timestamptz NOT NULL,
  erased_at timestamptz,
  CHECK ((state = 'active') = (wrapped IS NOT NULL)),
  CHECK ((state = 'active') = (kek_id IS NOT NULL)),
  CHECK ((state = 'erased') = (erased_at IS NOT NULL)),
  CHECK (state = 'erased' OR (kid IS NOT NULL AND key_digest IS NOT NULL))
);

CREATE FUNCTION probono_keys.keep_fence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (OLD.state = 'active' OR NEW.state = 'erased') AND NEW.subject = OLD.subject THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a destroyed key cannot come back: % on probono_keys.subject_keys is refused', TG_OP
    USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER erasure_is_final BEFORE UPDATE OR DELETE ON probono_keys.subject_keys
  FOR EACH ROW EXECUTE FUNCTION probono_keys.keep_fence();
CREATE TRIGGER fence_is_not_emptied BEFORE TRUNCATE ON probono_keys.subject_keys
  FOR EACH STATEMENT EXECUTE FUNCTION probono_keys.keep_fence();
`;

/** The schema of the key store, to be applied by `migrate(sql, 'privacy', keyStoreMigrations)` to the keys' database. */
export const keyStoreMigrations: readonly Migration[] = [{ id: 1, name: 'subject keys', sql: subjectKeys }];
