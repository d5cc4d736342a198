import { describe, expect, test } from '@jest/globals';
import {
  type Aggregate,
  type Command,
  CommandMeta,
  catalogueOf,
  defineCommand,
  defineEvent,
  type FactOf,
  handle,
  Instant,
  into,
  kernelRules,
  nothing,
  type Rule,
  read,
  streamName,
} from '@probono/domain';
import { jsonCodec, memoryEventStore, UnknownOutcome } from '@probono/event-store';
import * as z from 'zod';
import { type Around, inTurn } from '../../../test/support/in-turn.js';
import { openApplication } from './application.js';

// A small domain: an assignment takes a seat of a mission and minutes of a convention, while a programme is open.
const by = z.strictObject({ by: z.string() });
const some = z.strictObject({ by: z.string(), minutes: z.int() });
const Opened = defineEvent('Opened', z.strictObject({ seats: z.int() }));
const Freed = defineEvent('Freed', by);
const Taken = defineEvent('Taken', by, [], Freed.of);
const Funded = defineEvent('Funded', z.strictObject({ minutes: z.int() }));
const Returned = defineEvent('Returned', some);
const Allotted = defineEvent('Allotted', some, [], Returned.of);
const Assigned = defineEvent('Assigned', z.strictObject({}));
const Noted = defineEvent('Noted', z.strictObject({}));
const Ended = defineEvent('Ended', z.strictObject({}));
const Stopped = defineEvent('Stopped', z.strictObject({}));
const missionEvents = { Opened, Taken, Freed } as const;
const conventionEvents = { Funded, Allotted, Returned } as const;
const assignmentEvents = { Assigned, Noted, Ended } as const;
const programmeEvents = { Stopped } as const;

const mission: Aggregate<{ seats: number; taken: string[] }, FactOf<typeof missionEvents>> = {
  category: 'mission',
  events: missionEvents,
  initial: () => ({ seats: 0, taken: [] }),
  evolve(draft, { type, data }) {
    if (type === 'Opened') draft.seats = data.seats;
    else if (type === 'Taken') draft.taken.push(data.by);
    else draft.taken = draft.taken.filter((one) => one !== data.by);
  },
};
const convention: Aggregate<{ left: number; held: Record<string, number> }, FactOf<typeof conventionEvents>> = {
  category: 'convention',
  events: conventionEvents,
  initial: () => ({ left: 0, held: {} }),
  evolve(draft, { type, data }) {
    const minutes = type === 'Allotted' ? -data.minutes : data.minutes;
    draft.left += minutes;
    if (type !== 'Funded') draft.held[data.by] = (draft.held[data.by] ?? 0) - minutes;
  },
};
const assignment: Aggregate<{ status: string }, FactOf<typeof assignmentEvents>> = {
  category: 'assignment',
  events: assignmentEvents,
  initial: () => ({ status: 'none' }),
  evolve(draft, { type }) {
    if (type !== 'Noted') draft.status = type;
  },
};
const programme: Aggregate<{ stopped: boolean }, FactOf<typeof programmeEvents>> = {
  category: 'programme',
  events: programmeEvents,
  initial: () => ({ stopped: false }),
  evolve(draft) {
    draft.stopped = true;
  },
};

const rule = (en: string): Rule => ({ severity: 'refuse', message: { fr: en, en } });
const rules = {
  'mission.no-seat': rule('No seat left.'),
  'convention.pool-exhausted': rule('No minutes left.'),
  'programme.stopped': rule('The programme has stopped.'),
  'assignment.wrong-state': rule('It has ended.'),
} as const satisfies Record<string, Rule>;

const id = (n: number): string => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const [missionId, conventionId, programmeId] = [id(1), id(2), id(3)];
const missionStream = streamName('mission', missionId);

const roles = ['programme_officer'] as const;
const Open = defineCommand('Open', roles, z.strictObject({ seats: z.int() }));
const Fund = defineCommand('Fund', roles, z.strictObject({ minutes: z.int() }));
const Stop = defineCommand('Stop', roles, z.strictObject({}));
const one = z.strictObject({ assignmentId: z.string() });
const [Note, End] = [defineCommand('Note', roles, one), defineCommand('End', roles, one)];
const Assign = defineCommand('Assign', roles, z.strictObject({ assignmentId: z.string(), minutes: z.int() }));

