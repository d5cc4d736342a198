import type { SqlClient } from '@probono/sql';
import type { Logger } from 'pino';
import { type Bell, createBell, type RingCounts } from './bell.js';
import { type Board, openBoard } from './board/board.js';
import { createCarrier } from './carrier.js';
import type { LoopHealth, WorkLoop } from './loop.js';
import { type LoopRunner, startLoop } from './loop-runner.js';
import { createLossLog } from './loss-log.js';
import { openSqlLine } from './postgres.js';
import { openRedisLine, REDIS_PREFIX } from './redis.js';
import { checkTopic } from './topic.js';

/** Where wake-ups travel. */
export type QueueBackend =
  | {
      readonly kind: 'redis';
      /**
       * `redis://[user:password@]host:port[/db]`, `redis+cluster://host:port,host:port` or
       * `redis+sentinel://host:port,host:port/master`; `rediss…` for TLS.
       */
      readonly url: string;
      /** Default `{probono}`; keep the braces, they hold a queue together in a Redis Cluster. */
      readonly prefix?: string;
    }
  | {
      readonly kind: 'sql';
      /** PostgreSQL or PGlite; BullMQ keeps its tables in schema `bullmq`. The client stays the caller's to close. */
      readonly sql: SqlClient;
    };

/** How a queue is opened. */
export interface OpenQueueOptions {
  readonly logger: Logger;
  /** Uniform in [0, 1): spreads the ticks of many processes. */
  readonly random: () => number;
  /** Refuse to open when Redis cannot be reached within 5 s. Default false: go on by ticks until it is there. */
  readonly required?: boolean;
}

/** The state of a queue, for `/readyz`, metrics and people. */
export interface QueueHealth {
  readonly backend: 'redis' | 'sql';
  /** Whether the backend answered just now. When it does not, all work goes on by ticks. */
  readonly reachable: boolean;
  readonly rings: RingCounts;
  readonly loops: ReadonlyMap<string, LoopHealth>;
}

/** Rings, and loops that come when it rings. */
export interface Queue {
  readonly bell: Bell;
  /**
   * Hosts a loop: it runs now, whenever its topic is rung in any process, and at its own ticks.
   *
   * @throws {TypeError} when the topic is malformed, and {@link Error} when this queue hosts it already.
   */
  work(loop: WorkLoop): Promise<void>;
  health(): Promise<QueueHealth>;
  /** bull-board over the topics hosted here by now, to look at. */
  board(): Promise<Board>;
  /** Takes no more work, waits up to `timeoutMs` (default 4000) for runs to return, then lets all connections go. */
  close(options?: { readonly timeoutMs?: number }): Promise<void>;
}

const CLOSE_TIMEOUT_MS = 4_000;
const CARRIER_TIMEOUT_MS = 1_000;

/**
 * Opens a queue of wake-ups. It may lose any of them, and all at once: what is due stands in the database, and loops
 * look for it at their ticks. A wake-up only makes them look sooner.
 *
 * @throws {QueueUnavailable} when Redis is `required` and cannot be used, or its address cannot be read.
 * @throws {SqlUnavailable} when the database cannot be reached.
 *
 * @example
 * ```ts
 * const queue = await openQueue({ kind: 'sql', sql }, { logger, random: Math.random });
 * await queue.work({ topic: 'projections', run: (signal) => project(signal) });
 * queue.bell.ring('projections');
 * await queue.close();
 * ```
 */
export async function openQueue(backend: QueueBackend, options: OpenQueueOptions): Promise<Queue> {
  const { logger, random, required = false } = options;
  const lossLog = createLossLog(logger, backend.kind);
  const line =
    backend.kind === 'redis'
      ? await openRedisLine({
          url: backend.url,
          prefix: backend.prefix ?? REDIS_PREFIX,
          required,
          random,
          logger,
          lossLog,
        })
      : await openSqlLine(backend.sql, lossLog);
  const carrier = createCarrier(line, lossLog);
  const loops = new Map<string, LoopRunner>();
  const wakeHere = (topic: string) => {
    const loop = loops.get(topic);
    loop?.wake();
    return loop !== undefined;
  };
  const bell = createBell(carrier, wakeHere, lossLog);
  let closing: Promise<void> | undefined;

  const close = async (timeoutMs: number) => {
    await Promise.all([...loops.values()].map((loop) => loop.stop(timeoutMs)));
    // After the loops: what they did last may be work for others.
    await bell.close();
    await carrier.close(CARRIER_TIMEOUT_MS);
  };

  return {
    bell,
    async work(loop) {
      checkTopic(loop.topic);
      if (closing !== undefined) throw new Error('This queue is closed; open another one.');
      if (loops.has(loop.topic)) throw new Error(`The topic ${loop.topic} has a loop in this process already.`);
      loops.set(loop.topic, startLoop(loop, { logger, random }));
      carrier.listen(loop.topic, () => wakeHere(loop.topic));
    },
    async health() {
      return {
        backend: backend.kind,
        reachable: closing === undefined && (await carrier.reachable()),
        rings: bell.counts(),
        loops: new Map([...loops].map(([topic, loop]) => [topic, loop.health()])),
      };
    },
    board: () => openBoard([...loops.keys()].map(carrier.queueOf)),
    close(closeOptions) {
      closing ??= close(closeOptions?.timeoutMs ?? CLOSE_TIMEOUT_MS);
      return closing;
    },
  };
}
