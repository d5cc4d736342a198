import { type AssignmentFact, idOf, type MissionFact } from '@probono/domain';
import type { DecodedEvent } from '@probono/event-store';
import type { Handlers } from '../handlers.js';
import type { RowKey, Rows, Table } from '../projection.js';

/** Who is on which mission, of which host: what rows about an assignment are filled in from. */
export type Placement = {
  readonly assignment_id: string;
  readonly person_id: string;
  readonly mission_id: string;
  readonly host_id: string | null;
};

/** Tables that a projection takes in to know placements. */
export const placementTables: readonly Table[] = [
  { name: 'hosts', key: ['mission_id'], columns: { mission_id: 'text', host_id: 'text' } },
  {
    name: 'placements',
    key: ['assignment_id'],
    columns: { assignment_id: 'text', person_id: 'text', mission_id: 'text', host_id: 'text' },
    indexes: [['mission_id']],
  },
];

/** The rows of placements that an event's fold will ask for. */
export const placementKeys = ({ stream, data }: DecodedEvent): readonly RowKey[] => {
  const own = stream.startsWith('assignment-') || stream.startsWith('schedule-') ? [idOf(stream)] : [];
  return [
    ...[...own, ...idsIn(data, 'assignmentId')].map((id) => ({ table: 'placements', key: [id] })),
    ...idsIn(data, 'missionId').map((id) => ({ table: 'hosts', key: [id] })),
  ];
};

/** The id that an event's data hold under this name, if they do. */
export const idsIn = (data: unknown, field: string): readonly string[] => {
  if (typeof data !== 'object' || data === null || !Object.hasOwn(data, field)) return [];
  // Only looked at here, and tested for its type.
  const id = (data as Readonly<Record<string, unknown>>)[field];
  return typeof id === 'string' ? [id] : [];
};

/** The host of an assignment's mission, as far as it is known. */
export const hostOf = (rows: Rows, assignmentId: string): string | null => {
  const host = rows.get('placements', assignmentId)?.host_id;
  return typeof host === 'string' ? host : null;
};

/**
 * Keeps placements. `onPlaced` brings up to date what was written before its placement was known: a mission or an
 * assignment whose events were parked is told of late.
 */
export const placing = (
  onPlaced: (placement: Placement, rows: Rows) => void,
): Handlers<
  Extract<MissionFact, { type: 'MissionProposed' }> | Extract<AssignmentFact, { type: 'AgentAssigned' }>
> => ({
  MissionProposed({ stream, data }, rows) {
    const missionId = idOf(stream);
    rows.put('hosts', { mission_id: missionId, host_id: data.hostId });
    for (const { assignment_id, person_id } of rows.where('placements', 'mission_id', missionId)) {
      const placement = {
        assignment_id: String(assignment_id),
        person_id: String(person_id),
        mission_id: missionId,
        host_id: data.hostId,
      };
      rows.put('placements', placement);
      onPlaced(placement, rows);
    }
  },
  AgentAssigned({ stream, data }, rows) {
    const host = rows.get('hosts', data.missionId)?.host_id;
    const placement = {
      assignment_id: idOf(stream),
      person_id: data.personId,
      mission_id: data.missionId,
      host_id: typeof host === 'string' ? host : null,
    };
    rows.put('placements', placement);
    onPlaced(placement, rows);
  },
});
