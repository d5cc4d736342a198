import { isConnectionLost } from '@probono/sql';

/** Errors whose message is by design one clear line that says what to do next. */
const clear = new Set([
  'ConfigurationError',
  'SqlUnavailable',
  'DirectoryLocked',
  'QueueUnavailable',
  'NotADemonstration',
  'Unavailable',
  'UnknownOutcome',
  'UnreadableEvent',
  'KeyMissing',
  'KeyUnusable',
  'PersonalFieldTampered',
  'OtherVersion',
]);

/**
 * The one line, to be shown to whoever started the program, for a failure of its surroundings: configuration, servers,
 * directories, keys, ports. Undefined for everything else, which is a bug.
 */
export const clearFailure = (error: unknown): string | undefined => {
  if (!(error instanceof Error)) return undefined;
  if (clear.has(error.name)) return error.message.split('\n')[0];
  if (isConnectionLost(error))
    return `the connection to the database was lost (${error.message.split('\n')[0]}); see that it runs, and try again`;
  if ('syscall' in error && error.syscall === 'listen' && 'code' in error) {
    const place = 'address' in error && 'port' in error ? `${error.address}:${error.port}` : 'the address given';
    return `cannot serve /healthz at ${place} (${error.code}); set PROBONO_HEALTH_HOST and PROBONO_HEALTH_PORT to an address and a port that are free`;
  }
  return undefined;
};
