import { Writable } from 'node:stream';
import { type Logger, pino } from 'pino';

/** A logger whose lines can be read back. */
export function capturedLog(): { logger: Logger; lines: string[] } {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return { logger: pino({ level: 'debug' }, stream), lines };
}
