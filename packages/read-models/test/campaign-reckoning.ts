import type { Fact, StreamName } from '@probono/domain';
import fc from 'fast-check';
import {
  assignment as a,
  ada,
  ben,
  campaign as c,
  hours as h,
  hostId,
  id,
  mission as m,
  otherHostId,
} from './programme.js';

/** A fact, and the stream that it is recorded in. */
export type Step = readonly [stream: StreamName, fact: Fact];

const campaignIds = [id(81), id(82)];
const missionIds = [id(41), id(42), id(43)];
const hosts = [hostId, hostId, otherHostId];
const people = [ada, ben, id(13)];
/** Assignment `n` is on mission `n % 3`. */
const assignmentIds = [id(51), id(52), id(53), id(54)];

const campaignOf = (n: number): StreamName => `campaign-${campaignIds[n % 2]}`;
const missionOf = (n: number): StreamName => `mission-${missionIds[n % 3]}`;
const timeOf = (n: number): StreamName => `agenttime-${people[n % 3]}`;
const pick = (from: readonly string[], n: number): string => from[n % from.length] ?? '';

const beginning: readonly Step[] = [
  [campaignOf(0), c.opened('2026-10-22')],
  [campaignOf(1), c.opened('2026-10-23')],
  ...missionIds.map((_, n): Step => [missionOf(n), m.proposed(hosts[n], n + 2)]),
];

/** One thing that happens, from two numbers and its turn; nothing when there is no entry yet that it could be about. */
type Happening = (x: number, y: number, turn: number, entries: readonly number[]) => Step | undefined;
const onEntry =
  (fact: (entryId: string, y: number) => Fact): Happening =>
  (x, y, _, entries) =>
    entries.length === 0 ? undefined : [timeOf(0), fact(id(600 + (entries[x % entries.length] ?? 0)), y)];

const declare: Happening = (x, y, turn) => [
  timeOf(0),
  h.declared(id(600 + turn), '2026-03-02', 200 + y, pick(assignmentIds, x)),
];
const happenings: readonly Happening[] = [
  (x, y) => [campaignOf(x), c.joined(pick(missionIds, y), hosts[y % 3])],
  (x, y) => [campaignOf(x), c.enrolled(pick(people, y))],
  (x, y) => [campaignOf(x), c.enrolled(pick(people, y), pick(missionIds, x), id(59))],
  (x, y) => [campaignOf(x), c.withdrawn(pick(people, y))],
  (x) => [missionOf(x), m.seatTaken(pick(assignmentIds, x))],
  (x) => [missionOf(x), m.seatReleased(pick(assignmentIds, x))],
  (x, y) => (y % 4 === 0 ? [missionOf(x), m.cancelled] : undefined),
  (x, _, turn) => [missionOf(x), m.delivered(id(900 + turn))],
  (x, y, turn) => [missionOf(x), m.outcome(id(900 + turn), y % 2 === 0 ? 'job-found' : 'confidence-regained', 1 + y)],
  (x) => [`assignment-${pick(assignmentIds, x)}`, a.assigned(ada, '2026-12-31', pick(missionIds, x % 4))],
  declare,
  declare,
  onEntry((entryId, y) => h.corrected(entryId, 1 + y)),
  onEntry((entryId) => h.validated(entryId)),
  onEntry((entryId, y) => h.resolved(entryId, 30 + y)),
  onEntry((entryId, y) => h.adjusted(entryId, -1 - y, '2026-04')),
  onEntry((entryId) => h.withdrawn(entryId)),
];

const number = fc.nat(19);

/** Any run of facts of two campaigns and three missions. */
export const runs: fc.Arbitrary<readonly Step[]> = fc
  .array(fc.tuple(fc.nat(happenings.length - 1), number, number), { minLength: 40, maxLength: 120 })
  .map((drawn) => {
    const entries: number[] = [];
    const happened = drawn.flatMap(([which, x, y], turn): readonly Step[] => {
      const step = happenings[which]?.(x, y, turn, entries);
      if (step?.[1].type === 'HoursDeclared') entries.push(turn);
      return step === undefined ? [] : [step];
    });
    return [...beginning, ...happened];
  });

