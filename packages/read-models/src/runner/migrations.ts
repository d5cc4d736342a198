import type { Migration } from '@probono/sql';

/** Who the numbered steps below belong to in the ledger of migrations. */
export const migrationsOwner = 'read-models';

/** The runner's own books; the projections' tables are made as their generations begin. */
export const migrations: readonly Migration[] = [
  {
    id: 1,
    name: 'books',
    sql: `
      CREATE SCHEMA IF NOT EXISTS probono_read;
      CREATE TABLE probono_read.projections (
        projection text PRIMARY KEY,
        paused boolean NOT NULL DEFAULT false,
        last_generation integer NOT NULL DEFAULT 0
      );
      CREATE TABLE probono_read.generations (
        projection text NOT NULL REFERENCES probono_read.projections,
        generation integer NOT NULL,
        version integer NOT NULL,
        state text NOT NULL CHECK (state IN ('booting', 'live', 'retired')),
        tables text[] NOT NULL,
        dropped boolean NOT NULL DEFAULT false,
        begun_at timestamptz NOT NULL,
        switched_at timestamptz,
        PRIMARY KEY (projection, generation)
      );
      CREATE UNIQUE INDEX one_live_generation ON probono_read.generations (projection) WHERE state = 'live';
      CREATE TABLE probono_read.checkpoints (
        projection text NOT NULL,
        generation integer NOT NULL,
        partition integer NOT NULL,
        partitions integer NOT NULL,
        position bigint NOT NULL DEFAULT -1,
        failed_position bigint,
        failure text,
        failed_at timestamptz,
        PRIMARY KEY (projection, generation, partition)
      );
      CREATE TABLE probono_read.parked (
        projection text NOT NULL,
        generation integer NOT NULL,
        partition integer NOT NULL,
        position bigint NOT NULL,
        stream text NOT NULL,
        revision bigint NOT NULL,
        event_id text NOT NULL,
        type text NOT NULL,
        cause text,
        parked_at timestamptz NOT NULL,
        PRIMARY KEY (projection, generation, position)
      );
      CREATE INDEX parked_by_stream ON probono_read.parked (projection, generation, stream, position);
      CREATE SEQUENCE probono_read.as_of;`,
  },
  {
    id: 2,
    name: 'who fills a generation',
    sql: `
      ALTER TABLE probono_read.checkpoints ADD COLUMN filler text, ADD COLUMN filled_until timestamptz;`,
  },
];
