import type { StreamName } from '@probono/domain';
import type { Projection } from '../projection.js';
import { beginFolding, type ReadEvent } from './batch.js';
import type { Unit } from './books.js';
import { causeOf, isOutage } from './failure.js';
import type { Parts } from './parts.js';
import { decodeEach } from './reading.js';
import { generationNames } from './tables.js';

/** How many parked events were replayed, and how many stay where they are. */
export interface Replayed {
  readonly replayed: number;
  readonly stillParked: number;
  /** The generation that is being filled from the log on account of it: rows of this read model relate several streams. */
  readonly rebuiltAs?: number;
}

/** Replays the parked events of one unit, stream by stream, in order; a stream stops again where it fails again. */
export const replayParked = async (parts: Parts, projection: Projection, unit: Unit): Promise<Replayed> => {
  const place = [unit.projection, unit.generation, unit.partition];
  const streams = await parts.sql.query<{ stream: StreamName }>(
    `SELECT stream FROM probono_read.parked WHERE projection = $1 AND generation = $2 AND partition = $3
      GROUP BY stream ORDER BY min(position)`,
    place,
  );
  let replayed = 0;
  for (const { stream } of streams) {
    while (await replayFirst(parts, projection, unit, stream)) replayed += 1;
  }
  const [left] = await parts.sql.query<{ parked: bigint }>(
    'SELECT count(*) AS parked FROM probono_read.parked WHERE projection = $1 AND generation = $2 AND partition = $3',
    place,
  );
  return { replayed, stillParked: Number(left?.parked ?? 0n) };
};

const firstParked = `SELECT position, revision FROM probono_read.parked
  WHERE projection = $1 AND generation = $2 AND stream = $3 ORDER BY position LIMIT 1`;

/** Replays the first of a stream's parked events; false when there is none, or when it failed again. */
const replayFirst = async (parts: Parts, projection: Projection, unit: Unit, stream: StreamName): Promise<boolean> => {
  const place = [unit.projection, unit.generation, stream];
  const [parked] = await parts.sql.query<{ position: bigint; revision: bigint }>(firstParked, place);
  if (parked === undefined) return false;
  const event = await readOne(parts, projection, stream, parked.revision);
  try {
    if ('error' in event.read) throw event.read.error;
    await parts.sql.transaction(async (tx) => {
      // The checkpoint's lock keeps later events of the stream from being parked, or folded, meanwhile.
      const held = await tx.query(
        `SELECT 1 FROM probono_read.checkpoints WHERE projection = $1 AND generation = $2 AND partition = $3 FOR UPDATE`,
        [unit.projection, unit.generation, unit.partition],
      );
      const [first] = await tx.query<{ position: bigint }>(firstParked, place);
      // Someone else may have replayed it, or the generation may have gone.
      if (held.length === 0 || first?.position !== parked.position || 'error' in event.read) return;
      const folding = await beginFolding(tx, projection, generationNames(projection, unit.generation), [event]);
      await folding.fold(event.read.events);
      await folding.flush();
      await tx.query('DELETE FROM probono_read.parked WHERE projection = $1 AND generation = $2 AND position = $3', [
        unit.projection,
        unit.generation,
        parked.position,
      ]);
    });
    return true;
  } catch (error) {
    if (isOutage(error)) throw error;
    await parts.sql.query(
      'UPDATE probono_read.parked SET cause = $4 WHERE projection = $1 AND generation = $2 AND position = $3',
      [unit.projection, unit.generation, parked.position, causeOf(error, event)],
    );
    return false;
  }
};

const readOne = async (
  parts: Parts,
  projection: Projection,
  stream: StreamName,
  revision: bigint,
): Promise<ReadEvent> => {
  for await (const stored of parts.store.readStream(stream, { from: revision, limit: 1 })) {
    const [event] = await decodeEach(parts.codec, projection, [stored]);
    if (event !== undefined) return event;
  }
  throw new Error(`${stream} has no event ${revision} any more: rebuild the read model on the log that there is`);
};
