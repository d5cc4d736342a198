import type { Projection } from '../projection.js';
import type { Parts } from './parts.js';
import { bucketsOf, readPart } from './reading.js';

/** Where a generation of a projection stands in its life. */
export type GenerationState = 'booting' | 'live' | 'paused' | 'failed' | 'retired';

/** How one generation of a projection is doing. */
export interface GenerationStatus {
  readonly name: string;
  readonly version: number;
  /** Counts from 1: a rebuild fills the next one beside the one that serves. */
  readonly generation: number;
  readonly state: GenerationState;
  /** All events up to here are in the rows, or parked; undefined before the first. */
  readonly position: bigint | undefined;
  /**
   * Wanted events not yet read, counted up to 1000. 0 exactly when the checkpoint has reached the end of the log: a
   * checkpoint behind it counts as at least 1, even when nothing that is wanted lies between. Of a generation that this
   * code cannot fill (another version's), 0 or 1.
   */
  readonly lagEvents: number;
  /** How long ago, in whole seconds, the first event not yet read was stored; 0 when there is none. */
  readonly lagSeconds: number;
  /** Events that wait: those that failed and those behind them in their streams. */
  readonly parked: number;
  /** Of the event that stopped it, or of the last one parked; without personal data. */
  readonly lastError?: string;
}

const countedAtMost = 1000;

interface Line {
  readonly projection: string;
  readonly paused: boolean;
  readonly version: number;
  readonly generation: number;
  readonly state: 'booting' | 'live' | 'retired';
  readonly positions: readonly bigint[] | null;
  readonly failure: string | null;
  readonly parked: bigint;
  readonly cause: string | null;
}

/** How every generation that still has tables is doing. */
export const readStatus = async (
  parts: Parts,
  projections: readonly Projection[],
): Promise<readonly GenerationStatus[]> => {
  const lines = await parts.sql.query<Line>(
    `SELECT g.projection, p.paused, g.version, g.generation, g.state,
        (SELECT array_agg(c.position ORDER BY c.partition) FROM probono_read.checkpoints c
          WHERE (c.projection, c.generation) = (g.projection, g.generation)) AS positions,
        (SELECT max(c.failure) FROM probono_read.checkpoints c
          WHERE (c.projection, c.generation) = (g.projection, g.generation)) AS failure,
        (SELECT count(*) FROM probono_read.parked k
          WHERE (k.projection, k.generation) = (g.projection, g.generation)) AS parked,
        (SELECT k.cause FROM probono_read.parked k
          WHERE (k.projection, k.generation) = (g.projection, g.generation) AND k.cause IS NOT NULL
          ORDER BY k.position DESC LIMIT 1) AS cause
      FROM probono_read.generations g JOIN probono_read.projections p USING (projection)
      WHERE NOT g.dropped AND g.projection = ANY($1::text[])
      ORDER BY g.projection, g.generation`,
    [projections.map(({ name }) => name)],
  );
  const head = (await parts.store.lastPosition()) ?? -1n;
  const statuses: GenerationStatus[] = [];
  for (const line of lines) {
    const projection = projections.find(({ name }) => name === line.projection);
    const own = projection?.version === line.version ? projection : undefined;
    statuses.push(await statusOf(parts, own, line, head));
  }
  return statuses;
};

const statusOf = async (
  parts: Parts,
  projection: Projection | undefined,
  line: Line,
  head: bigint,
): Promise<GenerationStatus> => {
  const positions = line.positions ?? [];
  const position = positions.find((one) => positions.every((other) => one <= other)) ?? -1n;
  const lag = line.state === 'retired' ? nothing : await lagOf(parts, projection, positions, head);
  const lastError = line.failure ?? line.cause;
  return {
    name: line.projection,
    version: line.version,
    generation: line.generation,
    state: stateOf(line),
    position: position < 0n ? undefined : position,
    ...lag,
    parked: Number(line.parked),
    ...(lastError === null ? {} : { lastError }),
  };
};

const stateOf = ({ state, paused, failure }: Line): GenerationState => {
  if (state === 'retired') return 'retired';
  if (failure !== null) return 'failed';
  return paused ? 'paused' : state;
};

const nothing = { lagEvents: 0, lagSeconds: 0 };

const lagOf = async (
  parts: Parts,
  projection: Projection | undefined,
  positions: readonly bigint[],
  head: bigint,
): Promise<Pick<GenerationStatus, 'lagEvents' | 'lagSeconds'>> => {
  if (positions.every((position) => position >= head)) return nothing;
  let lagEvents = 0;
  let oldest = Number.POSITIVE_INFINITY;
  for (const [partition, after] of positions.entries()) {
    const limit = countedAtMost - lagEvents;
    if (projection === undefined || after >= head || limit === 0) continue;
    const buckets = bucketsOf(partition, positions.length);
    const behind = await readPart(parts.store, { after, upTo: head, types: projection.types, buckets, limit });
    lagEvents += behind.length;
    if (behind[0] !== undefined) oldest = Math.min(oldest, Date.parse(behind[0].storedAt));
  }
  const seconds = Math.max(0, Math.floor((parts.now().getTime() - oldest) / 1000));
  return { lagEvents: Math.max(1, lagEvents), lagSeconds: Number.isFinite(seconds) ? seconds : 0 };
};
