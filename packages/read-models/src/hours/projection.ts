import { type AgentTimeFact, type AssignmentFact, type EntryStatus, idOf, type MissionFact } from '@probono/domain';
import { type Handlers, handling } from '../handlers.js';
import { hostOf, idsIn, placementKeys, placementTables, placing } from '../placements/fold.js';
import type { Projection, Row, Rows } from '../projection.js';

const change = (entryId: string, rows: Rows, to: (entry: Row) => Row): void => {
  const entry = rows.get('entries', entryId);
  if (entry !== undefined) rows.put('entries', { ...entry, ...to(entry) });
};

const becomes =
  (status: EntryStatus) =>
  ({ data }: { readonly data: { readonly entryId: string } }, rows: Rows): void =>
    change(data.entryId, rows, () => ({ status }));

const lock = (table: 'entries' | 'adjustments', employmentId: string, month: string, rows: Rows): void => {
  for (const row of rows.where(table, 'employment_id', employmentId)) {
    if (row.month === month && row.status === 'validated') rows.put(table, { ...row, status: 'locked' });
  }
};

const handlers: Handlers<AgentTimeFact> = {
  HoursDeclared({ stream, data }, rows) {
    rows.put('entries', {
      entry_id: data.entryId,
      person_id: idOf(stream),
      assignment_id: data.assignmentId,
      employment_id: data.employmentId,
      convention_id: data.conventionId ?? null,
      session_id: data.sessionId ?? null,
      host_id: hostOf(rows, data.assignmentId),
      work_date: data.workDate,
      month: data.workDate.slice(0, 7),
      minutes: data.minutes,
      status: 'declared',
    });
  },
  HoursConfirmed: becomes('confirmed'),
  HoursContested: becomes('contested'),
  HoursWithdrawn: becomes('withdrawn'),
  HoursValidated: becomes('validated'),
  ContestResolved: ({ data }, rows) =>
    change(data.entryId, rows, () => ({ status: 'confirmed', minutes: data.minutes })),
  HoursCorrected: ({ data }, rows) =>
    change(data.entryId, rows, ({ minutes }) => ({ status: 'declared', minutes: Number(minutes) + data.deltaMinutes })),
  AdjustmentRecorded({ eventId, data }, rows) {
    const entry = rows.get('entries', data.entryId);
    if (entry === undefined) return;
    const { person_id, assignment_id, employment_id, host_id, entry_id } = entry;
    const whose = { person_id: person_id ?? null, assignment_id: assignment_id ?? null, host_id: host_id ?? null };
    rows.put('adjustments', {
      adjustment_id: eventId,
      entry_id: entry_id ?? null,
      ...whose,
      employment_id: employment_id ?? null,
      month: data.countsIn,
      minutes: data.deltaMinutes,
      status: 'validated',
    });
  },
  PeriodClosed({ data }, rows) {
    lock('entries', data.employmentId, data.month, rows);
    lock('adjustments', data.employmentId, data.month, rows);
  },
};

const placementHandlers = placing(({ assignment_id, host_id }, rows) => {
  for (const table of ['entries', 'adjustments']) {
    for (const row of rows.where(table, 'assignment_id', assignment_id)) rows.put(table, { ...row, host_id });
  }
});

const shared = {
  entry_id: 'text',
  person_id: 'text',
  assignment_id: 'text',
  employment_id: 'text',
  host_id: 'text',
  month: 'text',
  minutes: 'integer',
  status: 'text',
} as const;
const searched = [['person_id', 'month'], ['employment_id', 'month'], ['host_id', 'month'], ['assignment_id']];

/**
 * Hours, entry by entry, as they stand. An adjustment of a closed month is a row of its own, in the month that it counts
 * in; it comes from HR, so it is validated at once.
 */
export const hours: Projection = {
  name: 'hours',
  version: 1,
  partitioned: false,
  onFailure: 'park',
  tables: [
    {
      name: 'entries',
      key: ['entry_id'],
      columns: { ...shared, convention_id: 'text', session_id: 'text', work_date: 'date' },
      indexes: searched,
    },
    {
      name: 'adjustments',
      key: ['adjustment_id'],
      columns: { adjustment_id: 'text', ...shared },
      indexes: searched,
    },
    ...placementTables,
  ],
  keys: (event) => [
    ...placementKeys(event),
    ...idsIn(event.data, 'entryId').map((id) => ({ table: 'entries', key: [id] })),
  ],
  ...handling<AgentTimeFact | MissionFact | AssignmentFact>({ ...placementHandlers, ...handlers }),
};
