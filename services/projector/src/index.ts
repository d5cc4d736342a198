import { serve } from 'probono';

/** Fills the read models and lets the clerk act, until SIGTERM or SIGINT. Resolves to the exit code. */
export const projector = (environment: Readonly<Record<string, string | undefined>>): Promise<number> =>
  serve('projector', environment, ({ workers }) => workers.projector);
