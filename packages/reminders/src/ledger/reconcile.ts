import type { Codec, EventStore } from '@probono/event-store';
import type { SqlClient } from '@probono/sql';
import { readTold } from './told.js';

/** A settled claim that the log knows nothing of, or settled otherwise. */
export interface LedgerDifference {
  readonly reminderId: string;
  readonly personId: string;
  readonly finding: 'extra' | 'different';
}

/** What the ledger came to, held against the log. */
export interface ReconciledLedger {
  /** Claims that the ledger has as sent, dropped or parked. */
  readonly rows: number;
  /** Settled by the ledger alone. */
  readonly extra: number;
  /** Settled otherwise by the log. */
  readonly different: number;
  /** The first of them. */
  readonly differences: readonly LedgerDifference[];
  readonly sound: boolean;
}

const personsAtOnce = 100;
const toldAtMost = 10;

/**
 * Holds the ledger against the log, person by person. What the log settled and the ledger has not is no finding: the
 * ledger may be lost, and a sender looks at the log before each mail.
 */
export const reconcileLedger = async (
  { sql, store, codec }: { readonly sql: SqlClient; readonly store: EventStore; readonly codec: Codec },
  signal?: AbortSignal,
): Promise<ReconciledLedger> => {
  let [rows, extra, different] = [0, 0, 0];
  const differences: LedgerDifference[] = [];
  for (let after = ''; ; ) {
    signal?.throwIfAborted();
    // The ledger before the log: what is settled meanwhile is in the log first.
    const claims = await sql.query<{ person_id: string; reminders: readonly string[]; statuses: readonly string[] }>(
      `SELECT person_id, array_agg(reminder_id ORDER BY reminder_id) AS reminders,
          array_agg(status ORDER BY reminder_id) AS statuses
        FROM probono_read.reminder_claims WHERE status IN ('sent', 'dropped', 'parked') AND person_id > $1
        GROUP BY person_id ORDER BY person_id LIMIT ${personsAtOnce}`,
      [after],
    );
    for (const { person_id: personId, reminders, statuses } of claims) {
      const { settled } = await readTold(store, codec, personId);
      for (const [index, reminderId] of reminders.entries()) {
        rows += 1;
        if (settled[reminderId] === statuses[index]) continue;
        const finding = settled[reminderId] === undefined ? 'extra' : 'different';
        if (finding === 'extra') extra += 1;
        else different += 1;
        if (differences.length < toldAtMost) differences.push({ reminderId, personId, finding });
      }
    }
    const last = claims.at(-1);
    if (last === undefined) return { rows, extra, different, differences, sound: extra + different === 0 };
    after = last.person_id;
  }
};
