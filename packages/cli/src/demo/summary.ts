import { NotificationSent } from '@probono/domain';
import {
  type AssignmentRow,
  type ConventionRow,
  hoursByMonth,
  listAssignments,
  listConventions,
  listMissions,
  type MissionRow,
  type SessionRow,
  sessionsToCome,
} from '@probono/read-models';
import type { ProBono } from 'probono';

/** What the main job reports; names and shapes are stable. */
export interface Summary {
  readonly profile: 'embedded';
  readonly commands: number;
  readonly events: number;
  readonly conventions: number;
  readonly conventionsInForce: number;
  readonly missions: number;
  readonly assignments: number;
  readonly sessionsPlanned: number;
  readonly minutesValidated: number;
  readonly remindersSent: number;
  /** The directory of the mails. */
  readonly mailbox: string;
  readonly projections: readonly {
    readonly name: string;
    readonly position: bigint | undefined;
    readonly lagEvents: number;
  }[];
  /** Null until there is a sealer. */
  readonly sealed: null;
  readonly verified: null;
  readonly elapsedMs: number;
}

const pageSize = 500;

/** All rows of a paged query. */
const every = async <Row, Key>(
  query: (page: { limit: number; after?: Key }) => Promise<readonly Row[]>,
  keyOf: (row: Row) => Key,
): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for (let after: Key | undefined; ; ) {
    const page = await query({ limit: pageSize, ...(after === undefined ? {} : { after }) });
    rows.push(...page);
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return rows;
    after = keyOf(last);
  }
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);

/** Reads the report from the read models, as they stand on the day `on`. */
export const summarise = async (
  { sql, store, codec, readModels }: ProBono,
  { on, commands, mailbox, elapsedMs }: { on: string; commands: number; mailbox: string; elapsedMs: number },
): Promise<Summary> => {
  const conventions = await every<ConventionRow, string>(
    (page) => listConventions(sql, { on, ...page }),
    (row) => row.conventionId,
  );
  const missions = await every<MissionRow, string>(
    (page) => listMissions(sql, page),
    (row) => row.missionId,
  );
  const assignments = await every<AssignmentRow, string>(
    (page) => listAssignments(sql, page),
    (row) => row.assignmentId,
  );
  const sessions = await every<SessionRow, Pick<SessionRow, 'startsAt' | 'sessionId'>>(
    (page) => sessionsToCome(sql, { from: new Date(0), status: 'all', ...page }),
    ({ startsAt, sessionId }) => ({ startsAt, sessionId }),
  );
  const months = await Promise.all(
    [...new Set(assignments.map(({ personId }) => personId))].map((personId) => hoursByMonth(sql, { personId })),
  );
  const validated = months.flat().filter(({ status }) => status === 'validated' || status === 'locked');
  let events = 0;
  for await (const _ of store.readAll()) events += 1;
  const told: (readonly unknown[])[] = [];
  for await (const stored of store.readAll({ types: ['NotificationSent'] }))
    for (const event of await codec.decode([stored]))
      if (!('unknown' in event)) told.push(NotificationSent.schema.parse(event.data).reminderIds);
  const statuses = await readModels.status();
  return {
    profile: 'embedded',
    commands,
    events,
    conventions: conventions.length,
    conventionsInForce: conventions.filter(({ agents }) => agents.some(({ force }) => force === 'in_force')).length,
    missions: missions.length,
    assignments: assignments.length,
    sessionsPlanned: sessions.length,
    minutesValidated: sum(validated.map(({ minutes }) => minutes)),
    remindersSent: sum(told.map((ids) => ids.length)),
    mailbox,
    projections: statuses.map(({ name, position, lagEvents }) => ({ name, position, lagEvents })),
    sealed: null,
    verified: null,
    elapsedMs,
  };
};

/** The report for a person. */
export const toldSummary = (summary: Summary): string => {
  const hours = `${Math.floor(summary.minutesValidated / 60)} h ${String(summary.minutesValidated % 60).padStart(2, '0')}`;
  const behind = summary.projections.filter(({ lagEvents }) => lagEvents > 0);
  return [
    '',
    `${summary.commands} commands became ${summary.events} events, in ${(summary.elapsedMs / 1000).toFixed(1)} s`,
    `  conventions   ${summary.conventions}, of which ${summary.conventionsInForce} in force`,
    `  missions      ${summary.missions}, with ${summary.assignments} agents assigned`,
    `  sessions      ${summary.sessionsPlanned} planned`,
    `  hours         ${hours} validated`,
    `  reminders     ${summary.remindersSent} sent, to be read in ${summary.mailbox}`,
    `  read models   ${summary.projections.length}, ${behind.length === 0 ? 'all up to date' : `${behind.length} behind`}`,
    '',
    'Where to look:',
    '  npx pnpm probono projections status --store pglite:var/demo/store',
    '  npx pnpm probono reminders status --store pglite:var/demo/store',
    '  docs/examples/README.md says what the commands tell.',
  ].join('\n');
};
