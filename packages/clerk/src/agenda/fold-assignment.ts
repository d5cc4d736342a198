import { type AssignmentFact, idOf, type MissionFact, type PersonFact, type Recorded } from '@probono/domain';
import { defaultZone } from './day.js';
import { giveBack, settleHoldings, take } from './fold-holdings.js';
import { settleAssignment } from './settle-assignments.js';
import type { Agenda, AssignmentRow } from './tables.js';

const change = (agenda: Agenda, row: AssignmentRow, event: Recorded): void => {
  agenda.assignments.put(row);
  settleAssignment(agenda, row, event);
};

export const foldAssignment = (
  agenda: Agenda,
  event: Recorded<Extract<AssignmentFact, { readonly type: 'AgentAssigned' | 'AssignmentEnded' }>>,
): void => {
  const assignmentId = idOf(event.stream);
  if (event.type === 'AssignmentEnded') {
    const row = agenda.assignments.get(assignmentId);
    if (row === undefined) return;
    change(agenda, { ...row, ended_on: event.data.on, ended_at: event.recordedAt }, event);
  } else {
    const { title, missionId, personId, employmentId = null, from, to } = event.data;
    const mission = agenda.missions.get(missionId);
    const leaving = employmentId === null ? undefined : agenda.leavings.get(employmentId);
    change(
      agenda,
      {
        assignment_id: assignmentId,
        person_id: personId,
        mission_id: missionId,
        convention_id: 'convention' in title ? title.convention : null,
        employment_id: employmentId,
        from_on: from,
        to_on: to,
        zone: mission?.zone ?? defaultZone,
        employed_until: leaving?.last_on ?? null,
        mission_cancelled_on: mission?.cancelled_on ?? null,
        mission_cancelled_at: mission?.cancelled_at ?? null,
        void_on: null,
        ended_on: null,
        ended_at: null,
      },
      event,
    );
  }
  settleHoldings(agenda, assignmentId, event);
};

export const foldMission = (
  agenda: Agenda,
  event: Recorded<
    Extract<MissionFact, { readonly type: 'MissionProposed' | 'MissionCancelled' | 'SeatTaken' | 'SeatReleased' }>
  >,
): void => {
  const missionId = idOf(event.stream);
  switch (event.type) {
    case 'MissionProposed':
      agenda.missions.put({
        mission_id: missionId,
        zone: event.data.site.zone,
        cancelled_on: null,
        cancelled_at: null,
      });
      return;
    case 'MissionCancelled': {
      const [on, at] = [event.effectiveOn, event.recordedAt];
      const zone = agenda.missions.get(missionId)?.zone ?? defaultZone;
      agenda.missions.put({ mission_id: missionId, zone, cancelled_on: on, cancelled_at: at });
      for (const row of agenda.assignments.where('mission_id', missionId)) {
        change(agenda, { ...row, mission_cancelled_on: on, mission_cancelled_at: at }, event);
      }
      return;
    }
    case 'SeatTaken':
      take(agenda, event, event.data.assignmentId, 'seat');
      return;
    case 'SeatReleased':
      giveBack(agenda, event, event.data.assignmentId, 'seat');
      return;
    default:
      event satisfies never;
  }
};

export const foldLeaving = (
  agenda: Agenda,
  event: Recorded<Extract<PersonFact, { readonly type: 'EmploymentEnded' }>>,
): void => {
  const { employmentId, on } = event.data;
  agenda.leavings.put({ employment_id: employmentId, last_on: on });
  for (const row of agenda.assignments.where('employment_id', employmentId)) {
    change(agenda, { ...row, employed_until: on }, event);
  }
};
