import { setImmediate } from 'node:timers/promises';

/**
 * Resolves when the signals that have come are heard. An embedded database answers without a turn of the event loop,
 * so that a loop over it hears of nothing until its end.
 */
export const heard = (): Promise<void> => setImmediate();
