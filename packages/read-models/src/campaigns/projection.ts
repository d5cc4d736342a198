import { type AgentTimeFact, type AssignmentFact, type CampaignFact, idOf, type MissionFact } from '@probono/domain';
import { type Handlers, handling } from '../handlers.js';
import { idsIn } from '../placements/fold.js';
import type { Projection, Row, Rows } from '../projection.js';

type On = { readonly stream: string };

const campaignHandlers: Handlers<CampaignFact> = {
  CampaignOpened({ stream, data }, rows) {
    const { region, cause, on, zone, occasion = null } = data;
    rows.put('list', { campaign_id: idOf(stream), region, cause, on_date: on, zone, occasion, closed: null });
  },
  CampaignClosed({ stream, data }, rows) {
    const campaign = rows.get('list', idOf(stream));
    if (campaign !== undefined) rows.put('list', { ...campaign, closed: data.totals });
  },
  MissionJoinedCampaign: ({ stream, data }, rows) =>
    rows.put('joined', { campaign_id: idOf(stream), mission_id: data.missionId, host_id: data.hostId }),
  VolunteerEnrolled: ({ stream, data }, rows) =>
    rows.put('volunteers', {
      campaign_id: idOf(stream),
      person_id: data.personId,
      mission_id: data.missionId ?? null,
    }),
  EnrolmentWithdrawn: ({ stream, data }, rows) => rows.delete('volunteers', idOf(stream), data.personId),
};

const changeMission = ({ stream }: On, rows: Rows, to: (mission: Row) => Row): void => {
  const mission = rows.get('missions', idOf(stream));
  if (mission !== undefined) rows.put('missions', { ...mission, ...to(mission) });
};

const outcomesIn = (outcomes: unknown): Readonly<Record<string, number>> =>
  typeof outcomes === 'object' && outcomes !== null ? { ...outcomes } : {};

const missionHandlers: Handlers<MissionFact> = {
  MissionProposed: ({ stream, data }, rows) =>
    rows.put('missions', {
      mission_id: idOf(stream),
      seats: data.seats,
      cancelled: false,
      deliverables: 0,
      outcomes: {},
    }),
  SeatTaken: ({ stream, data }, rows) =>
    rows.put('seats', { mission_id: idOf(stream), assignment_id: data.assignmentId }),
  SeatReleased: ({ stream, data }, rows) => rows.delete('seats', idOf(stream), data.assignmentId),
  MissionCancelled: (event, rows) => changeMission(event, rows, () => ({ cancelled: true })),
  DeliverableRecorded: (event, rows) =>
    changeMission(event, rows, ({ deliverables }) => ({ deliverables: Number(deliverables) + 1 })),
  BeneficiaryOutcomeRecorded: (event, rows) =>
    changeMission(event, rows, ({ outcomes }) => {
      const { kind, count } = event.data;
      const before = outcomesIn(outcomes);
      return { outcomes: { ...before, [kind]: (before[kind] ?? 0) + count } };
    }),
};

const changeEntry = (entryId: string, rows: Rows, to: (minutes: number) => Row): void => {
  const entry = rows.get('entries', entryId);
  if (entry !== undefined) rows.put('entries', { ...entry, ...to(Number(entry.minutes)) });
};

const hourHandlers: Handlers<AgentTimeFact> = {
  HoursDeclared: ({ data }, rows) =>
    rows.put('entries', {
      entry_id: data.entryId,
      assignment_id: data.assignmentId,
      minutes: data.minutes,
      validated: false,
    }),
  HoursCorrected: ({ data }, rows) =>
    changeEntry(data.entryId, rows, (minutes) => ({ minutes: minutes + data.deltaMinutes, validated: false })),
  ContestResolved: ({ data }, rows) => changeEntry(data.entryId, rows, () => ({ minutes: data.minutes })),
  HoursValidated: ({ data }, rows) => changeEntry(data.entryId, rows, () => ({ validated: true })),
  AdjustmentRecorded: ({ data }, rows) =>
    changeEntry(data.entryId, rows, (minutes) => ({ minutes: minutes + data.deltaMinutes })),
  HoursWithdrawn: ({ data }, rows) => rows.delete('entries', data.entryId),
};

const assignmentHandlers: Handlers<Extract<AssignmentFact, { type: 'AgentAssigned' }>> = {
  AgentAssigned: ({ stream, data }, rows) =>
    rows.put('placements', { assignment_id: idOf(stream), mission_id: data.missionId }),
};

/**
 * Campaigns, with what their missions come to. Missions, seats and hours are kept whether or not their mission is in a
 * campaign, for it may join one later; what belongs together is joined when asked, so the order of facts plays no part.
 */
export const campaigns: Projection = {
  name: 'campaigns',
  version: 1,
  partitioned: false,
  onFailure: 'park',
  tables: [
    {
      name: 'list',
      key: ['campaign_id'],
      columns: {
        campaign_id: 'text',
        region: 'text',
        cause: 'text',
        on_date: 'date',
        zone: 'text',
        occasion: 'text',
        closed: 'jsonb',
      },
      indexes: [['on_date', 'campaign_id']],
    },
    {
      name: 'joined',
      key: ['campaign_id', 'mission_id'],
      columns: { campaign_id: 'text', mission_id: 'text', host_id: 'text' },
    },
    {
      name: 'volunteers',
      key: ['campaign_id', 'person_id'],
      columns: { campaign_id: 'text', person_id: 'text', mission_id: 'text' },
    },
    {
      name: 'missions',
      key: ['mission_id'],
      columns: {
        mission_id: 'text',
        seats: 'integer',
        cancelled: 'boolean',
        deliverables: 'integer',
        outcomes: 'jsonb',
      },
    },
    {
      name: 'seats',
      key: ['mission_id', 'assignment_id'],
      columns: { mission_id: 'text', assignment_id: 'text' },
    },
    {
      name: 'placements',
      key: ['assignment_id'],
      columns: { assignment_id: 'text', mission_id: 'text' },
      indexes: [['mission_id']],
    },
    {
      name: 'entries',
      key: ['entry_id'],
      columns: { entry_id: 'text', assignment_id: 'text', minutes: 'integer', validated: 'boolean' },
      indexes: [['assignment_id']],
    },
  ],
  keys: ({ stream, type, data }) => [
    ...(stream.startsWith('mission-') ? [{ table: 'missions', key: [idOf(stream)] }] : []),
    ...(type === 'CampaignClosed' ? [{ table: 'list', key: [idOf(stream)] }] : []),
    ...idsIn(data, 'entryId').map((id) => ({ table: 'entries', key: [id] })),
  ],
  ...handling<CampaignFact | MissionFact | AgentTimeFact | AssignmentFact>({
    ...campaignHandlers,
    ...missionHandlers,
    ...hourHandlers,
    ...assignmentHandlers,
  }),
};
