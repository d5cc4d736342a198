import {
  type AssignmentFact,
  type Instant,
  idOf,
  type MissionFact,
  type OrganisationFact,
  type PersonFact,
  type Recorded,
} from '@probono/domain';
import { replanEntry } from './hours.js';
import { replanAccreditation } from './officers.js';
import type { Policy } from './policy.js';
import { replanSession } from './sessions.js';
import type { AssignmentRow, MissionRow, Plan } from './tables.js';

const replanAssignment = (plan: Plan, { assignment_id }: AssignmentRow, policy: Policy, asOf: Instant): void => {
  // Past sessions have nothing left that depends on who is told, and when.
  for (const session of plan.sessions.where('assignment_id', assignment_id)) {
    if (session.starts_at > asOf) replanSession(plan, session, policy, asOf);
  }
};

const replanMission = (plan: Plan, { mission_id }: MissionRow, policy: Policy, asOf: Instant): void => {
  for (const assignment of plan.assignments.where('mission_id', mission_id)) {
    replanAssignment(plan, assignment, policy, asOf);
    for (const entry of plan.entries.where('assignment_id', assignment.assignment_id)) {
      if (entry.status === 'declared') replanEntry(plan, entry, policy, asOf);
    }
  }
};

const replanHost = (plan: Plan, hostId: string, missionId: string, policy: Policy, asOf: Instant): void => {
  for (const mission of plan.missions.where('host_id', hostId)) {
    if (missionId === '' || mission.mission_id === missionId) replanMission(plan, mission, policy, asOf);
  }
};

/** What a fact of a person changes in the plan: how early, and when not, they are written to. */
export const foldPerson = (plan: Plan, event: Recorded<PersonFact>, policy: Policy): void => {
  const person_id = idOf(event.stream);
  if (event.type === 'PersonRegistered') {
    plan.people.put({ person_id, zone: event.data.zone, quiet_from: null, quiet_to: null, before: null });
    return;
  }
  const person = plan.people.get(person_id);
  if (event.type !== 'ContactPreferencesChanged' || person === undefined) return;
  const { quietHours, remindersBefore } = event.data;
  plan.people.put({
    ...person,
    quiet_from: quietHours?.from ?? null,
    quiet_to: quietHours?.to ?? null,
    before: [...remindersBefore],
  });
  for (const assignment of plan.assignments.where('person_id', person_id)) {
    replanAssignment(plan, assignment, policy, event.recordedAt);
  }
  for (const { host_id, mission_id } of plan.tutors.where('person_id', person_id)) {
    replanHost(plan, host_id, mission_id, policy, event.recordedAt);
  }
};

/** What a fact of an organisation changes in the plan: its tutors, and the end of its accreditation. */
export const foldOrganisation = (plan: Plan, event: Recorded<OrganisationFact>, policy: Policy): void => {
  const host_id = idOf(event.stream);
  switch (event.type) {
    case 'TutorDesignated': {
      const mission_id = event.data.missionId ?? '';
      plan.tutors.put({ host_id, mission_id, person_id: event.data.personId });
      replanHost(plan, host_id, mission_id, policy, event.recordedAt);
      return;
    }
    case 'TutorReplaced': {
      const mission_id = event.data.missionId ?? '';
      plan.tutors.delete(host_id, mission_id, event.data.personId);
      plan.tutors.put({ host_id, mission_id, person_id: event.data.successorId });
      replanHost(plan, host_id, mission_id, policy, event.recordedAt);
      return;
    }
    case 'HostAccredited':
      replanAccreditation(plan, host_id, event.data.administrationId, event.data.until, policy, event.recordedAt);
      return;
    case 'AccreditationWithdrawn':
    case 'AccreditationLapsed':
      replanAccreditation(plan, host_id, event.data.administrationId, undefined, policy, event.recordedAt);
      return;
    default:
  }
};

/** What a fact of a mission changes in the plan: its title, host and site. */
export const foldMission = (plan: Plan, event: Recorded<MissionFact>): void => {
  if (event.type !== 'MissionProposed') return;
  const { hostId, title, site } = event.data;
  plan.missions.put({
    mission_id: idOf(event.stream),
    host_id: hostId,
    title,
    zone: site.zone,
    calendar: site.holidayCalendar,
  });
};

/** What a fact of an assignment changes in the plan: whose sessions they will be. */
export const foldAssignment = (plan: Plan, event: Recorded<AssignmentFact>): void => {
  if (event.type !== 'AgentAssigned') return;
  const { personId, missionId, title } = event.data;
  plan.assignments.put({
    assignment_id: idOf(event.stream),
    person_id: personId,
    mission_id: missionId,
    convention_id: 'convention' in title ? title.convention : null,
  });
};
