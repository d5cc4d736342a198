import { setTimeout as pause } from 'node:timers/promises';
import { type SubscribeOptions, type SubscriptionItem, Unavailable } from '@probono/event-store';
import { isWanted, positionOf, toStored } from './event.js';
import { readFailure } from './failure.js';
import { feed } from './feed.js';
import type { Reader } from './read.js';

/** Where the adapter reports what it overcame by itself; pino's loggers fit. */
export interface EventStoreDbLogger {
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
}

/** Resolves when it is time to subscribe again, after so many failures in a row, or when the signal is aborted. */
export type BackOff = (failures: number, signal: AbortSignal) => Promise<void>;

const firstPauseMs = 250;
const longestPauseMs = 30_000;

/** Waits 250 ms, then twice as long each time, up to 30 s. */
export const doublingBackOff: BackOff = async (failures, signal) => {
  const milliseconds = Math.min(firstPauseMs * 2 ** (failures - 1), longestPauseMs);
  await pause(milliseconds, undefined, { signal }).catch(() => undefined);
};

/** How a subscription is kept up. */
export interface Upkeep {
  readonly backOff: BackOff;
  readonly logger: EventStoreDbLogger | undefined;
}

/**
 * Follows the log for ever: the client's subscriptions end with their connection, so they are taken up again behind
 * the last event that the consumer came back from.
 */
export async function* subscribe(
  { connection, timeoutMs, closed }: Reader,
  options: SubscribeOptions,
  { backOff, logger }: Upkeep,
): AsyncGenerator<SubscriptionItem> {
  const ended = options.signal === undefined ? closed : AbortSignal.any([closed, options.signal]);
  let after = options.after;
  let failures = 0;
  let everWorked = false;
  while (!ended.aborted) {
    try {
      for await (const told of feed(connection, after, options, ended, timeoutMs)) {
        failures = 0;
        everWorked = true;
        if (told.kind === 'caught-up') yield { kind: 'caught-up', position: after };
        else if (told.kind === 'checkpoint') after = later(after, told.position);
        else if (told.resolved.event !== undefined) {
          const { event } = told.resolved;
          if (isWanted(event, options)) yield { kind: 'event', event: toStored(event) };
          after = later(after, positionOf(event));
        }
        if (ended.aborted) return;
      }
    } catch (error) {
      if (ended.aborted) return;
      const failure = readFailure(error, 'the log', connection);
      // What was never allowed will not be by waiting; what worked once may have been changed and be changed back.
      if (!(failure instanceof Unavailable) && !everWorked) throw failure;
      failures += 1;
      const place = after === undefined ? 'the beginning' : String(after);
      logger?.warn({ reason: failure.message, after: place, failures }, 'a subscription ended and will be resumed');
      await backOff(failures, ended);
    }
  }
}

/** A checkpoint may be told again after a subscription was resumed. */
const later = (after: bigint | undefined, position: bigint): bigint =>
  after === undefined || position > after ? position : after;
