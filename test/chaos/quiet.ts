import type { ProBono } from 'probono';

const pollMs = 300;

/** Which read models have not got to the end of the log, in words; undefined: none. */
const lagging = async ({ readModels }: ProBono): Promise<string | undefined> => {
  const behind = (await readModels.status()).filter(
    ({ state, lagEvents }) => state !== 'failed' && (lagEvents > 0 || state === 'booting'),
  );
  return behind.length === 0 ? undefined : `${behind.map(({ name, lagEvents }) => `${name} ${lagEvents}`)} behind`;
};

/** What there is still to do, in words; undefined: nothing. `now`: what every worker's clock has reached. */
const restless = async (control: ProBono, now: Date): Promise<string | undefined> => {
  const behind = await lagging(control);
  if (behind !== undefined) return behind;
  const { sql } = control;
  const [left] = await sql.query<{ tasks: bigint; due: bigint; held: string | null }>(
    `SELECT
      (SELECT count(*) FROM probono_read.clerk_tasks t LEFT JOIN probono_read.clerk_attempts a USING (task_id)
        WHERE t.due_at <= $1 AND (t.moot_at IS NULL OR t.moot_at > $1)
          AND (a.task_id IS NULL OR a.next_try_at <= $1)
          AND NOT EXISTS (SELECT 1 FROM probono_read.parked k WHERE k.projection = 'clerk'
            AND substr(k.stream, strpos(k.stream, '-') + 1) IN (SELECT value FROM jsonb_each_text(t.data)))) AS tasks,
      (SELECT count(*) FROM probono_read.reminder_plan_due d
        LEFT JOIN probono_read.reminder_claims c ON c.reminder_id = d.id AND c.person_id = d.person_id
        WHERE d.person_id IS NOT NULL AND d.due_at <= $1
          AND (c.status IS NULL OR c.status = 'open' AND (c.not_before IS NULL OR c.not_before <= $1))) AS due,
      (SELECT string_agg(concat_ws(' ', status, lease_until, not_before, retry_at, attempts), '; ')
        FROM probono_read.reminder_claims WHERE status IN ('claimed', 'sending', 'accepted')
          AND (not_before IS NULL OR not_before <= $1)) AS held`,
    [now],
  );
  const { tasks = 0n, due = 0n, held = null } = left ?? {};
  if (tasks + due === 0n && held === null) return undefined;
  return `${tasks} tasks, ${due} reminders due at ${now.toISOString()}, held: ${held}`;
};

/** Waits until nothing is left by these lights, and nothing more has come for a while. Throws, with what is left, when it takes too long. */
const settled = async (
  control: ProBono,
  patienceMs: number,
  remains: () => Promise<string | undefined>,
): Promise<void> => {
  const deadline = performance.now() + patienceMs;
  let before: string | undefined;
  for (;;) {
    const left = await remains();
    const place = left === undefined ? String(await control.store.lastPosition()) : undefined;
    if (place !== undefined && place === before) return;
    before = place;
    if (performance.now() > deadline) throw new Error(`no quiet within ${patienceMs} ms: ${left}`);
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
};

/** Waits until every read model holds the whole log. */
export const caughtUp = (control: ProBono, patienceMs: number): Promise<void> =>
  settled(control, patienceMs, () => lagging(control));

/** Waits until there is nothing left to do at all. */
export const quiet = (control: ProBono, now: Date, patienceMs: number): Promise<void> =>
  settled(control, patienceMs, () => restless(control, now));
