import type { Projection } from '../projection.js';
import { fillAside } from './aside.js';
import type { Parts } from './parts.js';
import { createTables, scratchSchema, viewName } from './tables.js';

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
  const { schema, drop } = await scratchSchema(parts.sql);
  const realName = (table: Projection['tables'][number]) => `${schema}.${viewName(projection, table)}`;
  const head = (await parts.store.lastPosition()) ?? -1n;
  const upTo = position < head ? position : head;
  const onUnfoldable = (_: unknown, cause: string): void => {
    throw new Error(`${projection.name} cannot be built as of ${upTo}: ${cause}`);
  };
  try {
    await parts.sql.transaction(async (tx) => {
      await tx.exec(`CREATE SCHEMA ${schema}`);
      await createTables(tx, projection, realName);
    });
    const aside = { realName, waiting: new Set<string>(), onUnfoldable };
    await fillAside(parts, projection, aside, { after: -1n, upTo }, signal);
  } catch (error) {
    await drop();
    throw error;
  }
  return { schema, position: upTo, drop };
};
