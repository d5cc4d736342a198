import { type AssignmentFact, type ConventionFact, idOf, type MissionFact, type PersonFact } from '@probono/domain';
import { type Handlers, handling } from '../handlers.js';
import type { Projection, Rows } from '../projection.js';
import { forget, type GroupSubject, gather, groupTables } from './groups.js';

interface Answered {
  readonly stream: string;
  readonly revision: bigint;
  readonly eventId: string;
  readonly effectiveOn: string;
  readonly data: { readonly personId: string };
}

const answer = (subject: GroupSubject, event: Answered, rows: Rows): void => {
  const { stream, revision, eventId, effectiveOn, data } = event;
  const { home_id = null, host_id = null } = rows.get('placements', idOf(stream)) ?? {};
  const what = { answer_id: eventId, subject, person_id: data.personId, stream, revision };
  gather({ ...what, home_id, host_id }, effectiveOn, rows);
};

const assignmentHandlers: Handlers<AssignmentFact> = {
  AgentAssigned({ stream, data }, rows) {
    const { title, missionId } = data;
    // On leave, and as volunteers, people are nobody's agents there.
    const home = 'convention' in title ? rows.get('conventions', title.convention) : undefined;
    rows.put('placements', {
      assignment_id: idOf(stream),
      mission_id: missionId,
      home_id: home?.home_id ?? null,
      host_id: rows.get('missions', missionId)?.host_id ?? null,
    });
  },
  PulseAnswered: (event, rows) => answer(event.data.phase, event, rows),
  SkillsAcquired: (event, rows) => answer('skills', event, rows),
};

const unask = (missionId: string, rows: Rows): void => {
  for (const { skill } of rows.where('asked', 'mission_id', missionId)) rows.delete('asked', missionId, String(skill));
};

const ask = (missionId: string, skills: readonly string[], rows: Rows): void => {
  for (const skill of skills) rows.put('asked', { mission_id: missionId, skill });
};

const missionHandlers: Handlers<MissionFact> = {
  MissionProposed({ stream, data, effectiveOn }, rows) {
    const mission_id = idOf(stream);
    rows.put('missions', { mission_id, host_id: data.hostId, seats: data.seats, proposed_on: effectiveOn });
    ask(mission_id, data.skills, rows);
  },
  MissionScopeExtended({ stream, data }, rows) {
    if (data.skills === undefined) return;
    unask(idOf(stream), rows);
    ask(idOf(stream), data.skills, rows);
  },
  MissionRejected: ({ stream }, rows) => unask(idOf(stream), rows),
};

const drafted = (
  { stream, data }: { readonly stream: string; readonly data: { readonly terms: { readonly homeId: string } } },
  rows: Rows,
): void => rows.put('conventions', { convention_id: idOf(stream), home_id: data.terms.homeId });

const otherHandlers: Handlers<ConventionFact | PersonFact> = {
  ConventionDrafted: drafted,
  ConventionRevised: drafted,
  SubjectKeyDestroyed: ({ stream }, rows) => forget(idOf(stream), rows),
};

/**
 * Skills that missions ask for, and groups of people who acquired some or answered the pulse. What they acquired or
 * answered is personal: it stays encrypted in the log, and is read there, group by group, when asked for.
 *
 * It stops at an event that fails, and parks none: were answers grouped in another order than that of the log, the
 * groups of a rebuild would be others, and to compare the two would tell single answers.
 */
export const skills: Projection = {
  name: 'skills',
  version: 1,
  partitioned: false,
  onFailure: 'stop',
  tables: [
    {
      name: 'missions',
      key: ['mission_id'],
      columns: { mission_id: 'text', host_id: 'text', seats: 'integer', proposed_on: 'date' },
    },
    {
      name: 'asked',
      key: ['mission_id', 'skill'],
      columns: { mission_id: 'text', skill: 'text' },
      indexes: [['skill']],
    },
    { name: 'conventions', key: ['convention_id'], columns: { convention_id: 'text', home_id: 'text' } },
    {
      name: 'placements',
      key: ['assignment_id'],
      columns: { assignment_id: 'text', mission_id: 'text', home_id: 'text', host_id: 'text' },
      indexes: [['mission_id']],
    },
    ...groupTables,
  ],
  keys: ({ stream, type, data }) => {
    if (type === 'PulseAnswered' || type === 'SkillsAcquired') return [{ table: 'placements', key: [idOf(stream)] }];
    if (type !== 'AgentAssigned') return [];
    // The codec says that data fit their type.
    const { missionId, title } = data as Extract<AssignmentFact, { type: 'AgentAssigned' }>['data'];
    const conventions = 'convention' in title ? [{ table: 'conventions', key: [title.convention] }] : [];
    return [{ table: 'missions', key: [missionId] }, ...conventions];
  },
  ...handling<AssignmentFact | MissionFact | ConventionFact | PersonFact>({
    ...assignmentHandlers,
    ...missionHandlers,
    ...otherHandlers,
  }),
};
