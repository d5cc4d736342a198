import { traced } from '@probono/tracing';
import type { Projection } from '../projection.js';
import type { ReadEvent } from './batch.js';
import type { Unit } from './books.js';
import type { Parts } from './parts.js';

/**
 * Folds a batch in a span of its own trace. A batch of a generation that is read is told of in the trace of each
 * command whose events it took in; a rebuild is no consequence of theirs.
 */
export const batchTraced = <T extends string>(
  parts: Parts,
  { name }: Projection,
  { generation, state, partition, partitions, position }: Unit,
  events: readonly ReadEvent[],
  upTo: bigint,
  fold: () => Promise<T>,
): Promise<T> => {
  const [first] = events;
  const correlations = state === 'live' ? correlationsOf(events) : [];
  const facts = {
    'probono.projection': name,
    'probono.generation': generation,
    'probono.state': state,
    ...(partitions > 1 ? { 'probono.partition': partition } : {}),
    'probono.from': Number(position),
    'probono.to': Number(upTo),
    'probono.events': events.length,
    ...(first === undefined
      ? {}
      : { 'probono.lag_seconds': (parts.now().getTime() - Date.parse(first.stored.storedAt)) / 1000 }),
  };
  const span = { by: '@probono/read-models', name: `project batch ${name}`, links: correlations, facts };
  return traced({ ...span, trace: 'own' }, async (batch) => {
    const came = await fold();
    batch.say({ 'probono.outcome': came });
    if (came === 'moved') batch.tell(`project ${name}`, correlations, { 'probono.projection': name });
    return came;
  });
};

const correlationsOf = (events: readonly ReadEvent[]): ReadonlySet<string> => {
  const ids = new Set<string>();
  for (const { read } of events) {
    if ('events' in read) for (const { correlationId } of read.events) ids.add(correlationId);
  }
  return ids;
};
