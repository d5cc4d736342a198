import { idOf, type Recorded, type ScheduleFact } from '@probono/domain';
import { settleAssignment } from './settle-assignments.js';
import type { Agenda, SessionRow } from './tables.js';

type SessionFact = Exclude<ScheduleFact, { readonly type: 'SessionSeriesPlanned' }>;

const planned = (
  agenda: Agenda,
  { stream, data }: Recorded<Extract<SessionFact, { readonly type: 'SessionPlanned' }>>,
): SessionRow => ({
  assignment_id: idOf(stream),
  session_id: data.sessionId,
  convention_id: agenda.assignments.get(idOf(stream))?.convention_id ?? null,
  version: data.version,
  date: data.date,
  starts_at: data.startsAt,
  status: 'planned',
  by_system: false,
});

const changed = (row: SessionRow, event: Exclude<SessionFact, { readonly type: 'SessionPlanned' }>): SessionRow => {
  switch (event.type) {
    case 'SessionRescheduled': {
      const { version, to } = event.data;
      return { ...row, version, date: to.date, starts_at: to.startsAt };
    }
    case 'SessionCancelled':
      return { ...row, status: 'cancelled', by_system: event.data.by === 'system' };
    case 'SessionReinstated':
      return { ...row, status: 'planned', version: event.data.version, by_system: false };
    case 'SessionHeld':
      return { ...row, status: 'held' };
    case 'SessionMissed':
      return { ...row, status: 'missed' };
  }
};

export const foldSchedule = (agenda: Agenda, event: Recorded<SessionFact>): void => {
  const assignmentId = idOf(event.stream);
  const row = event.type === 'SessionPlanned' ? undefined : agenda.sessions.get(assignmentId, event.data.sessionId);
  if (event.type === 'SessionPlanned') agenda.sessions.put(planned(agenda, event));
  else if (row !== undefined) agenda.sessions.put(changed(row, event));
  const assignment = agenda.assignments.get(assignmentId);
  if (assignment !== undefined) settleAssignment(agenda, assignment, event);
};
