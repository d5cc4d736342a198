import { type AssignmentFact, isErased, type StreamName } from '@probono/domain';
import type { Codec, DecodedEvent, EventStore } from '@probono/event-store';
import type { SqlExecutor } from '@probono/sql';
import { type Source, tableOf, type Unpaged } from '../query.js';
import { fewestPersons, type PulsePhase } from './groups.js';
import { type GroupFilter, type GroupRow, listReportedGroups } from './queries.js';

/** Where figures come from: groups out of the read model, and what their members said out of the log. */
export interface PersonalSource {
  readonly sql: SqlExecutor;
  readonly store: Pick<EventStore, 'readStream'>;
  /** One that opens personal fields. */
  readonly codec: Pick<Codec, 'decode'>;
}

/** What the agents answered to one question in one phase. */
export interface PulseRow {
  readonly phase: PulsePhase;
  /** The code of the question. */
  readonly question: string;
  /** Distinct persons; five or more. */
  readonly persons: number;
  readonly answers: number;
  /** Of all scores, each from 1 (not at all) to 5 (entirely): the mean is `sum / answers`. */
  readonly sum: number;
}

/** A skill that agents acquired on missions. */
export interface AcquiredSkillRow {
  readonly skill: string;
  /** Distinct persons; five or more. */
  readonly persons: number;
}

/** Whose answers: groups by administration, host and day. */
export type FiguresFilter = Omit<Unpaged<GroupFilter>, 'subject'>;

/**
 * How it went, in agents' own answers, by phase and question. To answer is up to each agent.
 *
 * Only groups speak. The log's order puts every answer into one group at most, of five persons or more, for good; a
 * filter chooses whole groups, and of a group no question counts that fewer than five of its members answered. So
 * every figure, and every difference between two figures (of other filters, or of another day), is about five persons
 * or more. A group that lost a member to an erasure is left out whole. What this cannot hide: that all of a group
 * said the same, or what four of five learn of the fifth by putting their own answers together.
 *
 * @throws what `codec.decode` throws when a key cannot be read.
 */
export const pulse = async (
  from: PersonalSource,
  { phase, ...filter }: FiguresFilter & { readonly phase?: PulseRow['phase'] },
  source?: Source,
): Promise<readonly PulseRow[]> => {
  const phases = phase === undefined ? (['start', 'mid', 'end'] as const) : [phase];
  const rows: PulseRow[] = [];
  for (const subject of phases) {
    const tallies = await tally(from, { ...filter, subject }, source);
    for (const [question, { persons, answers, sum }] of sorted(tallies))
      rows.push({ phase: subject, question, persons: persons.size, answers, sum });
  }
  return rows;
};

/**
 * Skills that agents acquired, as their tutors saw it, by name; under the same rule as {@link pulse}: a skill counts
 * in a group in which five persons or more acquired it.
 *
 * @throws what `codec.decode` throws when a key cannot be read.
 */
export const skillsAcquired = async (
  from: PersonalSource,
  filter: FiguresFilter,
  source?: Source,
): Promise<readonly AcquiredSkillRow[]> =>
  sorted(await tally(from, { ...filter, subject: 'skills' }, source)).map(([skill, { persons }]) => ({
    skill,
    persons: persons.size,
  }));

interface Tally {
  readonly persons: ReadonlySet<string>;
  readonly answers: number;
  readonly sum: number;
}
type Tallies = ReadonlyMap<string, Tally>;

const sorted = (tallies: Tallies) => [...tallies].sort(([a], [b]) => (a < b ? -1 : 1));

const added = (a: Tally | undefined, { persons, answers, sum }: Tally): Tally => ({
  persons: new Set([...(a?.persons ?? []), ...persons]),
  answers: (a?.answers ?? 0) + answers,
  sum: (a?.sum ?? 0) + sum,
});

/** What one person said: codes of questions with scores, or names of skills. */
interface Said {
  readonly personId: string;
  readonly points: readonly (readonly [code: string, score: number])[];
}

const tally = async (from: PersonalSource, filter: GroupFilter, source?: Source): Promise<Tallies> => {
  const all = new Map<string, Tally>();
  for (let after: GroupRow | undefined; ; ) {
    const groups = await listReportedGroups(from.sql, { ...filter, after, limit: 50 }, source);
    for (const group of groups) {
      for (const [code, one] of await tallyOf(from, group.groupId, source)) all.set(code, added(all.get(code), one));
    }
    after = groups.at(-1);
    if (after === undefined) return all;
  }
};

interface Member {
  readonly stream: StreamName;
  readonly revision: bigint;
}

/** What a group said, question by question; nothing when one of its members was erased, or it is gone by now. */
const tallyOf = async ({ sql, store, codec }: PersonalSource, groupId: string, source?: Source): Promise<Tallies> => {
  const members = await sql.query<Member>(
    `SELECT stream, revision FROM ${tableOf('skills_members', source)} WHERE group_id = $1`,
    [groupId],
  );
  const stored = (await Promise.all(members.map((member) => eventOf(store, member)))).flat();
  const said = (await codec.decode(stored)).map((event) => ('unknown' in event ? undefined : saidIn(event)));
  const tallies = new Map<string, Tally>();
  for (const one of said) {
    if (one === undefined) return new Map();
    for (const [code, score] of one.points) {
      tallies.set(code, added(tallies.get(code), { persons: new Set([one.personId]), answers: 1, sum: score }));
    }
  }
  return new Map([...tallies].filter(([, { persons }]) => persons.size >= fewestPersons));
};

const eventOf = async (store: PersonalSource['store'], { stream, revision }: Member) => {
  for await (const event of store.readStream(stream, { from: revision, limit: 1 })) return [event];
  throw new Error(`${stream} has no event ${revision} any more: rebuild the read model on the log that there is`);
};

const saidIn = (event: DecodedEvent): Said | undefined => {
  // Groups hold events of these two types.
  const { type, data } = event as DecodedEvent<Extract<AssignmentFact, { type: 'PulseAnswered' | 'SkillsAcquired' }>>;
  if (type === 'PulseAnswered') {
    const { personId, answers } = data;
    return isErased(answers)
      ? undefined
      : { personId, points: answers.map(({ question, score }) => [question, score]) };
  }
  const { personId, skills } = data;
  return isErased(skills) ? undefined : { personId, points: skills.map((skill) => [skill, 1]) };
};
