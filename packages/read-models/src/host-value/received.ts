import type { SqlExecutor } from '@probono/sql';
import { tableOf } from '../query.js';
import { hostValue } from './projection.js';

/** What a host received from an administration in a calendar year, and how far the read model has come that says so. */
export interface Received {
  /** Value of hours and financial contributions, in euro cents. */
  readonly cents: number;
  /** Minutes that `cents` leaves out, for no loaded cost is known of their days. */
  readonly unpricedMinutes: number;
  readonly projection: string;
  /** Every event up to here is in the figure. */
  readonly position: bigint;
}

/**
 * Reads what a host received, with the position that it holds for. `undefined` when the read model cannot tell: it is
 * still being built, has stopped, or has parked events that may belong to it.
 */
export const receivedCents = async (
  sql: SqlExecutor,
  { homeId, hostId, year }: { readonly homeId: string; readonly hostId: string; readonly year: number },
): Promise<Received | undefined> => {
  // One statement: rows and position are of one moment.
  const [row] = await sql.query<{ received: bigint; unpriced: bigint; position: bigint }>(
    `SELECT coalesce(y.received_cents, 0) AS received, coalesce(y.unpriced_minutes, 0) AS unpriced, c.position
      FROM probono_read.generations g
      JOIN probono_read.checkpoints c USING (projection, generation)
      LEFT JOIN ${tableOf('host_value_years')} y ON (y.home_id, y.host_id, y.year) = ($2::text, $3::text, $4::integer)
      WHERE g.projection = $1 AND g.state = 'live' AND c.failure IS NULL AND c.position >= 0
        AND NOT EXISTS (SELECT 1 FROM probono_read.parked k
          WHERE (k.projection, k.generation) = (g.projection, g.generation))`,
    [hostValue.name, homeId, hostId, year],
  );
  if (row === undefined) return undefined;
  const { received, unpriced, position } = row;
  return { cents: Number(received), unpricedMinutes: Number(unpriced), projection: hostValue.name, position };
};
