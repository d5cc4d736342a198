import { Instant } from '@probono/domain';
import type { SqlExecutor } from '@probono/sql';

/** How sending is doing; for metrics and for people. */
export interface RemindersStatus {
  /** Due and neither sent, dropped nor parked; `oldestDueAt` is what to raise an alarm on. */
  readonly due: number;
  readonly oldestDueAt?: Instant;
  /** Held by a sender now. */
  readonly claimed: number;
  /** Put off by the mail server. */
  readonly retrying: number;
  /** Waiting for a person to look at them. */
  readonly parked: number;
  /** Due for officers, of whom none is set. */
  readonly withoutRecipient: number;
}

/** A reminder to come, without anyone's name. */
export interface Preview {
  readonly id: string;
  readonly kind: string;
  readonly role: string;
  /** None: for officers, of whom none is set. */
  readonly personId?: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly sessionId?: string;
  readonly version: number;
  readonly dueAt: Instant;
}

/** The plan's reminders with their recipients, less those that the ledger has settled. */
const unsettled = `FROM (
    SELECT d.*, coalesce(d.person_id, o.person_id) AS recipient
    FROM probono_read.reminder_plan_due d LEFT JOIN unnest($2::text[]) AS o (person_id) ON d.person_id IS NULL
  ) r
  LEFT JOIN probono_read.reminder_claims c ON c.reminder_id = r.id AND c.person_id = r.recipient
  WHERE (c.status IS NULL OR c.status NOT IN ('sent', 'dropped', 'parked'))`;

const instant = (date: Date): Instant => Instant.parse(date.toISOString());

export const readStatus = async (
  sql: SqlExecutor,
  now: Instant,
  officers: readonly string[],
): Promise<RemindersStatus> => {
  const [due] = await sql.query<{ due: bigint; oldest: Date | null; nobody: bigint }>(
    `SELECT count(*) FILTER (WHERE r.recipient IS NOT NULL) AS due, count(*) FILTER (WHERE r.recipient IS NULL) AS nobody,
      min(r.due_at) FILTER (WHERE r.recipient IS NOT NULL) AS oldest ${unsettled} AND r.due_at <= $1`,
    [now, [...officers]],
  );
  const [held] = await sql.query<{ claimed: bigint; retrying: bigint; parked: bigint }>(
    `SELECT count(*) FILTER (WHERE status IN ('claimed', 'sending', 'accepted')) AS claimed,
      count(*) FILTER (WHERE status = 'open' AND retry_at > clock_timestamp()) AS retrying,
      count(*) FILTER (WHERE status = 'parked') AS parked FROM probono_read.reminder_claims`,
  );
  return {
    due: Number(due?.due ?? 0),
    claimed: Number(held?.claimed ?? 0),
    retrying: Number(held?.retrying ?? 0),
    parked: Number(held?.parked ?? 0),
    withoutRecipient: Number(due?.nobody ?? 0),
    ...(due?.oldest ? { oldestDueAt: instant(due.oldest) } : {}),
  };
};

/** Whether something is due and not settled; cheaper than to try and send. */
export const readHasDue = async (sql: SqlExecutor, now: Instant, officers: readonly string[]): Promise<boolean> => {
  const found = await sql.query(`SELECT 1 ${unsettled} AND r.recipient IS NOT NULL AND r.due_at <= $1 LIMIT 1`, [
    now,
    [...officers],
  ]);
  return found.length > 0;
};

interface PreviewLine {
  readonly id: string;
  readonly kind: string;
  readonly role: string;
  readonly recipient: string | null;
  readonly subject_kind: string;
  readonly subject_id: string;
  readonly session_id: string | null;
  readonly version: number;
  readonly due_at: Date;
}

export const readPreview = async (
  sql: SqlExecutor,
  until: Instant,
  officers: readonly string[],
): Promise<readonly Preview[]> => {
  const lines = await sql.query<PreviewLine>(
    `SELECT r.* ${unsettled} AND r.due_at <= $1 ORDER BY r.due_at, r.id, r.recipient LIMIT 1000`,
    [until, [...officers]],
  );
  return lines.map(({ recipient, subject_kind, subject_id, session_id, due_at, id, kind, role, version }) => ({
    id,
    kind,
    role,
    subjectKind: subject_kind,
    subjectId: subject_id,
    version,
    dueAt: instant(due_at),
    ...(recipient === null ? {} : { personId: recipient }),
    ...(session_id === null ? {} : { sessionId: session_id }),
  }));
};

export const readNextDue = async (
  sql: SqlExecutor,
  after: Instant,
  officers: readonly string[],
): Promise<Instant | undefined> => {
  const [next] = await sql.query<{ at: Date | null }>(
    `SELECT min(CASE WHEN r.due_at > $1 THEN r.due_at ELSE c.not_before END) AS at ${unsettled}
      AND r.recipient IS NOT NULL AND (r.due_at > $1 OR c.not_before > $1)`,
    [after, [...officers]],
  );
  return next?.at ? instant(next.at) : undefined;
};
