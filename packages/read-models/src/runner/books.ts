import type { SqlClient, SqlExecutor } from '@probono/sql';

/** The part of a projection's work that has a checkpoint of its own. */
export interface Unit {
  readonly projection: string;
  readonly generation: number;
  readonly version: number;
  readonly state: 'booting' | 'live';
  readonly partition: number;
  readonly partitions: number;
  /** The last event read; −1 before the first. */
  readonly position: bigint;
  readonly failure: string | null;
  /** Who is filling it, while its generation is not read yet; until it is silent for a while. */
  readonly filler: string | null;
}

/** A projection as the books have it. */
export interface Book {
  readonly paused: boolean;
  /** Of the generations that are filled or read; the live one first. */
  readonly units: readonly Unit[];
}

/** Reads where a projection stands; undefined when it was never set up. */
export const readBook = async (sql: SqlExecutor, projection: string): Promise<Book | undefined> => {
  const rows = await sql.query<{ paused: boolean } & { [K in keyof Unit]: Unit[K] | null }>(
    `SELECT p.projection, p.paused, g.generation, g.version, g.state, c.partition, c.partitions, c.position, c.failure,
        CASE WHEN g.state = 'booting' AND c.filled_until > clock_timestamp() THEN c.filler END AS filler
      FROM probono_read.projections p
      LEFT JOIN probono_read.generations g ON g.projection = p.projection AND g.state <> 'retired'
      LEFT JOIN probono_read.checkpoints c ON c.projection = g.projection AND c.generation = g.generation
      WHERE p.projection = $1
      ORDER BY g.state DESC, c.partition`,
    [projection],
  );
  const [first] = rows;
  if (first === undefined) return undefined;
  const units = rows.flatMap(({ generation, version, state, partition, partitions, position, failure, filler }) =>
    generation === null ||
    version === null ||
    state === null ||
    partition === null ||
    partitions === null ||
    position === null
      ? []
      : [{ projection, generation, version, state, partition, partitions, position, failure, filler }],
  );
  return { paused: first.paused, units };
};

/** Checkpoints whose locks the transaction holds. */
export interface Held {
  /** Events of this generation wait. */
  readonly parks: boolean;
}

/** Why a checkpoint is not held, or not to be moved. */
export type NotHeld = 'paused' | 'locked' | 'moved-on' | 'failed';

/** Locks the checkpoint of a unit until the transaction ends, unless someone else has it. */
export const holdCheckpoint = async (tx: SqlExecutor, unit: Unit): Promise<Held | NotHeld> => {
  const [checkpoint] = await tx.query<{ position: bigint; failure: string | null }>(
    `SELECT position, failure FROM probono_read.checkpoints
      WHERE projection = $1 AND generation = $2 AND partition = $3 FOR UPDATE SKIP LOCKED`,
    [unit.projection, unit.generation, unit.partition],
  );
  if (checkpoint === undefined) return 'locked';
  const { paused, parks } = await marksOf(tx, unit);
  if (paused) return 'paused';
  if (checkpoint.failure !== null) return 'failed';
  return checkpoint.position === unit.position ? { parks } : 'moved-on';
};

/**
 * Locks the checkpoints of all these units of one generation; undefined when one of them cannot go on from where it
 * stood.
 */
export const holdTogether = async (tx: SqlExecutor, units: readonly Unit[]): Promise<Held | undefined> => {
  const [first] = units;
  if (first === undefined) return undefined;
  const held = await tx.query<{ position: bigint; failure: string | null }>(
    `SELECT position, failure FROM probono_read.checkpoints
      WHERE projection = $1 AND generation = $2 AND partition = ANY ($3::integer[]) FOR UPDATE SKIP LOCKED`,
    [first.projection, first.generation, units.map(({ partition }) => partition)],
  );
  const ready = held.every(({ position, failure }) => position === first.position && failure === null);
  if (held.length < units.length || !ready) return undefined;
  const { paused, parks } = await marksOf(tx, first);
  return paused ? undefined : { parks };
};

/** To be asked in a statement after the lock: who pauses sets the mark first and then waits for the locks. */
const marksOf = async (
  tx: SqlExecutor,
  { projection, generation }: Unit,
): Promise<{ readonly paused: boolean; readonly parks: boolean }> => {
  const [marks] = await tx.query<{ paused: boolean; parks: boolean }>(
    `SELECT paused, EXISTS (SELECT 1 FROM probono_read.parked WHERE projection = $1 AND generation = $2) AS parks
      FROM probono_read.projections WHERE projection = $1`,
    [projection, generation],
  );
  return marks ?? { paused: true, parks: false };
};

