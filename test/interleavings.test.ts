import { describe, expect, test } from '@jest/globals';
import {
  type AgentTimeState,
  type ConventionState,
  type MissionState,
  poolLeft,
  quotasSum,
  standingEntries,
  streamName,
} from '@probono/domain';
import { memoryEventStore, type StoredEvent } from '@probono/event-store';
import fc from 'fast-check';
import { apply, employ, hours, lend, settle, underConvention, welcome } from './support/programme.js';
import { cases } from './support/properties/cases.js';
import { sceneOn } from './support/properties/forked-scene.js';
import { forkOf, type Snapshot, snapshotOf } from './support/properties/forked-store.js';
import { agentOf, hostOf, id, officer, type Scene, type Told } from './support/scene.js';

const [ada, ben] = [agentOf(1), agentOf(2)];
const [bank, library] = [hostOf(1), hostOf(2)];
const before = '2026-12-01T09:00:00Z';
const [work, after] = ['2027-01-11', '2027-01-12T09:00:00Z'];
const quota = { num: 1, den: 2, window: 'week' };
const span = { from: '2027-01-01', to: '2027-06-30', quota };

/** One seat and 210 pooled minutes for two agents at the bank; a library besides, where Ada could go at 3/5. */
const pooled = { conventionId: id(400), host: bank, agents: [ada, ben], poolMinutes: 210, ...span };
const elsewhere = { ...span, conventionId: id(401), host: library, agents: [ada] };
const large = { ...elsewhere, quota: { num: 3, den: 5, window: 'week' } };
/** Ada is at work at the library already, at 1/4 and at 1/4: two assignments whose hours may collide. */
const small = { ...elsewhere, conventionId: id(402), quota: { num: 1, den: 4, window: 'week' } };
const places = {
  ada: { assignmentId: id(500), agent: ada, host: bank },
  ben: { assignmentId: id(501), agent: ben, host: bank },
  large: { assignmentId: id(502), agent: ada, host: library },
  one: { assignmentId: id(503), agent: ada, host: library },
};

const prepared = async (): Promise<Snapshot> => {
  const store = memoryEventStore({ now: () => new Date(0) });
  const scene = sceneOn(store, 1_000_000);
  await settle(scene, before);
  for (const agent of [ada, ben]) await employ(scene, agent, before);
  await welcome(scene, bank, before, { seats: 1 });
  await welcome(scene, library, before, { seats: 2 });
  await lend(scene, pooled, before);
  await lend(scene, large, before);
  await lend(scene, small, before);
  for (const place of Object.values(places)) await apply(scene, place, before);
  await scene.done(officer, 'AssignAgent', underConvention(places.one.assignmentId, small), before);
  const events: StoredEvent[] = [];
  for await (const event of store.readAll()) events.push(event);
  return snapshotOf(events);
};

type Act = (scene: Scene) => Promise<Told>;
const declare =
  (entry: number, start: string, minutes: number): Act =>
  ({ give }) =>
    give(ada, 'DeclareHours', hours(entry, places.one, work, { start, minutes }), after);
const assign =
  (what: object): Act =>
  ({ give }) =>
    give(officer, 'AssignAgent', what, before, { justification: 'essai' });

/** Each may be done alone; not all of them together. */
const acts: Readonly<Record<string, Act>> = {
  'Ada takes the seat and the pool': assign(underConvention(places.ada.assignmentId, pooled, 210)),
  'Ben takes the seat and the pool': assign(underConvention(places.ben.assignmentId, pooled, 210)),
  'Ben takes the seat and a part': assign(underConvention(places.ben.assignmentId, pooled, 60)),
  'Ada goes to the library too': assign(underConvention(places.large.assignmentId, large)),
  'Ada declares from nine': declare(600, '09:00', 120),
  'Ada declares from ten': declare(601, '10:00', 120),
  'Ada declares half past ten': declare(602, '10:30', 30),
  'Ada declares the afternoon': declare(603, '14:00', 480),
  'Ada corrects': ({ give }) =>
    give(ada, 'CorrectHours', { personId: ada.id, entryId: id(600), deltaMinutes: 60 }, after),
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
          const scene = sceneOn(fork.store, 2_000_000);
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
