import { setTimeout as pause } from 'node:timers/promises';
import type { Instant } from '@probono/domain';
import { isConnectionLost, type SqlClient, type SqlExecutor, SqlUnavailable } from '@probono/sql';

/** What a mail that was begun says in the log; kept so that it can be recorded even when its reminder has gone. */
export type BegunMessage = {
  readonly kind: string;
  readonly sessionId?: string;
  readonly version?: number;
};

/** A reminder that this sender holds, and where the one before it left off. */
export interface Claim {
  readonly reminderId: string;
  readonly personId: string;
  /** As it was found: `open`; `sending`: begun, its outcome unknown; `accepted`: the server took it, the log has not. */
  readonly found: 'open' | 'sending' | 'accepted';
  readonly attempts: number;
  readonly messageId: string | undefined;
  readonly message: BegunMessage | undefined;
}

/** How a claim ends. */
export type Settled = 'sent' | 'dropped' | 'parked';

/** The claims of one sender over one database. */
export interface Ledger {
  /**
   * Notes reminders that are due and not noted yet. `from` bounds how far back it looks; without it, all of the plan.
   */
  note(now: Instant, officers: readonly string[], from?: Instant): Promise<void>;
  /** Takes hold, under a lease, of what is due for a few persons: all of theirs, and nobody else's meanwhile. */
  claim(holder: string, now: Instant): Promise<readonly Claim[]>;
  /** Takes hold of more reminders of a person whose others are held; gives those that nobody has. */
  take(
    holder: string,
    personId: string,
    rows: readonly { readonly id: string; readonly dueAt: Instant }[],
  ): Promise<readonly string[]>;
  /**
   * Marks that a mail is about to be sent and renews its lease; false when another sender holds one of them by now, or
   * has said since that the server took it.
   */
  begin(
    holder: string,
    personId: string,
    ids: readonly string[],
    messageId: string,
    message: BegunMessage,
  ): Promise<boolean>;
  /** Marks that the server took it; insists, for as long as a lease lasts, while the database is away. */
  accepted(personId: string, ids: readonly string[]): Promise<void>;
  settle(personId: string, ids: readonly string[], status: Settled, smtpCode?: number): Promise<void>;
  /** Lets go until a later instant of the domain's clock. */
  postpone(personId: string, ids: readonly string[], notBefore: Instant): Promise<void>;
  /** Lets go, to be tried again after a while of the database's time. */
  retryLater(personId: string, ids: readonly string[], delayMs: number, smtpCode?: number): Promise<void>;
  /** Lets go, for a minute, of those that were not begun. */
  putOff(holder: string, personId: string): Promise<void>;
  /** Forgets what is not due, or not planned, any more. */
  forget(personId: string, ids: readonly string[]): Promise<void>;
  /** Lets go of all that was not begun. */
  release(holder: string): Promise<void>;
}

/** Persons in one claim transaction come from this many reminders at most. */
const batch = 20;
/** And reminders of theirs, so that a mail can never name more than an event may. */
const mostOfAPerson = 200;
/** Any fixed number, as long as every sender takes the same one: claims are short, and then never cross. */
const claimLock = '7810770042';

interface ClaimRow {
  readonly reminder_id: string;
  readonly person_id: string;
  readonly status: 'open' | 'claimed' | 'sending' | 'accepted';
  readonly attempts: number;
  readonly message_id: string | null;
  readonly message: BegunMessage | null;
}

const table = 'probono_read.reminder_claims';
const due = 'probono_read.reminder_plan_due';
/** What may be taken hold of: open, or left by a sender whose lease has run out. */
const free = `(c.status = 'open' OR (c.status IN ('claimed', 'sending', 'accepted') AND c.lease_until < clock_timestamp()))
  AND (c.not_before IS NULL OR c.not_before <= $1) AND (c.retry_at IS NULL OR c.retry_at <= clock_timestamp())`;