/** Sets or takes away the mark; once set, waits until no step is under way. False when there is no such projection. */
export const setPaused = async (sql: SqlClient, projection: string, paused: boolean): Promise<boolean> => {
  const changed = await sql.query(
    'UPDATE probono_read.projections SET paused = $2 WHERE projection = $1 RETURNING projection',
    [projection, paused],
  );
  if (paused) await sql.transaction((tx) => holdAll(tx, projection));
  return changed.length > 0;
};

/** Waits for and takes the locks of all checkpoints of a projection. */
export const holdAll = async (tx: SqlExecutor, projection: string): Promise<void> => {
  await tx.query(
    'SELECT 1 FROM probono_read.checkpoints WHERE projection = $1 ORDER BY generation, partition FOR UPDATE',
    [projection],
  );
};

/** Lets failed units go on where they stopped. */
export const clearFailures = async (sql: SqlExecutor, projection: string): Promise<void> => {
  await sql.query(
    `UPDATE probono_read.checkpoints SET failure = NULL, failed_position = NULL, failed_at = NULL
      WHERE projection = $1 AND failure IS NOT NULL`,
    [projection],
  );
};

/**
 * Moves the checkpoints, of one generation, that the transaction holds. While it is being filled, `worker` has them to
 * itself for as long as it goes on: others would read and decode the same events for nothing.
 */
export const moveCheckpoints = async (
  tx: SqlExecutor,
  units: readonly Unit[],
  position: bigint,
  worker: string,
): Promise<void> => {
  const [first] = units;
  // After ten seconds of silence others go on: it has died, or one batch takes it that long.
  await tx.query(
    `UPDATE probono_read.checkpoints
      SET position = $4, filler = $5, filled_until = clock_timestamp() + interval '10 seconds'
      WHERE projection = $1 AND generation = $2 AND partition = ANY ($3::integer[])`,
    [
      first?.projection,
      first?.generation,
      units.map(({ partition }) => partition),
      position,
      first?.state === 'booting' ? worker : null,
    ],
  );
};

/** Lets others fill what this worker was filling. */
export const letOthersFill = async (sql: SqlExecutor, projection: string, worker: string): Promise<void> => {
  await sql.query(
    'UPDATE probono_read.checkpoints SET filler = NULL, filled_until = NULL WHERE projection = $1 AND filler = $2',
    [projection, worker],
  );
};

/** Notes on the checkpoint that the transaction holds that this event stopped it. */
export const noteFailure = async (
  tx: SqlExecutor,
  unit: Unit,
  { position, cause, at }: { readonly position: bigint; readonly cause: string; readonly at: Date },
): Promise<void> => {
  await tx.query(
    `UPDATE probono_read.checkpoints SET failed_position = $4, failure = $5, failed_at = $6
      WHERE projection = $1 AND generation = $2 AND partition = $3`,
    [unit.projection, unit.generation, unit.partition, position, cause, at],
  );
};

/**
 * Moves the checkpoints of units behind which nothing is wanted up to `head`, except those that someone else has or
 * has moved. Gives how many it moved.
 */
export const skipTo = async (tx: SqlExecutor, units: readonly Unit[], head: bigint): Promise<number> => {
  const [first] = units;
  if (first === undefined) return 0;
  const moved = await tx.query(
    `WITH free AS (
        SELECT c.projection, c.generation, c.partition FROM probono_read.checkpoints c
        JOIN unnest($2::integer[], $3::integer[], $4::bigint[]) AS u (generation, partition, position)
          ON u.generation = c.generation AND u.partition = c.partition AND u.position = c.position
        WHERE c.projection = $1 AND c.failure IS NULL
          AND EXISTS (SELECT 1 FROM probono_read.projections p WHERE p.projection = $1 AND NOT p.paused)
        FOR UPDATE OF c SKIP LOCKED)
      UPDATE probono_read.checkpoints c SET position = $5 FROM free
        WHERE (c.projection, c.generation, c.partition) = (free.projection, free.generation, free.partition)
        RETURNING c.partition`,
    [
      first.projection,
      units.map(({ generation }) => generation),
      units.map(({ partition }) => partition),
      units.map(({ position }) => position),
      head,
    ],
  );
  return moved.length;
};