/** What the reckoning looks at of any of these facts. */
interface Told {
  readonly [id: string]: unknown;
  readonly minutes?: number;
  readonly deltaMinutes?: number;
  readonly seats?: number;
  readonly kind?: string;
  readonly count?: number;
}
// Facts of one type have these fields where the reckoning asks for them.
const told = (data: Fact['data']): Told => data as Told;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);

/** What each campaign comes to, read off the whole run again for every figure: no state is kept. */
export const reckon = (run: readonly Step[]) =>
  campaignIds.map((campaignId) => {
    const facts = run.map(([stream, { type, data }], at) => ({ stream, type, data: told(data), at }));
    const mine = facts.filter(({ stream }) => stream === `campaign-${campaignId}`);
    const of = (missionId: string, type: string) =>
      facts.filter((fact) => fact.stream === `mission-${missionId}` && fact.type === type);
    const isCancelled = (missionId: string) => of(missionId, 'MissionCancelled').length > 0;
    const joined = mine.filter(
      ({ type, data }) => type === 'MissionJoinedCampaign' && !isCancelled(String(data.missionId)),
    );
    const missions = [...new Set(joined.map(({ data }) => String(data.missionId)))];
    const every = (type: string) => missions.flatMap((missionId) => of(missionId, type));

    const holders = every('SeatTaken').filter(
      ({ stream, data, at }) =>
        !facts.some(
          (later) => later.at > at && later.stream === stream && later.data.assignmentId === data.assignmentId,
        ),
    );
    const enrolments = mine.filter(({ type }) => type === 'VolunteerEnrolled' || type === 'EnrolmentWithdrawn');
    const standing = people.flatMap((person) => {
      const last = enrolments.findLast(({ data }) => data.personId === person);
      return last?.type === 'VolunteerEnrolled' ? [last] : [];
    });
    const placed = standing.filter(({ data }) => data.missionId !== undefined && !isCancelled(String(data.missionId)));

    const hours = facts
      .filter(({ type, data }) => {
        if (type !== 'HoursDeclared') return false;
        const assigned = facts.find((fact) => fact.stream === `assignment-${data.assignmentId}`);
        return missions.includes(String(assigned?.data.missionId));
      })
      .map(({ data: { entryId, minutes }, at }) => {
        const later = facts.filter((fact) => fact.at > at && fact.data.entryId === entryId);
        if (later.some(({ type }) => type === 'HoursWithdrawn')) return { minutes: 0, validated: false };
        const ruled = later.findLastIndex(({ type }) => type === 'ContestResolved');
        const from = (ruled < 0 ? minutes : later[ruled]?.data.minutes) ?? 0;
        const judged = later.findLast(({ type }) => type === 'HoursValidated' || type === 'HoursCorrected');
        return {
          minutes: from + sum(later.slice(ruled + 1).map(({ data }) => data.deltaMinutes ?? 0)),
          validated: judged?.type === 'HoursValidated',
        };
      });
    const outcomes: Record<string, number> = {};
    for (const { data } of every('BeneficiaryOutcomeRecorded')) {
      const { kind = '', count = 0 } = data;
      outcomes[kind] = (outcomes[kind] ?? 0) + count;
    }

    return {
      campaignId,
      missions: missions.length,
      hosts: new Set(joined.map(({ data }) => data.hostId)).size,
      volunteers: standing.length,
      placed: placed.length,
      seats: sum(every('MissionProposed').map(({ data }) => data.seats ?? 0)),
      seatsTaken: new Set(holders.map(({ stream, data }) => stream + data.assignmentId)).size,
      minutes: sum(hours.map(({ minutes }) => minutes)),
      validatedMinutes: sum(hours.flatMap(({ minutes, validated }) => (validated ? [minutes] : []))),
      deliverables: every('DeliverableRecorded').length,
      outcomes,
    };
  });
