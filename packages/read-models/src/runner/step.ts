import type { StoredEvent } from '@probono/event-store';
import type { SqlExecutor } from '@probono/sql';
import type { Projection } from '../projection.js';
import { beginFolding, type ReadEvent } from './batch.js';
import { holdCheckpoint, holdTogether, moveCheckpoints, type NotHeld, noteFailure, type Unit } from './books.js';
import { causeOf, isOutage, isRefusedValue, Undecodable } from './failure.js';
import { type Parked, park, parkedStreams } from './parking.js';
import type { Parts } from './parts.js';
import { decodeEach } from './reading.js';
import { generationNames } from './tables.js';
import { batchTraced } from './tracing.js';

/** What one step did; `again`: an event failed that may be tried again after a while. */
export type Stepped = NotHeld | 'moved' | 'again';

/** What is remembered of events that fail, as long as one run lasts. */
export interface Troubles {
  /** How often an event failed, by position. */
  readonly tries: Map<bigint, number>;
  /** Events whose rows the database refused, with its error. */
  readonly refused: Map<bigint, unknown>;
}

/** Folds these events and moves the checkpoint to the last of them, or to `upTo`: in one transaction, or not at all. */
export const step = async (
  parts: Parts,
  projection: Projection,
  unit: Unit,
  stored: readonly StoredEvent[],
  upTo: bigint,
  troubles: Troubles,
): Promise<Stepped> => {
  const decoded = await decodeEach(parts.codec, projection, stored);
  const events = decoded.map((event): ReadEvent => {
    const error = troubles.refused.get(event.stored.position);
    return error === undefined ? event : { stored: event.stored, read: { error } };
  });
  try {
    return await batchTraced(parts, projection, unit, events, upTo, () =>
      parts.sql.transaction((tx) => foldHeld(tx, parts, projection, unit, events, upTo, troubles)),
    );
  } catch (error) {
    const [only, ...others] = stored;
    if (isOutage(error) || !isRefusedValue(error) || only === undefined) throw error;
    if (others.length === 0) {
      troubles.refused.set(only.position, error);
      return 'moved-on';
    }
    // The refused value is of one of them: halves find it.
    const half = stored.slice(0, Math.ceil(stored.length / 2));
    return step(parts, projection, unit, half, half.at(-1)?.position ?? unit.position, troubles);
  }
};

/** Leaves the transaction of units that went together. */
class Unfoldable extends Error {
  constructor(readonly event: StoredEvent) {
    super(`${event.type} at position ${event.position}`);
  }
}

/**
 * Folds these events for all units that stand at the same place, in one transaction. `apart`: something is in the way
 * of one of them; nothing has changed, and they go on one by one. So they do after `again`, when an event has failed.
 */
export const stepTogether = async (
  parts: Parts,
  projection: Projection,
  units: readonly Unit[],
  stored: readonly StoredEvent[],
  upTo: bigint,
  troublesOf: (event: StoredEvent) => Troubles,
): Promise<'moved' | 'again' | 'apart'> => {
  const [first] = units;
  const events = await decodeEach(parts.codec, projection, stored);
  if (first === undefined || events.some(({ read }) => 'error' in read)) return 'apart';
  try {
    const fold = async (tx: SqlExecutor): Promise<'moved' | 'apart'> => {
      const held = await holdTogether(tx, units);
      if (held === undefined || (await parkedStreams(tx, first, held, stored)).size > 0) return 'apart';
      const folding = await beginFolding(tx, projection, generationNames(projection, first.generation), events);
      for (const { stored: event, read } of events) {
        try {
          if ('events' in read) await folding.fold(read.events);
        } catch (error) {
          throw isOutage(error) || isRefusedValue(error) ? error : new Unfoldable(event);
        }
      }
      await folding.flush();
      await moveCheckpoints(tx, units, upTo, parts.worker);
      return 'moved';
    };
    return await batchTraced(parts, projection, first, events, upTo, () => parts.sql.transaction(fold));
  } catch (error) {
    if (isOutage(error)) throw error;
    if (!(error instanceof Unfoldable)) return 'apart';
    const { tries } = troublesOf(error.event);
    tries.set(error.event.position, (tries.get(error.event.position) ?? 0) + 1);
    return parts.retry.attempts > 1 ? 'again' : 'apart';
  }
};

const foldHeld = async (
  tx: SqlExecutor,
  parts: Parts,
  projection: Projection,
  unit: Unit,
  events: readonly ReadEvent[],
  upTo: bigint,
  troubles: Troubles,
): Promise<Stepped> => {
  const held = await holdCheckpoint(tx, unit);
  if (typeof held === 'string') return held;
  const waiting = await parkedStreams(
    tx,
    unit,
    held,
    events.map(({ stored }) => stored),
  );
  const folding = await beginFolding(tx, projection, generationNames(projection, unit.generation), events);
  const parked: Parked[] = [];
  let reached = unit.position;
  let stopped: 'again' | { position: bigint; cause: string } | undefined;

  for (const { stored, read } of events) {
    if (waiting.has(stored.stream)) {
      parked.push({ stored, cause: null });
      reached = stored.position;
      continue;
    }
    try {
      if ('error' in read) throw read.error;
      await folding.fold(read.events);
    } catch (error) {
      // The database's own refusals end the transaction; `step` comes back with them.
      if (isOutage(error) || ('events' in read && isRefusedValue(error))) throw error;
      const tries = (troubles.tries.get(stored.position) ?? 0) + 1;
      troubles.tries.set(stored.position, tries);
      const cause = causeOf(error, { stored, read });
      parts.logger?.warn({ ...placeOf(unit, stored), tries, cause }, 'an event could not be projected');
      if (tries < parts.retry.attempts && !(error instanceof Undecodable)) {
        stopped = 'again';
        break;
      }
      troubles.tries.delete(stored.position);
      if (projection.onFailure === 'stop') {
        stopped = { position: stored.position, cause };
        break;
      }
      parked.push({ stored, cause });
      waiting.add(stored.stream);
    }
    reached = stored.position;
  }

  await folding.flush();
  await park(tx, unit, parked, parts.now());
  await moveCheckpoints(tx, [unit], stopped === undefined ? upTo : reached, parts.worker);
  if (stopped === undefined) return 'moved';
  if (stopped === 'again') return 'again';
  await noteFailure(tx, unit, { ...stopped, at: parts.now() });
  return 'failed';
};

const placeOf = ({ projection, generation }: Unit, { type, stream, position }: StoredEvent) => ({
  projection,
  generation,
  type,
  stream,
  position: String(position),
});