const plain = { context: nothing, zone: () => undefined } as const;
const catalogue = catalogueOf(
  [
    {
      aggregate: mission,
      rules,
      handlers: [handle(Open, mission, { ...plain, id: () => missionId, decide: (_, { data }) => [Opened.of(data)] })],
    },
    {
      aggregate: convention,
      rules: {},
      handlers: [
        handle(Fund, convention, { ...plain, id: () => conventionId, decide: (_, { data }) => [Funded.of(data)] }),
      ],
    },
    {
      aggregate: programme,
      rules: {},
      handlers: [handle(Stop, programme, { ...plain, id: () => programmeId, decide: () => [Stopped.of({})] })],
    },
    {
      aggregate: assignment,
      rules: {},
      handlers: [
        handle(Assign, assignment, {
          id: ({ assignmentId }) => assignmentId,
          *context() {
            return {
              on: yield* read(mission, missionId),
              pool: yield* read(convention, conventionId),
              under: yield* read(programme, programmeId),
            };
          },
          zone: () => undefined,
          decide({ status }, { data: { assignmentId, minutes } }, { on, pool, under }, judgement) {
            if (status === 'Assigned') return [];
            const holds = on.taken.includes(assignmentId);
            const missing = minutes - (pool.held[assignmentId] ?? 0);
            judgement.require('assignment.wrong-state', status !== 'Ended', {});
            judgement.require('programme.stopped', !under.stopped, {});
            judgement.require('mission.no-seat', holds || on.taken.length < on.seats, {});
            judgement.require('convention.pool-exhausted', missing <= pool.left, {});
            const allotted = Allotted.of({ by: assignmentId, minutes: missing });
            return judgement.accept(() => [
              Assigned.of({}),
              ...(holds ? [] : [into(missionStream, Taken.of({ by: assignmentId }))]),
              ...(missing > 0 ? [into(streamName('convention', conventionId), allotted)] : []),
            ]);
          },
        }),
        handle(Note, assignment, {
          ...plain,
          id: ({ assignmentId }) => assignmentId,
          decide: () => [Noted.of({})],
        }),
        handle(End, assignment, {
          ...plain,
          id: ({ assignmentId }) => assignmentId,
          decide: (_, { data: { assignmentId } }) => [
            Ended.of({}),
            into(missionStream, Freed.of({ by: assignmentId })),
          ],
        }),
      ],
    },
  ],
  kernelRules,
);

const officer = { id: id(9), role: 'programme_officer' };
const command = (name: string, data: object, n: number): Command => ({
  name,
  data,
  meta: CommandMeta.parse({ actor: officer, commandId: id(2000 + n) }),
  recordedAt: Instant.parse('2026-03-02T09:00:00Z'),
});
const place = (n: number): string => id(100 + n);
const assign = (n: number, minutes = 10, as = n) => command('Assign', { assignmentId: place(n), minutes }, as);
const end = (n: number) => command('End', { assignmentId: place(n) }, 100 + n);
const note = (n: number) => command('Note', { assignmentId: place(n) }, 200 + n);

/** A log that an application writes to, with what a test does around its appends, and another process beside it. */
const opened = async ({ seats = 2, minutes = 100 }, around: (elsewhere: Opened) => Around = () => ({})) => {
  const codec = jsonCodec({ events: catalogue.events });
  const store = memoryEventStore({ now: () => new Date('2026-03-02T09:00:01Z') });
  const elsewhere = openApplication({ store: inTurn(store), codec, catalogue });
  await elsewhere.execute(command('Open', { seats }, 900));
  await elsewhere.execute(command('Fund', { minutes }, 901));
  const rung: string[] = [];
  const here = openApplication({
    store: inTurn(store, around(elsewhere)),
    codec,
    catalogue,
    onAppended: (types) => rung.push(...types),
  });
  const log = async () => {
    const all = [];
    for await (const event of store.readAll()) all.push(event);
    return all.slice(2);
  };
  return { here, elsewhere, log, rung, types: async () => (await log()).map(({ type }) => type) };
};
type Opened = ReturnType<typeof openApplication>;

/** Does something once, at the first append to a stream of this category. */
const once = (category: string, act: () => unknown) => {
  let done = false;
  return async (stream: string): Promise<void> => {
    if (done || !stream.startsWith(category)) return;
    done = true;
    await act();
  };
};
const crash = (): never => {
  throw new Error('killed');
};
const whole = ['Taken', 'Allotted', 'Assigned'];

