import { endsWithin } from './deadline.js';
import type { LossLog } from './loss-log.js';

/** Takes wake-ups from process to process. What it loses, the ticks of the loops make good. */
export interface Carrier {
  readonly kind: 'redis' | 'sql';
  /** Whether sending has a chance now; cheap, may be wrong. */
  live(): boolean;
  /** Asks the backend whether it is there. */
  reachable(): Promise<boolean>;
  send(topic: string): Promise<void>;
  /** Calls `heard` for wake-ups of the topic that this process gets; several hosts of a topic share them. */
  listen(topic: string, heard: () => void): void;
  /** BullMQ's `Queue` of a topic, to be looked at. */
  queueOf(topic: string): object;
  /** Hears no more, then sends no more, then lets the connections go. */
  close(timeoutMs: number): Promise<void>;
}

/** What the two backends do differently. */
export interface Line {
  readonly kind: 'redis' | 'sql';
  live(): boolean;
  ping(): Promise<unknown>;
  sender(topic: string, options: typeof SENDER): Sender;
  listener(topic: string, processor: () => Promise<void>, options: typeof LISTENER): Listener;
  close(): Promise<void>;
}

/** The part of BullMQ's `Queue` used here; the class itself is typed by its backend. */
interface Sender {
  add(name: string, data: Record<string, never>): Promise<unknown>;
  waitUntilReady(): Promise<unknown>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  close(): Promise<void>;
}

/** The part of BullMQ's `Worker` used here. */
interface Listener {
  on(event: 'error', listener: (error: Error) => void): unknown;
  close(force?: boolean): Promise<void>;
}

const PING_MS = 1_000;

const SENDER = {
  // Nobody reads the events of these queues.
  streams: { events: { maxLen: 100 } },
  defaultJobOptions: {
    // Plain deduplication loses what arrives while a job is active; this keeps one more for afterwards.
    deduplication: { id: 'wake', keepLastIfActive: true },
    removeOnComplete: true,
    removeOnFail: true,
  },
};

const LISTENER = {
  // A job is over in a moment, so that one held longer belongs to a dead process and would swallow wake-ups meanwhile.
  lockDuration: 5_000,
  stalledInterval: 5_000,
  maxStalledCount: 10,
  drainDelay: 10,
  removeOnComplete: { count: 0 },
  removeOnFail: { count: 0 },
};

/** BullMQ with one queue a topic, so that a wake-up reaches only processes that host it and topics never wait on each other. */
export function createCarrier(line: Line, lossLog: LossLog): Carrier {
  const senders = new Map<string, Sender>();
  const listeners: Listener[] = [];

  const senderOf = (topic: string): Sender => {
    const known = senders.get(topic);
    if (known !== undefined) return known;
    const sender = line.sender(topic, SENDER);
    sender.on('error', lossLog.trouble);
    // BullMQ remembers a failed first connection for ever; a new sender tries afresh.
    sender.waitUntilReady().catch(() => senders.delete(topic));
    senders.set(topic, sender);
    return sender;
  };

  return {
    kind: line.kind,
    live: line.live,
    reachable: async () => {
      let answered = false;
      await endsWithin(
        PING_MS,
        line.ping().then(() => {
          answered = true;
        }),
      );
      return answered;
    },
    async send(topic) {
      // No name, no data: a wake-up that carries nothing can leak nothing and needs no schema.
      await senderOf(topic).add('wake', {});
    },
    queueOf: senderOf,
    listen(topic, heard) {
      const listener = line.listener(topic, async () => heard(), LISTENER);
      listener.on('error', lossLog.trouble);
      listeners.push(listener);
    },
    async close(timeoutMs) {
      // Without its backend BullMQ would wait for answers that never come.
      const force = !(await this.reachable());
      await endsWithin(timeoutMs, Promise.allSettled(listeners.map((listener) => listener.close(force))));
      await endsWithin(timeoutMs, Promise.allSettled([...senders.values()].map((sender) => sender.close())));
      await line.close();
    },
  };
}
