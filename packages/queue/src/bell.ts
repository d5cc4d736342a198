import { AsyncResource } from 'node:async_hooks';
import type { Carrier } from './carrier.js';
import { endsWithin } from './deadline.js';
import type { LossLog } from './loss-log.js';
import { checkTopic } from './topic.js';

/** Says "there is work" and nothing more. */
export interface Bell {
  /**
   * Wakes the loops of the topic, in this process at once and elsewhere through the backend. Never throws and is never
   * awaited: when the backend is away the ring is dropped, and the loops find their work at their next tick. Ring after
   * the commit.
   */
  ring(topic: string): void;
  /** Hands on what was rung already, for half a second at most, and rings no more. */
  close(): Promise<void>;
}

/** What became of the rings since the start. */
export interface RingCounts {
  /** Handed to the backend; several rings in a row make one. */
  readonly sent: number;
  /** Lost because the backend was away. */
  readonly dropped: number;
}

interface Post {
  busy: boolean;
  again: boolean;
  sentAtMs: number;
}

/** Where this process hosts the topic itself the others are only told that often: the work is being done already. */
const HOSTED_GAP_MS = 1_000;
const FLUSH_MS = 500;

export function createBell(
  carrier: Carrier,
  wakeHere: (topic: string) => boolean,
  lossLog: LossLog,
): Bell & { counts(): RingCounts } {
  // Neither the loop woken nor BullMQ may find itself inside the transaction or trace of whoever rings.
  const scope = new AsyncResource('probono.bell', { requireManualDestroy: true });
  const posts = new Map<string, Post>();
  const underWay = new Set<Promise<void>>();
  let closed = false;
  let sent = 0;
  let dropped = 0;

  const post = (topic: string, hosted: boolean): void => {
    let entry = posts.get(topic);
    if (entry === undefined) {
      checkTopic(topic);
      entry = { busy: false, again: false, sentAtMs: Number.NEGATIVE_INFINITY };
      posts.set(topic, entry);
    }
    if (hosted && performance.now() - entry.sentAtMs < HOSTED_GAP_MS) return;
    if (entry.busy) {
      entry.again = true;
      return;
    }
    if (!carrier.live()) {
      dropped += 1;
      return;
    }
    const sending = send(topic, entry).finally(() => underWay.delete(sending));
    underWay.add(sending);
  };

  const send = async (topic: string, entry: Post): Promise<void> => {
    entry.busy = true;
    do {
      entry.again = false;
      entry.sentAtMs = performance.now();
      try {
        await carrier.send(topic);
        sent += 1;
      } catch (error) {
        dropped += 1;
        lossLog.trouble(error);
      }
    } while (entry.again);
    entry.busy = false;
  };

  return {
    ring(topic) {
      if (closed) return;
      try {
        scope.runInAsyncScope(() => post(topic, wakeHere(topic)));
      } catch (error) {
        lossLog.trouble(error);
      }
    },
    counts: () => ({ sent, dropped }),
    async close() {
      closed = true;
      await endsWithin(FLUSH_MS, Promise.allSettled([...underWay]));
    },
  };
}
