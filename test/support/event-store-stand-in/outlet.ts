import type { Misbehaviour } from './orders.js';
import type { Streams, StreamsServer } from './protocol.js';

/** The way out of a streaming call; waits while the client does not take more. */
export interface Outlet {
  /** Aborted when the call has ended, by whomever. */
  readonly ended: AbortSignal;
  send(message: Streams.ReadResp): Promise<void>;
  end(): void;
  fail(error: unknown): void;
}

type ReadCall = Parameters<StreamsServer['read']>[0];

export const createOutlet = (call: ReadCall, order: Misbehaviour | undefined, cut: () => void): Outlet => {
  const ended = new AbortController();
  for (const event of ['cancelled', 'close', 'error']) call.on(event, () => ended.abort());
  const over = new Promise<void>((resolve) => ended.signal.addEventListener('abort', () => resolve()));
  const { cutAfter, stallAfter } = countsOf(order);
  let sent = 0;
  let written = Promise.resolve();
  return {
    ended: ended.signal,
    async send(message) {
      if (ended.signal.aborted) return;
      if (message.hasEvent()) {
        if (sent >= stallAfter) return over;
        if (sent >= cutAfter) {
          await written;
          cut();
        }
        sent += 1;
      }
      if (ended.signal.aborted) return;
      let room = true;
      written = new Promise((resolve) => {
        // What the call has handed on leaves the process a turn later.
        room = call.write(message, () => setImmediate(() => setImmediate(resolve)));
      });
      if (room) return;
      await Promise.race([new Promise((resolve) => call.once('drain', resolve)), over]);
    },
    end() {
      if (!ended.signal.aborted) call.end();
    },
    fail(error) {
      if (!ended.signal.aborted) call.emit('error', error);
    },
  };
};

const countsOf = (order: Misbehaviour | undefined): { readonly cutAfter: number; readonly stallAfter: number } => {
  const never = { cutAfter: Number.POSITIVE_INFINITY, stallAfter: Number.POSITIVE_INFINITY };
  return typeof order === 'object' && !('notLeader' in order) ? { ...never, ...order } : never;
};
