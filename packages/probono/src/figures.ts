import type { FigureSource } from '@probono/application';
import { RECEIVED_CENTS } from '@probono/domain';
import type { EventStore } from '@probono/event-store';
import { hostValue, type ReadModels, receivedCents, subsidyThresholdCents } from '@probono/read-models';
import { isConnectionLost, type SqlClient, SqlUnavailable } from '@probono/sql';

/** What figures are read from. */
export interface FiguresParts {
  readonly store: EventStore;
  readonly sql: SqlClient;
  readonly readModels: Pick<ReadModels, 'advance' | 'waitFor'>;
}

/** How long a command waits for a read model to come up to the log; then it takes what is there. */
const patienceMs = 2000;

/** Does the read model's work up to the end of the log, or waits for the worker that is at it. */
const catchUp = async ({ store, readModels }: FiguresParts, name: string): Promise<void> => {
  const end = await store.lastPosition();
  const advanced = await readModels.advance(name, { signal: AbortSignal.timeout(patienceMs) });
  if (advanced === 'busy' && end !== undefined)
    await readModels.waitFor(end, { projections: [name], timeoutMs: patienceMs });
};

/**
 * The figures of read models that decisions ask for, brought up to date first. A figure that cannot be told is none: the
 * rule is then reported as not examined.
 */
export const figuresOf = (parts: FiguresParts): Readonly<Record<string, FigureSource>> => ({
  async [RECEIVED_CENTS](params) {
    const asked = { homeId: String(params.homeId), hostId: String(params.hostId), year: Number(params.year) };
    try {
      await catchUp(parts, hostValue.name);
      const received = await receivedCents(parts.sql, asked);
      if (received === undefined) return undefined;
      const { cents, unpricedMinutes, projection, position } = received;
      // Hours of unknown cost only add: what is above the threshold without them stays so.
      const enough = unpricedMinutes > 0 && cents > (subsidyThresholdCents(asked.year) ?? Number.POSITIVE_INFINITY);
      return unpricedMinutes === 0 || enough ? { value: cents, projection, position } : undefined;
    } catch (error) {
      // The log can be written without its read models.
      if (error instanceof SqlUnavailable || isConnectionLost(error)) return undefined;
      throw error;
    }
  },
});
