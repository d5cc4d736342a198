import { idOf, type MissionFact, type MissionStatus } from '@probono/domain';
import { type Handlers, handling } from '../handlers.js';
import type { Projection, Rows } from '../projection.js';

const becomes =
  (status: MissionStatus) =>
  ({ stream }: { readonly stream: string }, rows: Rows): void => {
    const mission = rows.get('list', idOf(stream));
    if (mission !== undefined) rows.put('list', { ...mission, status });
  };

/** A seat is counted once, however often it is taken or given back. */
const seat =
  (taken: boolean) =>
  (
    { stream, data }: { readonly stream: string; readonly data: { readonly assignmentId: string } },
    rows: Rows,
  ): void => {
    const key = { mission_id: idOf(stream), assignment_id: data.assignmentId };
    const held = rows.get('seats', key.mission_id, key.assignment_id) !== undefined;
    const mission = rows.get('list', key.mission_id);
    if (mission === undefined || held === taken) return;
    rows.put('list', { ...mission, seats_taken: Number(mission.seats_taken) + (taken ? 1 : -1) });
    if (taken) rows.put('seats', key);
    else rows.delete('seats', key.mission_id, key.assignment_id);
  };

const handlers: Handlers<MissionFact> = {
  MissionProposed({ stream, data }, rows) {
    rows.put('list', {
      mission_id: idOf(stream),
      host_id: data.hostId,
      campaign_id: data.campaignId ?? null,
      kind: data.kind,
      title: data.title,
      skills: data.skills,
      place: data.site.place,
      zone: data.site.zone,
      seats: data.seats,
      seats_taken: 0,
      status: 'proposed',
    });
  },
  MissionScopeExtended({ stream, data }, rows) {
    const mission = rows.get('list', idOf(stream));
    if (mission !== undefined && data.skills !== undefined) rows.put('list', { ...mission, skills: data.skills });
  },
  SeatTaken: seat(true),
  SeatReleased: seat(false),
  MissionApproved: becomes('approved'),
  MissionRejected: becomes('rejected'),
  MissionPublished: becomes('published'),
  MissionUnpublished: becomes('approved'),
  MissionStarted: becomes('started'),
  MissionCompleted: becomes('completed'),
  MissionCancelled: becomes('cancelled'),
  MissionReviewed: becomes('reviewed'),
};

/** Missions with their seats and skills. */
export const missions: Projection = {
  name: 'missions',
  version: 1,
  partitioned: true,
  onFailure: 'park',
  tables: [
    {
      name: 'list',
      key: ['mission_id'],
      columns: {
        mission_id: 'text',
        host_id: 'text',
        campaign_id: 'text',
        kind: 'text',
        title: 'text',
        skills: 'jsonb',
        place: 'text',
        zone: 'text',
        seats: 'integer',
        seats_taken: 'integer',
        status: 'text',
      },
      indexes: [['host_id'], ['campaign_id'], ['status', 'mission_id']],
    },
    {
      name: 'seats',
      key: ['mission_id', 'assignment_id'],
      columns: { mission_id: 'text', assignment_id: 'text' },
    },
  ],
  keys: ({ stream }) => [{ table: 'list', key: [idOf(stream)] }],
  ...handling(handlers),
};
