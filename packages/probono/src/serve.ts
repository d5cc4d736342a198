import { runHost, type WorkLoop, workerLogger } from '@probono/queue';
import { clearFailure } from './clear-failure.js';
import { configurationFrom } from './configuration.js';
import { metricsOf } from './metrics.js';
import { openProBono, type ProBono } from './pro-bono.js';
import { startTelemetry } from './telemetry.js';

/**
 * Runs a service: opens Pro Bono from the environment and hosts the loops chosen, until SIGTERM or SIGINT. Resolves to
 * the exit code: 0 after an orderly stop, 2 with one clear line on stderr when it could not start.
 */
export const serve = async (
  name: string,
  environment: Readonly<Record<string, string | undefined>>,
  loopsOf: (proBono: ProBono) => readonly WorkLoop[],
): Promise<number> => {
  try {
    const configuration = configurationFrom(environment);
    const logger = workerLogger(name, configuration.logLevel);
    const stopTelemetry = await startTelemetry(`probono-${name}`, environment);
    try {
      const proBono = await openProBono(configuration, { logger, hosting: true });
      try {
        await runHost({
          loops: loopsOf(proBono),
          queue: await proBono.queue(),
          logger,
          metrics: () => metricsOf(proBono),
          healthHost: configuration.healthHost,
          board: configuration.bullBoard,
          ...(configuration.healthPort === undefined ? {} : { healthPort: configuration.healthPort }),
        });
      } finally {
        await proBono.close();
      }
    } finally {
      await stopTelemetry();
    }
    return 0;
  } catch (error) {
    const unforeseen = error instanceof Error ? error.stack : String(error);
    process.stderr.write(`${name}: ${clearFailure(error) ?? unforeseen}\n`);
    return 2;
  }
};
