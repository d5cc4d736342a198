import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import type { Board } from './board/board.js';
import { endsWithin } from './deadline.js';
import { serveHealth } from './health-pages.js';
import type { WorkLoop } from './loop.js';
import { messageOf } from './loss-log.js';
import type { Queue } from './queue.js';

/** What a worker process is made of. */
export interface HostOptions {
  readonly loops: readonly WorkLoop[];
  /** The host closes it. */
  readonly queue: Queue;
  readonly logger: Logger;
  /** Run one after the other once the queue is closed, for example to close the database. */
  readonly onStop?: readonly (() => unknown)[];
  /** Serves `/healthz`, `/readyz` and `/metrics`; 0 takes a free port. Left out: no pages. */
  readonly healthPort?: number;
  /** The address the pages are served on; 127.0.0.1 unless told. */
  readonly healthHost?: string;
  /** Serves bull-board under `/queues` beside those pages, to look at. */
  readonly board?: boolean;
  /** More lines for `/metrics`, in Prometheus' text format; see {@link gaugesText}. */
  readonly metrics?: () => Promise<string>;
  /** Signals that stop the host; default SIGTERM and SIGINT. A second one ends the process the usual way. */
  readonly signals?: readonly NodeJS.Signals[];
  /** Another way to stop the host. */
  readonly stop?: AbortSignal;
  /** How long the runs under way may take to return, in milliseconds; default 4000. `onStop` may take as long again. */
  readonly stopTimeoutMs?: number;
  /** Called once all loops are hosted and the pages are served. */
  readonly onReady?: (host: { readonly healthPort?: number }) => void;
}

const STOP_TIMEOUT_MS = 4_000;

/**
 * Hosts loops until a signal comes; resolves when all is closed. The process may then end.
 *
 * In order: take no more work, let runs return (or give them up), close the queue, run `onStop`.
 *
 * @throws whatever kept it from starting (a port in use, a topic hosted twice), after the same orderly stop.
 *
 * @example
 * ```ts
 * await runHost({ loops: [projections], queue, logger, healthPort: 9464, onStop: [() => sql.close()] });
 * ```
 */
export async function runHost(options: HostOptions): Promise<void> {
  const { loops, queue, logger, signals = ['SIGTERM', 'SIGINT'], stopTimeoutMs = STOP_TIMEOUT_MS } = options;
  let stopping = false;
  const asked = stopRequest(signals, options.stop);
  let pages: Server | undefined;
  let board: Board | undefined;
  try {
    if (options.healthPort !== undefined) {
      const { metrics, healthHost = '127.0.0.1' } = options;
      pages = await serveHealth(options.healthPort, healthHost, {
        queue,
        stopping: () => stopping,
        board: () => board,
        ...(metrics && { metrics }),
      });
    }
    for (const loop of loops) await queue.work(loop);
    if (options.board && pages !== undefined) board = await queue.board();
    const healthPort = portOf(pages);
    logger.info({ topics: loops.map((loop) => loop.topic), healthPort }, 'worker host is up');
    options.onReady?.(healthPort === undefined ? {} : { healthPort });
    logger.info({ reason: await asked.reason }, 'worker host is stopping');
  } finally {
    stopping = true;
    asked.forget();
    await queue.close({ timeoutMs: stopTimeoutMs });
    await runOnStop(options.onStop ?? [], stopTimeoutMs, logger);
    pages?.close();
    pages?.closeAllConnections();
    logger.info('worker host has stopped');
  }
}

function stopRequest(
  signals: readonly NodeJS.Signals[],
  stop: AbortSignal | undefined,
): { reason: Promise<string>; forget(): void } {
  let settle: (reason: string) => void = () => undefined;
  const reason = new Promise<string>((resolve) => {
    settle = resolve;
  });
  const onSignal = (signal: string) => settle(signal);
  const onAbort = () => settle('asked to');
  for (const signal of signals) process.on(signal, onSignal);
  stop?.addEventListener('abort', onAbort);
  if (stop?.aborted) onAbort();
  return {
    reason,
    forget() {
      for (const signal of signals) process.off(signal, onSignal);
      stop?.removeEventListener('abort', onAbort);
    },
  };
}

async function runOnStop(steps: readonly (() => unknown)[], timeoutMs: number, logger: Logger): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  for (const [index, step] of steps.entries()) {
    const work = (async () => step())();
    work.catch((error) => logger.error({ step: index, error: messageOf(error) }, 'a step of stopping failed'));
    const ended = await endsWithin(deadline - performance.now(), work);
    if (!ended) logger.warn({ step: index }, 'a step of stopping did not end in time and was given up');
  }
}

function portOf(pages: Server | undefined): number | undefined {
  const address: string | AddressInfo | null | undefined = pages?.address();
  return typeof address === 'object' && address !== null ? address.port : undefined;
}