/** Opens the ledger; `leaseMs` is how long a sender may be silent before another one takes over. */
export const openLedger = (sql: SqlClient, leaseMs: number): Ledger => {
  const lease = `clock_timestamp() + ${Math.round(leaseMs)} * interval '1 millisecond'`;
  const change = async (personId: string, ids: readonly string[], set: string, ...values: readonly unknown[]) => {
    await sql.query(`UPDATE ${table} SET ${set} WHERE person_id = $1 AND reminder_id = ANY($2::text[])`, [
      personId,
      [...ids],
      ...values,
    ]);
  };
  const letGo = "status = 'open', holder = NULL, lease_until = NULL, message_id = NULL, message = NULL";

  return {
    async note(now, officers, from) {
      await sql.query(
        `INSERT INTO ${table} (reminder_id, person_id, status, due_at)
          SELECT d.id, coalesce(d.person_id, o.person_id), 'open', d.due_at
          FROM ${due} d LEFT JOIN unnest($2::text[]) AS o (person_id) ON d.person_id IS NULL
          WHERE d.due_at <= $1 AND ($3::timestamptz IS NULL OR d.due_at >= $3::timestamptz)
            AND coalesce(d.person_id, o.person_id) IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM ${table} c
              WHERE c.reminder_id = d.id AND c.person_id = coalesce(d.person_id, o.person_id))
          ON CONFLICT DO NOTHING`,
        [now, [...officers], from ?? null],
      );
    },

    claim: (holder, now) =>
      sql.transaction(async (tx) => {
        await tx.query('SELECT pg_advisory_xact_lock($1)', [claimLock]);
        const persons = await tx.query<{ person_id: string }>(
          `SELECT c.person_id FROM ${table} c WHERE ${free}
            AND NOT EXISTS (SELECT 1 FROM ${table} o WHERE o.person_id = c.person_id
              AND o.status IN ('claimed', 'sending', 'accepted') AND o.lease_until >= clock_timestamp())
            ORDER BY c.due_at, c.person_id FOR UPDATE OF c SKIP LOCKED LIMIT ${batch}`,
          [now],
        );
        const claims: Claim[] = [];
        for (const personId of new Set(persons.map(({ person_id }) => person_id))) {
          claims.push(...(await claimOf(tx, personId, holder, now, lease)));
        }
        return claims;
      }),

    async take(holder, personId, rows) {
      const taken = await sql.query<{ reminder_id: string }>(
        `INSERT INTO ${table} (reminder_id, person_id, status, due_at, holder, lease_until)
          SELECT r.id, $1, 'claimed', r.due_at, $2, ${lease}
          FROM unnest($3::text[], $4::timestamptz[]) AS r (id, due_at)
          ON CONFLICT DO NOTHING RETURNING reminder_id`,
        [personId, holder, rows.map(({ id }) => id), rows.map(({ dueAt }) => dueAt)],
      );
      return taken.map(({ reminder_id }) => reminder_id);
    },

    begin: (holder, personId, ids, messageId, message) =>
      sql.transaction(async (tx) => {
        const held = await tx.query(
          `SELECT 1 FROM ${table} WHERE person_id = $1 AND reminder_id = ANY($2::text[])
            AND holder = $3 AND status <> 'accepted' AND lease_until >= clock_timestamp() FOR UPDATE`,
          [personId, [...ids], holder],
        );
        if (held.length < ids.length) return false;
        await tx.query(
          `UPDATE ${table} SET status = 'sending', attempts = attempts + 1, lease_until = ${lease},
            message_id = $3, message = $4, retry_at = NULL, not_before = NULL
            WHERE person_id = $1 AND reminder_id = ANY($2::text[])`,
          [personId, [...ids], messageId, message],
        );
        return true;
      }),

    accepted: (personId, ids) => insisting(leaseMs, () => change(personId, ids, "status = 'accepted'")),
    settle: (personId, ids, status, smtpCode) =>
      change(personId, ids, 'status = $3, smtp_code = $4, holder = NULL, lease_until = NULL', status, smtpCode ?? null),
    postpone: (personId, ids, notBefore) =>
      change(
        personId,
        ids,
        // A mail whose outcome is unknown stays so.
        `status = CASE WHEN status = 'sending' THEN status ELSE 'open' END, holder = NULL,
          lease_until = clock_timestamp(), not_before = $3`,
        notBefore,
      ),
    retryLater: (personId, ids, delayMs, smtpCode) =>
      change(
        personId,
        ids,
        `${letGo}, retry_at = clock_timestamp() + $3::float8 * interval '1 millisecond', smtp_code = $4`,
        delayMs,
        smtpCode ?? null,
      ),
    async putOff(holder, personId) {
      await sql.query(
        `UPDATE ${table} SET ${letGo}, retry_at = clock_timestamp() + interval '1 minute'
          WHERE holder = $1 AND person_id = $2 AND status = 'claimed'`,
        [holder, personId],
      );
    },
    async forget(personId, ids) {
      await sql.query(`DELETE FROM ${table} WHERE person_id = $1 AND reminder_id = ANY($2::text[])`, [
        personId,
        [...ids],
      ]);
    },
    async release(holder) {
      await sql.query(`UPDATE ${table} SET ${letGo} WHERE holder = $1 AND status = 'claimed'`, [holder]);
    },
  };
};

/** What a mail that went out is worth: as long as nothing knows of it, it may go out again. */
const insisting = async (forMs: number, work: () => Promise<void>): Promise<void> => {
  const deadline = performance.now() + forMs;
  for (let rest = 20; ; rest = Math.min(2 * rest, 1_000)) {
    try {
      return await work();
    } catch (error) {
      const isAway = error instanceof SqlUnavailable || isConnectionLost(error);
      if (!isAway || performance.now() + rest > deadline) throw error;
      await pause(rest);
    }
  }
};

const claimOf = async (
  tx: SqlExecutor,
  personId: string,
  holder: string,
  now: Instant,
  lease: string,
): Promise<readonly Claim[]> => {
  const rows = await tx.query<ClaimRow>(
    `SELECT c.reminder_id, c.person_id, c.status, c.attempts, c.message_id, c.message FROM ${table} c
      WHERE ${free} AND c.person_id = $2 ORDER BY c.due_at, c.reminder_id FOR UPDATE LIMIT ${mostOfAPerson}`,
    [now, personId],
  );
  // What was begun keeps its status: the next sender must know, should this one die as well.
  await tx.query(
    `UPDATE ${table} SET status = CASE WHEN status = 'open' THEN 'claimed' ELSE status END, holder = $3, lease_until = ${lease}
      WHERE person_id = $1 AND reminder_id = ANY($2::text[])`,
    [personId, rows.map(({ reminder_id }) => reminder_id), holder],
  );
  return rows.map(({ reminder_id, person_id, status, attempts, message_id, message }) => ({
    reminderId: reminder_id,
    personId: person_id,
    found: status === 'claimed' ? 'open' : status,
    attempts,
    messageId: message_id ?? undefined,
    message: message ?? undefined,
  }));
};
