import type { AgentTimeFact } from '@probono/domain';
import type { Handlers } from '../handlers.js';
import type { Row, Rows, Table } from '../projection.js';

/** Entries of hours, as far as the sums need them. */
export const entries: Table = {
  name: 'entries',
  key: ['entry_id'],
  columns: { entry_id: 'text', assignment_id: 'text', year: 'integer', minutes: 'integer', validated: 'boolean' },
};

/** Validated minutes of an assignment in a calendar year, with the adjustments that count in it. */
export const minutes: Table = {
  name: 'minutes',
  key: ['assignment_id', 'year'],
  columns: { assignment_id: 'text', year: 'integer', minutes: 'integer' },
};

const add = (rows: Rows, assignmentId: string, year: number, difference: number): void => {
  if (difference === 0) return;
  const sum = Number(rows.get('minutes', assignmentId, year)?.minutes ?? 0) + difference;
  rows.put('minutes', { assignment_id: assignmentId, year, minutes: sum });
};

const countedIn = ({ validated, minutes: own }: Row): number => (validated === true ? Number(own) : 0);

const change = (entryId: string, rows: Rows, to: (entry: Row) => Row): void => {
  const entry = rows.get('entries', entryId);
  if (entry === undefined) return;
  const changed = { ...entry, ...to(entry) };
  rows.put('entries', changed);
  add(rows, String(entry.assignment_id), Number(entry.year), countedIn(changed) - countedIn(entry));
};

/** Follows entries of hours. */
export const hoursHandlers: Handlers<AgentTimeFact> = {
  HoursDeclared: ({ data }, rows) =>
    rows.put('entries', {
      entry_id: data.entryId,
      assignment_id: data.assignmentId,
      year: Number(data.workDate.slice(0, 4)),
      minutes: data.minutes,
      validated: false,
    }),
  ContestResolved: ({ data }, rows) => change(data.entryId, rows, () => ({ minutes: data.minutes })),
  HoursCorrected: ({ data }, rows) =>
    change(data.entryId, rows, (entry) => ({ validated: false, minutes: Number(entry.minutes) + data.deltaMinutes })),
  HoursWithdrawn: ({ data }, rows) => change(data.entryId, rows, () => ({ validated: false })),
  HoursValidated: ({ data }, rows) => change(data.entryId, rows, () => ({ validated: true })),
  AdjustmentRecorded({ data }, rows) {
    const entry = rows.get('entries', data.entryId);
    if (entry !== undefined)
      add(rows, String(entry.assignment_id), Number(data.countsIn.slice(0, 4)), data.deltaMinutes);
  },
};
