import { describe, expect, test } from '@jest/globals';
import { openApplication } from '@probono/application';
import {
  type AgentTimeState,
  type ConventionState,
  domain,
  type MissionState,
  poolLeft,
  quotasSum,
  standingEntries,
  streamName,
} from '@probono/domain';
import { type EventStore, memoryEventStore, type StoredEvent } from '@probono/event-store';
import {
  apply,
  assign,
  employ,
  hoursOf,
  idOf,
  type Lending,
  lend,
  officer,
  type Place,
  settle,
  welcome,
} from '@probono/testing';
import fc from 'fast-check';
import { cases } from '../support/properties/cases.js';
import { forkOf, type Snapshot, snapshotsOf } from '../support/properties/forked-store.js';
import { codec } from '../support/properties/story.js';
import { ada, bank, ben, home, library, type Scene, sceneOver, type Told } from '../support/scene.js';

const before = '2026-12-01T09:00:00Z';
const [work, after] = ['2027-01-11', '2027-01-12T09:00:00Z'];
const span = { from: '2027-01-01', to: '2027-06-30', quota: { num: 1, den: 2, window: 'week' } } as const;

/** One seat and 210 pooled minutes for two agents at the bank; a library besides, where Ada could go at 3/5. */
const pooled: Lending = { conventionId: idOf(400), host: bank, agents: [ada, ben], poolMinutes: 210, ...span };
const elsewhere: Lending = { ...span, conventionId: idOf(401), host: library, agents: [ada] };
const large: Lending = { ...elsewhere, quota: { num: 3, den: 5, window: 'week' } };
/** Ada is at work at the library already, at 1/4, and has declared an hour. */
const small: Lending = { ...elsewhere, conventionId: idOf(402), quota: { num: 1, den: 4, window: 'week' } };
const places = {
  ada: { assignmentId: idOf(500), agent: ada, host: bank },
  ben: { assignmentId: idOf(501), agent: ben, host: bank },
  large: { assignmentId: idOf(502), agent: ada, host: library },
  one: { assignmentId: idOf(503), agent: ada, host: library },
} satisfies Record<string, Place>;
const hours = (entry: number, start: string, minutes: number) =>
  hoursOf(places.one, { entryId: idOf(entry), workDate: work, start, minutes });

const partsOf = (store: EventStore) => ({
  ...{ store, codec },
  application: openApplication({ store, codec, catalogue: domain }),
});

const prepared = async (): Promise<Snapshot> => {
  const store = memoryEventStore({ now: () => new Date(0) });
  const scene = sceneOver(partsOf(store));
  await scene.all([
    ...settle(home, before),
    ...[ada, ben].flatMap((agent) => employ(agent, before)),
    ...welcome(bank, home, before, { seats: 1 }),
    ...welcome(library, home, before, { seats: 2 }),
    ...[pooled, large, small].flatMap((lending) => lend(lending, before)),
    ...Object.values(places).flatMap((place) => apply(place, before)),
    assign(places.one, small, before),
  ]);
  await scene.done(ada, 'DeclareHours', hours(600, '08:00', 60), after);
  const events: StoredEvent[] = [];
  for await (const event of store.readAll()) events.push(event);
  return snapshotsOf(events)();
};

type Act = (scene: Scene) => Promise<Told>;
const declare =
  (entry: number, start: string, minutes: number): Act =>
  ({ give }) =>
    give(ada, 'DeclareHours', hours(entry, start, minutes), after);
const take =
  (place: Place, lending: Lending, allottedMinutes?: number): Act =>
  ({ tell }) =>
    tell(assign(place, lending, before, allottedMinutes === undefined ? {} : { allottedMinutes }));

/** Each may be done alone; not all of them together. */
const acts: Readonly<Record<string, Act>> = {
  'Ada takes the seat and the pool': take(places.ada, pooled, 210),
  'Ben takes the seat and the pool': take(places.ben, pooled, 210),
  'Ben takes the seat and a part': take(places.ben, pooled, 60),
  'Ada goes to the library too': take(places.large, large),
  'Ada declares from nine': declare(601, '09:00', 120),
  'Ada declares from ten': declare(602, '10:00', 120),
  'Ada declares half past ten': declare(603, '10:30', 30),
  'Ada declares the afternoon': declare(604, '14:00', 450),
  'Ada corrects': ({ give }) =>
    give(ada, 'CorrectHours', { personId: ada.id, entryId: idOf(600), deltaMinutes: 60 }, after),
  'the assignment ends': ({ give }) =>
    give(
      officer,
      'EndAssignment',
      { assignmentId: places.one.assignmentId, on: '2027-01-11', cause: 'agent_request' },
      after,
    ),
};

const holds = async (scene: Scene): Promise<void> => {
  const mission = await scene.state<MissionState>(streamName('mission', bank.missionId));
  expect(mission.seatsTaken).toBeLessThanOrEqual(mission.proposed?.seats ?? 0);
  const convention = await scene.state<ConventionState>(streamName('convention', pooled.conventionId));
  expect(poolLeft(convention)).toBeGreaterThanOrEqual(0);
  const time = await scene.state<AgentTimeState>(streamName('agenttime', ada.id));
  const { num, den } = quotasSum(time);
  expect(num <= den).toBe(true);
  const spans = standingEntries(time)
    .flatMap(({ startsAt, minutes }) => (startsAt === undefined ? [] : [{ at: Date.parse(startsAt), minutes }]))
    .sort((a, b) => a.at - b.at);
  spans.reduce((end, { at, minutes }) => {
    expect(at).toBeGreaterThanOrEqual(end);
    return at + minutes * 60_000;
  }, 0);
};

describe('commands that are given at once, in whatever order the store answers', () => {
  test('never overbook: seats, pool, quotas and hours stay within what there is', async () => {
    const snapshot = await prepared();
    const won = new Set<string>();
    const lost = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.uniqueArray(fc.constantFrom(...Object.keys(acts)), { minLength: 2, maxLength: 4 }),
        async (scheduler, names) => {
          const fork = forkOf(snapshot, (call) => scheduler.schedule(Promise.resolve(), call));
          const scene = sceneOver(partsOf(fork.store), 2_000_000);
          const given = Promise.all(names.map((name) => acts[name]?.(scene)));
          const told = await scheduler.waitFor(given);
          for (const [index, one] of told.entries()) {
            expect(['accepted', 'refused', 'conflict']).toContain(one?.kind);
            (one?.kind === 'accepted' ? won : lost).add(names[index] ?? '');
          }
          await scheduler.waitFor(holds(scene));
        },
      ),
      { numRuns: cases },
    );
    // Else the property would be about nothing: all of them win at times, and most of them lose.
    if (cases >= 1000) expect([...won].sort()).toEqual(Object.keys(acts).sort());
    expect(lost.size).toBeGreaterThan(4);
  }, 120_000);
});