describe('a decision over several streams, on a store that writes one at a time', () => {
  test('takes what is scarce first, and then commits', async () => {
    const { here, types, rung } = await opened({});
    expect(await here.execute(assign(1))).toMatchObject({ kind: 'accepted', repeated: false });
    expect(await types()).toEqual(whole);
    expect(rung).toEqual(whole);
  });

  test('given twice, gives the first events again', async () => {
    const { here, types } = await opened({});
    const first = await here.execute(assign(1));
    const again = await here.execute(assign(1));
    expect(again).toMatchObject({ kind: 'accepted', repeated: true });
    const ids = (outcome: typeof first) => outcome.kind === 'accepted' && outcome.events.map(({ eventId }) => eventId);
    expect(ids(again)).toEqual(ids(first));
    expect(await types()).toEqual(whole);
  });

  test('gives back after the commit, behind what others wrote meanwhile', async () => {
    let others = 2;
    const { here, types } = await opened({ seats: 9 }, (elsewhere) => ({
      before: async (_, [event]) => {
        if (event?.type === 'Freed' && others < 5) await elsewhere.execute(assign(others++));
      },
    }));
    await here.execute(assign(1));
    expect(await here.execute(end(1))).toMatchObject({ kind: 'accepted', repeated: false });
    expect((await types()).slice(3)).toEqual(['Ended', ...whole, ...whole, ...whole, 'Freed']);
  });

  test('without a conflict, is not decided on what moved on since it was read', async () => {
    const { here, types } = await opened({}, (elsewhere) => ({
      before: once('mission', () => elsewhere.execute(command('Stop', {}, 1000))),
    }));
    expect(await here.execute(assign(1))).toMatchObject({
      kind: 'refused',
      refusals: [{ rule: 'programme.stopped' }],
    });
    expect(await types()).toEqual(['Stopped', 'Taken', 'Allotted', 'Returned', 'Freed']);
  });
});

describe('two at once, on a store that writes one stream at a time', () => {
  const told = (outcome: Awaited<ReturnType<Opened['execute']>>) =>
    outcome.kind === 'refused' ? outcome.refusals.map(({ rule }) => rule) : outcome.kind;

  test.each([
    [{ seats: 1 }, 'mission.no-seat'],
    [{ minutes: 15 }, 'convention.pool-exhausted'],
  ])('who both want the last of %j: one wins, the other is told why not', async (scarce, why) => {
    const { here, elsewhere, types } = await opened(scarce);
    const outcomes = await Promise.all([here.execute(assign(1)), elsewhere.execute(assign(2))]);
    expect(outcomes.map(told)).toEqual(expect.arrayContaining([[why], 'accepted']));
    const count = async (type: string) => (await types()).filter((one) => one === type).length;
    expect([(await count('Taken')) - (await count('Freed')), await count('Assigned')]).toEqual([1, 1]);
    expect((await count('Allotted')) - (await count('Returned'))).toBe(1);
  });

  test('of twenty who want the last three seats, three get one', async () => {
    const { here, types } = await opened({ seats: 3, minutes: 1000 });
    const outcomes = await Promise.all(Array.from({ length: 20 }, (_, n) => here.execute(assign(n))));
    expect(outcomes.map(told).filter((kind) => kind === 'accepted')).toHaveLength(3);
    const all = await types();
    expect(all.filter((type) => type === 'Assigned')).toHaveLength(3);
    expect(all.filter((type) => type === 'Taken').length - all.filter((type) => type === 'Freed').length).toBe(3);
  });

  test('who took something and find their own stream moved on, give it back and decide again', async () => {
    const { here, log, rung } = await opened({}, (elsewhere) => ({
      before: once('assignment', () => elsewhere.execute(note(1))),
    }));
    const outcome = await here.execute(assign(1));
    expect(outcome).toMatchObject({ kind: 'accepted', repeated: false });
    const all = await log();
    expect(all.map(({ type }) => type)).toEqual(['Taken', 'Allotted', 'Noted', 'Returned', 'Freed', ...whole]);
    expect(new Set(all.map(({ eventId }) => eventId)).size).toBe(all.length);
    expect(rung).toEqual(['Taken', 'Allotted', 'Returned', 'Freed', ...whole]);
    const again = await here.execute(assign(1));
    expect(again).toMatchObject({ repeated: true, events: whole.map((type) => ({ type })) });
  });

  test('who are refused then, have given it back', async () => {
    const { here, types } = await opened({}, (elsewhere) => ({
      before: once('assignment', () => elsewhere.execute(end(1))),
    }));
    expect(told(await here.execute(assign(1)))).toEqual(['assignment.wrong-state']);
    expect((await types()).filter((type) => type === 'Returned')).toHaveLength(1);
  });

  test('of whom one commits on what the other took, leave it taken', async () => {
    const { here, types } = await opened({}, (elsewhere) => ({
      before: once('assignment', () => elsewhere.execute(assign(1, 10, 50))),
    }));
    expect(await here.execute(assign(1))).toMatchObject({ kind: 'accepted' });
    expect(await types()).toEqual(whole);
  });
});

