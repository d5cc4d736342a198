import { type HostOptions, runHost } from '@probono/queue';
import { metricsOf, type ProBono } from 'probono';
import { type ExitCode, exitCodes } from '../exit.js';
import type { Session } from '../session.js';

/** Hosts all workers of this process until it is told to stop. */
export const work = async (
  { signal, terminal }: Session,
  proBono: ProBono,
  onReady?: HostOptions['onReady'],
): Promise<ExitCode> => {
  await runHost({
    loops: proBono.workers.loops,
    queue: await proBono.queue(),
    logger: proBono.logger,
    metrics: () => metricsOf(proBono),
    healthHost: proBono.configuration.healthHost,
    board: proBono.configuration.bullBoard,
    ...(proBono.configuration.healthPort === undefined ? {} : { healthPort: proBono.configuration.healthPort }),
    signals: [],
    stop: signal,
    onReady: (host) => {
      const pages = host.healthPort === undefined ? '' : `; http://127.0.0.1:${host.healthPort}/healthz`;
      terminal.note(`workers are up${pages}; Ctrl-C stops them`);
      onReady?.(host);
    },
  });
  return exitCodes.done;
};
