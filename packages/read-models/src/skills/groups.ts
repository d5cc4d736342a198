import type { AssignmentFact } from '@probono/domain';
import type { Row, Rows, Table } from '../projection.js';

/** When in an assignment an agent is asked how it goes. */
export type PulsePhase = Extract<AssignmentFact, { readonly type: 'PulseAnswered' }>['data']['phase'];

/** What answers are about: a phase of the pulse, or skills acquired. Answers to different things are never mixed. */
export type GroupSubject = PulsePhase | 'skills';

/** The fewest distinct persons behind any figure. */
export const fewestPersons = 5;

/**
 * How answers are brought together, the narrowest net first: those about agents of one administration at one host as
 * soon as they are of five persons; what is too thinly spread for that, by administration, and then all together.
 * The wider nets wait for more, so that the narrower ones have their turn.
 */
const nets: readonly { readonly persons: number; readonly label: (answer: Row) => Row }[] = [
  { persons: fewestPersons, label: ({ home_id = null, host_id = null }) => ({ home_id, host_id }) },
  { persons: 2 * fewestPersons, label: ({ home_id = null }) => ({ home_id, host_id: null }) },
  { persons: 4 * fewestPersons, label: () => ({ home_id: null, host_id: null }) },
];

const shared = { person_id: 'text', stream: 'text', revision: 'bigint' } as const;

/** Answers that wait for company, groups, and who is in them: where in the log their answer stands, never what it says. */
export const groupTables: readonly Table[] = [
  {
    name: 'waiting',
    key: ['answer_id'],
    columns: { answer_id: 'text', subject: 'text', home_id: 'text', host_id: 'text', ...shared },
    indexes: [['subject'], ['person_id']],
  },
  {
    name: 'groups',
    key: ['group_id'],
    columns: { group_id: 'text', subject: 'text', home_id: 'text', host_id: 'text', on_date: 'date' },
    indexes: [['subject', 'on_date', 'group_id']],
  },
  {
    name: 'members',
    key: ['group_id', 'answer_id'],
    columns: { group_id: 'text', answer_id: 'text', ...shared },
    indexes: [['person_id']],
  },
];

const same = (a: Row, b: Row): boolean => a.home_id === b.home_id && a.host_id === b.host_id;

/** Takes an answer in; a group comes of it when the answers that wait beside it are of enough persons. */
export const gather = (answer: Row, on: string, rows: Rows): void => {
  // Fewer than the widest net's persons ever wait: this stays short, however long the log.
  const waiting = [...rows.where('waiting', 'subject', String(answer.subject)), answer];
  for (const { persons, label } of nets) {
    const caught = waiting.filter((other) => same(label(other), label(answer)));
    if (new Set(caught.map(({ person_id }) => person_id)).size < persons) continue;
    const group_id = String(answer.answer_id);
    rows.put('groups', { group_id, subject: answer.subject ?? null, ...label(answer), on_date: on });
    for (const { answer_id = null, person_id = null, stream = null, revision = null } of caught) {
      rows.put('members', { group_id, answer_id, person_id, stream, revision });
      rows.delete('waiting', String(answer_id));
    }
    return;
  }
  rows.put('waiting', answer);
};

/**
 * Lets go of all that is about a person. A group that loses one is dropped whole: reported without them, it would give
 * them away to whoever kept the figures of before; and put together anew with others, so would each of its members.
 */
export const forget = (personId: string, rows: Rows): void => {
  for (const { answer_id } of rows.where('waiting', 'person_id', personId)) rows.delete('waiting', String(answer_id));
  const groups = new Set(rows.where('members', 'person_id', personId).map(({ group_id }) => String(group_id)));
  for (const groupId of groups) {
    for (const { answer_id } of rows.where('members', 'group_id', groupId)) {
      rows.delete('members', groupId, String(answer_id));
    }
    rows.delete('groups', groupId);
  }
};
