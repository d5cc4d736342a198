import { Instant } from '@probono/domain';
import type { SqlExecutor } from '@probono/sql';
import type { SessionFacts } from '../mail/notice.js';
import type { Policy } from '../plan/policy.js';
import { windowOf } from '../plan/recipients.js';
import { tellsOfEvent } from '../plan/rewrite.js';
import type { DueRow, PersonRow, SessionRow } from '../plan/tables.js';
import type { SendingWindow } from '../plan/window.js';

/** A reminder as the plan has it now, with what is needed to judge and to write it. */
export interface Planned {
  readonly row: DueRow;
  /** Of the command that first called for it. */
  readonly correlationId: string;
  /** False once its session has moved on: another version, or cancelled, or held. */
  readonly holds: boolean;
  readonly window: SendingWindow;
  readonly mission: string | undefined;
  /** The session it speaks of; for a series, those to come. */
  readonly sessions: readonly SessionFacts[];
}

type Line = Omit<DueRow, 'due_at' | 'moot_from'> & {
  readonly correlation_id: string;
  readonly due_at: Date;
  readonly moot_from: Date | null;
  readonly session_version: number | null;
  readonly session_status: SessionRow['status'] | null;
  readonly title: string | null;
  readonly person_zone: PersonRow['zone'] | null;
  readonly quiet_from: PersonRow['quiet_from'];
  readonly quiet_to: PersonRow['quiet_to'];
};

type SessionLine = Omit<SessionRow, 'starts_at'> & { readonly starts_at: Date };

const instant = (date: Date): Instant => Instant.parse(date.toISOString());

const select = `SELECT d.*, s.version AS session_version, s.status AS session_status, m.title,
    p.zone AS person_zone, p.quiet_from, p.quiet_to
  FROM probono_read.reminder_plan_due d
  LEFT JOIN probono_read.reminder_plan_sessions s ON s.session_id = d.session_id
  LEFT JOIN probono_read.reminder_plan_missions m ON m.mission_id = d.mission_id
  LEFT JOIN probono_read.reminder_plan_people p ON p.person_id = $1`;

/** The reminders with these ids that are still planned, for one recipient. */
export const readPlanned = async (
  sql: SqlExecutor,
  personId: string,
  ids: readonly string[],
  now: Instant,
  policy: Policy,
): Promise<readonly Planned[]> =>
  plannedOf(sql, await sql.query<Line>(`${select} WHERE d.id = ANY($2::text[])`, [personId, [...ids]]), now, policy);

/** What will fall due for a person within the next 24 hours and nobody has claimed. */
export const readComing = async (
  sql: SqlExecutor,
  personId: string,
  officer: boolean,
  now: Instant,
  policy: Policy,
): Promise<readonly Planned[]> => {
  const lines = await sql.query<Line>(
    `${select} WHERE (d.person_id = $1 OR ($3 AND d.person_id IS NULL))
      AND d.due_at > $2 AND d.due_at <= $2::timestamptz + interval '24 hours'
      AND NOT EXISTS (SELECT 1 FROM probono_read.reminder_claims c WHERE c.reminder_id = d.id AND c.person_id = $1)
      ORDER BY d.due_at, d.id LIMIT 100`,
    [personId, now, officer],
  );
  return plannedOf(sql, lines, now, policy);
};

const plannedOf = async (
  sql: SqlExecutor,
  lines: readonly Line[],
  now: Instant,
  policy: Policy,
): Promise<readonly Planned[]> => {
  const sessions = await sql.query<SessionLine>(
    `SELECT * FROM probono_read.reminder_plan_sessions
      WHERE session_id = ANY($1::text[]) OR series_id = ANY($2::text[]) ORDER BY starts_at, session_id`,
    [
      lines.flatMap(({ session_id }) => session_id ?? []),
      lines.flatMap(({ subject_kind, subject_id }) => (subject_kind === 'series' ? subject_id : [])),
    ],
  );
  return lines.map((line) => {
    const { session_version, session_status, title, person_zone, quiet_from, quiet_to, ...known } = line;
    const { correlation_id: correlationId, due_at, moot_from, ...rest } = known;
    const row: DueRow = {
      ...rest,
      due_at: instant(due_at),
      moot_from: moot_from === null ? null : instant(moot_from),
    };
    const own = sessions.filter((session) =>
      row.subject_kind === 'series'
        ? session.series_id === row.subject_id && session.status === 'planned' && instant(session.starts_at) > now
        : session.session_id === row.session_id,
    );
    return {
      row,
      correlationId,
      holds: row.subject_kind === 'series' ? own.length > 0 : holds(row, session_version, session_status),
      window: windowOf(row, person_zone === null ? undefined : { zone: person_zone, quiet_from, quiet_to }, policy),
      mission: title ?? undefined,
      sessions: own.map(factsOf),
    };
  });
};

const holds = (row: DueRow, version: number | null, status: SessionRow['status'] | null): boolean => {
  if (row.subject_kind !== 'session') return true;
  if (version !== row.version) return false;
  if (row.kind === 'cancelled') return status === 'cancelled';
  return tellsOfEvent(row) || row.kind.startsWith('before-') ? status === 'planned' : true;
};

const factsOf = (session: SessionLine): SessionFacts => ({
  sessionId: session.session_id,
  version: session.version,
  cancelled: session.status === 'cancelled',
  startsAt: instant(session.starts_at),
  zone: session.zone,
  minutes: session.minutes,
  place: session.place,
});
