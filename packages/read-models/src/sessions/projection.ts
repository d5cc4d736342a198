import { type AssignmentFact, idOf, type MissionFact, type ScheduleFact, type SessionStatus } from '@probono/domain';
import { type Handlers, handling } from '../handlers.js';
import { hostOf, idsIn, placementKeys, placementTables, placing } from '../placements/fold.js';
import type { Projection, Row, Rows } from '../projection.js';

interface Slot {
  readonly date: string;
  readonly start: string;
  readonly zone: string;
  readonly startsAt: string;
  readonly minutes: number;
  readonly place: string;
}

const slotCells = ({ date, start, zone, startsAt, minutes, place }: Slot): Row => ({
  date,
  start,
  zone,
  starts_at: startsAt,
  minutes,
  place,
});

const change = (sessionId: string, rows: Rows, to: Row): void => {
  const session = rows.get('calendar', sessionId);
  if (session !== undefined) rows.put('calendar', { ...session, ...to });
};

const status = (is: SessionStatus) => is;

const handlers: Handlers<ScheduleFact> = {
  SessionPlanned({ stream, data }, rows) {
    const assignmentId = idOf(stream);
    const placement = rows.get('placements', assignmentId);
    rows.put('calendar', {
      session_id: data.sessionId,
      version: data.version,
      assignment_id: assignmentId,
      person_id: placement?.person_id ?? null,
      mission_id: placement?.mission_id ?? null,
      host_id: hostOf(rows, assignmentId),
      ...slotCells(data),
      status: status('planned'),
    });
  },
  SessionRescheduled: ({ data }, rows) =>
    change(data.sessionId, rows, { version: data.version, ...slotCells(data.to) }),
  SessionCancelled: ({ data }, rows) => change(data.sessionId, rows, { status: status('cancelled') }),
  SessionReinstated: ({ data }, rows) =>
    change(data.sessionId, rows, { version: data.version, status: status('planned') }),
  SessionHeld: ({ data }, rows) => change(data.sessionId, rows, { status: status('held') }),
  SessionMissed: ({ data }, rows) => change(data.sessionId, rows, { status: status('missed') }),
};

const placementHandlers = placing(({ assignment_id, ...known }, rows) => {
  for (const session of rows.where('calendar', 'assignment_id', assignment_id)) {
    rows.put('calendar', { ...session, ...known });
  }
});

/** The calendar: every session as it stands, with whom and where. */
export const sessions: Projection = {
  name: 'sessions',
  version: 1,
  partitioned: false,
  onFailure: 'park',
  tables: [
    {
      name: 'calendar',
      key: ['session_id'],
      columns: {
        session_id: 'text',
        version: 'integer',
        assignment_id: 'text',
        person_id: 'text',
        mission_id: 'text',
        host_id: 'text',
        date: 'date',
        start: 'text',
        zone: 'text',
        starts_at: 'timestamptz',
        minutes: 'integer',
        place: 'text',
        status: 'text',
      },
      indexes: [['assignment_id'], ['person_id', 'starts_at'], ['host_id', 'starts_at'], ['starts_at']],
    },
    ...placementTables,
  ],
  keys: (event) => [
    ...placementKeys(event),
    ...idsIn(event.data, 'sessionId').map((id) => ({ table: 'calendar', key: [id] })),
  ],
  ...handling<ScheduleFact | MissionFact | AssignmentFact>({ ...placementHandlers, ...handlers }),
};
