import type { Policy } from './policy.js';
import type { AssignmentRow, MissionRow, PersonRow, Plan } from './tables.js';
import type { SendingWindow } from './window.js';

/** Who is told, and as what. */
export interface Recipient {
  readonly role: 'agent' | 'tutor';
  readonly personId: string;
}

/** The tutors of a mission: those of that mission and those of all of its host's. */
export const tutorsOf = (plan: Plan, { host_id, mission_id }: MissionRow): readonly Recipient[] => {
  const rows = plan.tutors.where('host_id', host_id).filter((row) => ['', mission_id].includes(row.mission_id));
  return [...new Set(rows.map(({ person_id }) => person_id))].map((personId) => ({ role: 'tutor', personId }));
};

/** Agent and tutors of an assignment. */
export const recipientsOf = (plan: Plan, assignment: AssignmentRow, mission: MissionRow): readonly Recipient[] => [
  { role: 'agent', personId: assignment.person_id },
  ...tutorsOf(plan, mission).filter(({ personId }) => personId !== assignment.person_id),
];

/** When a person may be written to about a site. */
export const windowOf = (
  site: Pick<SendingWindow, 'zone' | 'calendar'>,
  person: Pick<PersonRow, 'zone' | 'quiet_from' | 'quiet_to'> | undefined,
  { sendingHours: hours }: Policy,
): SendingWindow => {
  const { zone, calendar } = site;
  if (person === undefined || person.quiet_from === null || person.quiet_to === null) return { zone, calendar, hours };
  return { zone, calendar, hours, quiet: { zone: person.zone, from: person.quiet_from, to: person.quiet_to } };
};