describe('a command cut short between two streams', () => {
  test.each(['convention', 'assignment'])(
    'before the %s: given again, it goes on and takes nothing twice',
    async (at) => {
      const { here, types } = await opened({}, () => ({ before: once(at, crash) }));
      await expect(here.execute(assign(1))).rejects.toThrow('killed');
      const outcome = await here.execute(assign(1));
      expect(outcome).toMatchObject({ kind: 'accepted', repeated: false, events: whole.map((type) => ({ type })) });
      expect(await types()).toEqual(whole);
      expect(await here.execute(assign(1))).toMatchObject({ repeated: true, events: whole.map((type) => ({ type })) });
    },
  );

  test('given again and refused, it gives back what it had taken', async () => {
    const { here, elsewhere, types } = await opened({}, () => ({ before: once('assignment', crash) }));
    await expect(here.execute(assign(1))).rejects.toThrow('killed');
    await elsewhere.execute(command('Stop', {}, 1000));
    for (const _ of ['once', 'twice']) expect(await here.execute(assign(1))).toMatchObject({ kind: 'refused' });
    expect(await types()).toEqual(['Taken', 'Allotted', 'Stopped', 'Returned', 'Freed']);
  });

  test('given again twice at once and refused, it gives each thing back once', async () => {
    let crashed = false;
    const { here, elsewhere, types } = await opened({}, (beside) => {
      const both = once('convention', () => beside.execute(assign(1)));
      return {
        before: async (stream) => {
          if (crashed) return both(stream);
          if (!stream.startsWith('assignment')) return;
          crashed = true;
          crash();
        },
      };
    });
    await expect(here.execute(assign(1))).rejects.toThrow('killed');
    // Behind what was taken, so that it is not given back where it was expected to be.
    await elsewhere.execute(assign(2));
    await elsewhere.execute(command('Stop', {}, 1000));
    expect(await here.execute(assign(1))).toMatchObject({ refusals: [{ rule: 'programme.stopped' }] });
    expect((await types()).slice(6)).toEqual(['Returned', 'Freed']);
  });

  test('is refused when its id comes again with something else', async () => {
    const { here, types } = await opened({}, () => ({ before: once('assignment', crash) }));
    await expect(here.execute(assign(1))).rejects.toThrow('killed');
    expect(await here.execute(assign(2, 10, 1))).toMatchObject({ refusals: [{ rule: 'command.id-reused' }] });
    expect(await types()).toEqual(['Taken', 'Allotted']);
  });
});

describe('an answer that is lost, on a store that writes one stream at a time', () => {
  const lose = (): never => {
    throw new UnknownOutcome('the answer was lost');
  };
  const times = (n: number, category: string) => {
    let left = n;
    return (stream: string) => (stream.startsWith(category) && left-- > 0 ? lose() : undefined);
  };
  const steps = ['mission', 'convention', 'assignment'].flatMap((at) => [
    { at, when: 'before' } as const,
    { at, when: 'after' } as const,
  ]);

  test.each(steps)('once, $when the append to the $at: every event stands once', async ({ at, when }) => {
    const { here, types } = await opened({}, () => ({ [when]: times(1, at) }));
    expect(await here.execute(assign(1))).toMatchObject({ kind: 'accepted', repeated: false });
    expect(await types()).toEqual(whole);
  });

  test.each(steps)('for good, $when the append to the $at: the command given again ends well', async ({ at, when }) => {
    const { here, types } = await opened({}, () => ({ [when]: times(3, at) }));
    expect(await here.execute(assign(1))).toMatchObject({ kind: 'unknown-outcome' });
    expect(await here.execute(assign(1))).toMatchObject({
      kind: 'accepted',
      events: whole.map((type) => ({ type })),
    });
    expect(await types()).toEqual(whole);
  });

  test.each(['Returned', 'Freed'])('as %s is undone: it is undone once', async (type) => {
    const { here, types } = await opened({}, (elsewhere) => {
      const note1 = once('assignment', () => elsewhere.execute(note(1)));
      let lost = false;
      return {
        before: note1,
        after: (_, [event]) => {
          if (event?.type !== type || lost) return;
          lost = true;
          lose();
        },
      };
    });
    expect(await here.execute(assign(1))).toMatchObject({ kind: 'accepted' });
    expect((await types()).filter((one) => one === type)).toHaveLength(1);
  });
});
