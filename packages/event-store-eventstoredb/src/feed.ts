import {
  type AllStreamResolvedEvent,
  END,
  eventTypeFilter,
  excludeSystemEvents,
  type Filter,
  type Position,
  START,
  streamNameFilter,
} from '@eventstore/db-client';
import type { SubscribeOptions } from '@probono/event-store';
import type { Connection } from './connection.js';
import { TooLate } from './failure.js';
import { pull } from './pull.js';

/** What a subscription of the client tells, in the order in which the consumer may rely on it. */
export type Told =
  | { readonly kind: 'event'; readonly resolved: AllStreamResolvedEvent }
  /** Everything up to here was looked at, and what was wanted of it was taken. */
  | { readonly kind: 'checkpoint'; readonly position: bigint }
  | { readonly kind: 'caught-up' };

type Mark = Exclude<Told, { readonly kind: 'event' }>;

/** Windows of 32 events that the server looks at between two checkpoints. */
const checkpointInterval = 8;

/**
 * One subscription to the whole log, until it fails or the signal is aborted. The client announces checkpoints and
 * having caught up while events before them still wait in its buffer: here they wait for those.
 *
 * @throws what the subscription failed with; {@link TooLate} when the server does not confirm it in time.
 */
export async function* feed(
  { client }: Connection,
  after: bigint | undefined,
  wanted: Pick<SubscribeOptions, 'categories' | 'types'>,
  signal: AbortSignal,
  timeoutMs: number,
): AsyncGenerator<Told> {
  const marks: { readonly behind: number; readonly mark: Mark }[] = [];
  let confirmed = false;
  const announce = (mark: Mark) => {
    marks.push({ behind: events.taken + events.waiting, mark });
    events.notice();
  };
  const subscription = client.subscribeToAll({
    fromPosition: startOf(after, wanted),
    filter: filterFor(wanted, ({ commit, prepare }) => {
      if (commit === prepare) announce({ kind: 'checkpoint', position: commit });
    }),
  });
  const events = pull<AllStreamResolvedEvent>(subscription, () => subscription.unsubscribe());
  subscription.on('caughtUp', () => announce({ kind: 'caught-up' }));
  subscription.on('confirmation', () => {
    confirmed = true;
    events.notice();
  });
  const givenUp = Date.now() + timeoutMs;
  try {
    while (!signal.aborted) {
      const [next] = marks;
      if (next !== undefined && next.behind <= events.taken) {
        marks.shift();
        yield next.mark;
        continue;
      }
      const resolved = events.take();
      if (resolved !== undefined) yield { kind: 'event', resolved };
      else if (events.ended) throw new TooLate('the server ended the subscription');
      else await events.more([signal], confirmed ? undefined : Math.max(1, givenUp - Date.now()));
    }
  } finally {
    events.close();
  }
}

const startOf = (after: bigint | undefined, wanted: Pick<SubscribeOptions, 'categories' | 'types'>) => {
  if (wantsNothing(wanted)) return END;
  return after === undefined || after <= 0n ? START : { commit: after, prepare: after };
};

const wantsNothing = ({ categories, types }: Pick<SubscribeOptions, 'categories' | 'types'>): boolean =>
  categories?.length === 0 || types?.length === 0;

/** By the names of streams rather than `$ce-` streams, which a server need not have, and which lag behind. */
const filterFor = (
  wanted: Pick<SubscribeOptions, 'categories' | 'types'>,
  reached: (position: Position) => void,
): Filter => {
  const checkpoints = {
    checkpointInterval,
    checkpointReached: (_: unknown, position: Position) => reached(position),
  };
  const { categories, types } = wanted;
  // No event is without a type.
  if (wantsNothing(wanted)) return eventTypeFilter({ regex: '^$', ...checkpoints });
  if (categories !== undefined) {
    return streamNameFilter({ prefixes: categories.map((category) => `${category}-`), ...checkpoints });
  }
  if (types !== undefined) return eventTypeFilter({ prefixes: [...types], ...checkpoints });
  return excludeSystemEvents(checkpoints);
};
