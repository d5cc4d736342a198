import { type LevelWithSilent, type Logger, pino } from 'pino';

/** The log of a worker process: JSON lines on stderr, so that stdout stays free for what commands print. */
export function workerLogger(name: string, level: LevelWithSilent = 'info'): Logger {
  return pino({ name, level }, pino.destination({ fd: 2, sync: true }));
}
