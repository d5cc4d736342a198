import { type AssignmentFact, type AssignmentStatus, idOf } from '@probono/domain';
import { type Handlers, handling } from '../handlers.js';
import type { Projection, Row, Rows } from '../projection.js';

type On = { readonly stream: string };

const change = ({ stream }: On, rows: Rows, to: Row): void => {
  const assignment = rows.get('list', idOf(stream));
  if (assignment !== undefined) rows.put('list', { ...assignment, ...to });
};

const becomes =
  (status: AssignmentStatus) =>
  (event: On, rows: Rows): void =>
    change(event, rows, { status });

const handlers: Handlers<AssignmentFact> = {
  ApplicationSubmitted({ stream, data }, rows) {
    rows.put('list', {
      assignment_id: idOf(stream),
      mission_id: data.missionId,
      person_id: data.personId,
      employment_id: data.employmentId ?? null,
      status: 'applied',
    });
  },
  AgentAssigned({ stream, data }, rows) {
    const { title } = data;
    rows.put('list', {
      assignment_id: idOf(stream),
      mission_id: data.missionId,
      person_id: data.personId,
      employment_id: data.employmentId ?? null,
      title: 'convention' in title ? 'convention' : 'leave' in title ? 'leave' : 'volunteering',
      convention_id: 'convention' in title ? title.convention : null,
      from_date: data.from,
      to_date: data.to,
      quota: data.quota ?? null,
      allotted_minutes: data.allottedMinutes ?? null,
      status: 'assigned',
    });
  },
  // The last day moves; the terms say what it was to be.
  AssignmentEnded: (event, rows) =>
    change(event, rows, { status: 'ended', ended_on: event.data.on, end_cause: event.data.cause }),
  ApplicationWithdrawn: becomes('withdrawn'),
  ManagerApprovalGranted: becomes('manager_approved'),
  ManagerApprovalRefused: becomes('manager_refused'),
  HostAccepted: becomes('host_accepted'),
  HostDeclined: becomes('host_declined'),
  AgentConsented: becomes('consented'),
  OnboardingCompleted: becomes('onboarded'),
};

/** Who applied for what, and who is on which mission, under which title, from when to when. */
export const assignments: Projection = {
  name: 'assignments',
  version: 1,
  partitioned: true,
  onFailure: 'park',
  tables: [
    {
      name: 'list',
      key: ['assignment_id'],
      columns: {
        assignment_id: 'text',
        mission_id: 'text',
        person_id: 'text',
        employment_id: 'text',
        title: 'text',
        convention_id: 'text',
        from_date: 'date',
        to_date: 'date',
        quota: 'jsonb',
        allotted_minutes: 'integer',
        status: 'text',
        ended_on: 'date',
        end_cause: 'text',
      },
      indexes: [['person_id'], ['mission_id'], ['convention_id']],
    },
  ],
  keys: ({ stream }) => [{ table: 'list', key: [idOf(stream)] }],
  ...handling(handlers),
};
