import type { Projection } from '../projection.js';
import { beginFolding } from './batch.js';
import { causeOf } from './failure.js';
import type { Parts } from './parts.js';
import { decodeEach, readPart } from './reading.js';
import { createTables, viewName } from './tables.js';

/** A read model as it was once the log had reached a position. */
export interface AsOf {
  /** The schema to give to this projection's queries instead of the one they read by themselves. */
  readonly schema: string;
  /** The last position of the log that it holds. */
  readonly position: bigint;
  drop(): Promise<void>;
}

/** Builds one projection up to a past position, in a schema of its own; nobody else sees or fills it. */
export const buildAsOf = async (
  parts: Parts,
  projection: Projection,
  position: bigint,
  signal?: AbortSignal,
): Promise<AsOf> => {
  const [next] = await parts.sql.query<{ n: bigint }>(`SELECT nextval('probono_read.as_of') AS n`);
  const schema = `probono_as_of_${next?.n}`;
  const realName = (table: Projection['tables'][number]) => `${schema}.${viewName(projection, table)}`;
  const drop = () => parts.sql.exec(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
  const head = (await parts.store.lastPosition()) ?? -1n;
  const upTo = position < head ? position : head;
  try {
    await parts.sql.transaction(async (tx) => {
      await tx.exec(`CREATE SCHEMA ${schema}`);
      await createTables(tx, projection, realName);
    });
    for (let after = -1n; after < upTo; ) {
      signal?.throwIfAborted();
      const limit = parts.batchSize;
      const stored = await readPart(parts.store, { after, upTo, types: projection.types, limit });
      const events = await decodeEach(parts.codec, stored);
      await parts.sql.transaction(async (tx) => {
        const folding = await beginFolding(tx, projection, realName, events);
        for (const { stored: event, read } of events) {
          try {
            if ('error' in read) throw read.error;
            await folding.fold(read.events);
          } catch (error) {
            throw new Error(
              `${projection.name} cannot be built as of ${upTo}: ${causeOf(error, { stored: event, read })}`,
            );
          }
        }
        await folding.flush();
      });
      after = stored.length < limit ? upTo : (stored.at(-1)?.position ?? upTo);
    }
  } catch (error) {
    await drop();
    throw error;
  }
  return { schema, position: upTo, drop };
};
