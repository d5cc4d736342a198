import type { Migration } from '@probono/sql';

/** Who keeps these migrations apart from others'. */
export const ledgerOwner = 'reminders';

/**
 * The ledger: who is at which reminder. It lies outside the plan's generations, and may be lost: what was sent stands
 * in the log. Times are the database's, but for `not_before`, which is by the domain's clock.
 */
export const ledgerMigrations: readonly Migration[] = [
  {
    id: 1,
    name: 'reminder claims',
    sql: `
      CREATE SCHEMA IF NOT EXISTS probono_read;
      CREATE TABLE probono_read.reminder_claims (
        reminder_id text NOT NULL,
        person_id text NOT NULL,
        status text NOT NULL CHECK (status IN ('open', 'claimed', 'sending', 'accepted', 'sent', 'dropped', 'parked')),
        due_at timestamptz NOT NULL,
        holder text,
        lease_until timestamptz,
        attempts integer NOT NULL DEFAULT 0,
        message_id text,
        message jsonb,
        not_before timestamptz,
        retry_at timestamptz,
        smtp_code integer,
        PRIMARY KEY (reminder_id, person_id)
      );
      CREATE INDEX reminder_claims_to_do ON probono_read.reminder_claims (person_id, due_at)
        WHERE status IN ('open', 'claimed', 'sending', 'accepted');`,
  },
];
