import { serve } from 'probono';

/** Sends reminders that have fallen due, until SIGTERM or SIGINT. Resolves to the exit code. */
export const reminder = (environment: Readonly<Record<string, string | undefined>>): Promise<number> =>
  serve('reminder', environment, ({ workers }) => workers.sender);
