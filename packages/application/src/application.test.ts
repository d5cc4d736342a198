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
import { type EventStore, jsonCodec, memoryEventStore, Unavailable, UnknownOutcome } from '@probono/event-store';
import * as z from 'zod';
import { openApplication } from './application.js';

// A small domain of its own: seats in a mission, taken by assignments.
const Opened = defineEvent('Opened', z.strictObject({ seats: z.int() }));
const Taken = defineEvent('Taken', z.strictObject({ by: z.string() }));
const Left = defineEvent('Left', z.strictObject({}));
const Released = defineEvent('Released', z.strictObject({ by: z.string() }));
const Assigned = defineEvent('Assigned', z.strictObject({ missionId: z.string() }));
const missionEvents = { Opened, Taken, Released } as const;
const assignmentEvents = { Assigned, Left } as const;

const mission: Aggregate<{ seats: number; taken: string[] }, FactOf<typeof missionEvents>> = {
  category: 'mission',
  events: missionEvents,
  initial: () => ({ seats: 0, taken: [] }),
  evolve(draft, event) {
    if (event.type === 'Opened') draft.seats = event.data.seats;
    else if (event.type === 'Taken') draft.taken.push(event.data.by);
    else draft.taken = draft.taken.filter((by) => by !== event.data.by);
  },
};
const assignment: Aggregate<{ missionId?: string }, FactOf<typeof assignmentEvents>> = {
  category: 'assignment',
  events: assignmentEvents,
  initial: () => ({}),
  evolve(draft, event) {
    if (event.type === 'Assigned') draft.missionId = event.data.missionId;
    else delete draft.missionId;
  },
};

const rules = {
  'mission.no-seat': { severity: 'refuse', message: { fr: 'Plus de place.', en: 'No seat left.' } },
} as const satisfies Record<string, Rule>;

const Open = defineCommand('Open', ['programme_officer'], z.strictObject({ missionId: z.string(), seats: z.int() }));
const Assign = defineCommand(
  'Assign',
  ['programme_officer'],
  z.strictObject({ assignmentId: z.string(), missionId: z.string() }),
);
const Leave = defineCommand('Leave', ['programme_officer'], z.strictObject({ assignmentId: z.string() }));

const catalogue = catalogueOf(
  [
    {
      aggregate: mission,
      rules,
      handlers: [
        handle(Open, mission, {
          id: ({ missionId }) => missionId,
          context: nothing,
          zone: () => undefined,
          decide: (_state, { data }, _context, judgement) => judgement.accept(() => [Opened.of({ seats: data.seats })]),
        }),
      ],
    },
    {
      aggregate: assignment,
      rules: {},
      handlers: [
        handle(Assign, assignment, {
          id: ({ assignmentId }) => assignmentId,
          context: (_state, { data }) => read(mission, data.missionId),
          zone: () => undefined,
          decide(state, { data }, seats, judgement) {
            if (state.missionId === data.missionId) return [];
            judgement.require('mission.no-seat', seats.taken.length < seats.seats, { seats: seats.seats });
            return judgement.accept(() => [
              Assigned.of({ missionId: data.missionId }),
              into(streamName('mission', data.missionId), Taken.of({ by: data.assignmentId })),
            ]);
          },
        }),
        // Once left, there is no mission to be read.
        handle(Leave, assignment, {
          id: ({ assignmentId }) => assignmentId,
          *context({ missionId }) {
            if (missionId !== undefined) yield* read(mission, missionId);
          },
          zone: () => undefined,
          decide({ missionId }, { data: { assignmentId: by } }, _context, judgement) {
            if (missionId === undefined) return [];
            return judgement.accept(() => [Left.of({}), into(streamName('mission', missionId), Released.of({ by }))]);
          },
        }),
      ],
    },
  ],
  kernelRules,
);

const missionId = '01890000-0000-7000-8000-000000000001';
const assignmentId = (n: number): string => `01890000-0000-7000-8000-0000000001${String(n).padStart(2, '0')}`;
const commandId = (n: number): string => `01890000-0000-7000-8000-0000000002${String(n).padStart(2, '0')}`;
const officer = { id: '01890000-0000-7000-8000-00000000000f', role: 'programme_officer' } as const;

const command = (name: string, data: unknown, n: number): Command => ({
  name,
  data,
  meta: CommandMeta.parse({ actor: officer, commandId: commandId(n) }),
  recordedAt: Instant.parse('2026-03-02T09:00:00Z'),
});

const fresh = (wrap: (store: EventStore) => EventStore = (store) => store) => {
  const codec = jsonCodec({ events: catalogue.events });
  const store = memoryEventStore({ now: () => new Date('2026-03-02T09:00:01Z') });
  const application = openApplication({ store: wrap(store), codec, catalogue });
  const stored = async () => {
    const all = [];
    for await (const event of store.readAll()) all.push(event);
    return codec.decode(all);
  };
  return { application, stored, store, codec };
};

const opened = async (seats: number, wrap?: (store: EventStore) => EventStore) => {
  const parts = fresh(wrap);
  expect(await parts.application.execute(command('Open', { missionId, seats }, 0))).toMatchObject({ kind: 'accepted' });
  return parts;
};

describe('carrying out a command', () => {
  test('records who, when, why and what the decision was based on', async () => {
    const { application, stored } = await opened(1);
    await application.execute(command('Assign', { assignmentId: assignmentId(1), missionId }, 1));
    const [, assigned, taken] = await stored();
    expect(assigned).toMatchObject({
      type: 'Assigned',
      stream: `assignment-${assignmentId(1)}`,
      revision: 0n,
      actor: officer,
      authority: { capacity: 'programme_officer' },
      recordedAt: '2026-03-02T09:00:00.000Z',
      effectiveOn: '2026-03-02',
      commandId: commandId(1),
      basis: [{ stream: `mission-${missionId}`, revision: 0n }],
    });
    expect(taken).toMatchObject({
      type: 'Taken',
      stream: `mission-${missionId}`,
      revision: 1n,
      basis: [{ stream: `assignment-${assignmentId(1)}`, revision: 'none' }],
    });
  });

  test('given twice, it gives the first events again and appends nothing', async () => {
    const { application, stored } = await opened(1);
    const give = () => application.execute(command('Assign', { assignmentId: assignmentId(1), missionId }, 1));
    const first = await give();
    const again = await give();
    expect(first).toMatchObject({ kind: 'accepted', repeated: false });
    expect(again).toMatchObject({ kind: 'accepted', repeated: true });
    const ids = (outcome: typeof first) => outcome.kind === 'accepted' && outcome.events.map(({ eventId }) => eventId);
    expect(ids(again)).toEqual(ids(first));
    expect(await stored()).toHaveLength(3);
  });

  test('given twice, it gives the first events again also of streams that it has no need to read any more', async () => {
    const { application, stored } = await opened(1);
    await application.execute(command('Assign', { assignmentId: assignmentId(1), missionId }, 1));
    const leave = () => application.execute(command('Leave', { assignmentId: assignmentId(1) }, 2));
    const [first, again] = [await leave(), await leave()];
    const types = (outcome: typeof first) => outcome.kind === 'accepted' && outcome.events.map(({ type }) => type);
    expect(types(first)).toEqual(['Left', 'Released']);
    expect(types(again)).toEqual(['Left', 'Released']);
    expect(await stored()).toHaveLength(5);
  });

  test('is refused when its id served another command before', async () => {
    const { application, stored } = await opened(2);
    await application.execute(command('Assign', { assignmentId: assignmentId(1), missionId }, 1));
    const outcome = await application.execute(command('Assign', { assignmentId: assignmentId(2), missionId }, 1));
    expect(outcome).toMatchObject({ kind: 'refused', refusals: [{ rule: 'command.id-reused' }] });
    expect(await stored()).toHaveLength(3);
  });

  test('is refused with every reason, and writes nothing', async () => {
    const { application, stored } = await opened(0);
    const wrongRole = command('Assign', { assignmentId: assignmentId(1), missionId }, 1);
    const outcome = await application.execute({
      ...wrongRole,
      meta: { ...wrongRole.meta, actor: { ...wrongRole.meta.actor, role: 'agent' } },
    });
    expect(outcome).toMatchObject({
      kind: 'refused',
      refusals: [{ rule: 'role.not-allowed' }, { rule: 'mission.no-seat' }],
    });
    expect(await stored()).toHaveLength(1);
  });

  test('explained, it lists the rules looked at and writes nothing', async () => {
    const { application, stored } = await opened(1);
    const decision = await application.explain(command('Assign', { assignmentId: assignmentId(1), missionId }, 1));
    expect(decision.examined.map(({ rule, outcome }) => [rule, outcome])).toEqual([
      ['role.not-allowed', 'holds'],
      ['mission.no-seat', 'holds'],
    ]);
    expect(await stored()).toHaveLength(1);
  });
});

describe('others writing at the same time', () => {
  test('of twenty who want the last three seats, three get one', async () => {
    const { application, stored } = await opened(3);
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        application.execute(command('Assign', { assignmentId: assignmentId(n), missionId }, n + 1)),
      ),
    );
    const kinds = outcomes.map((outcome) => (outcome.kind === 'refused' ? outcome.refusals[0]?.rule : outcome.kind));
    expect(kinds.filter((kind) => kind === 'accepted')).toHaveLength(3);
    expect(kinds.filter((kind) => kind === 'mission.no-seat')).toHaveLength(17);
    expect(await stored()).toHaveLength(1 + 2 * 3);
  });

  test('a conflict that never ends is handed to the caller after a bounded number of decisions', async () => {
    let appends = 0;
    const { application } = await opened(1, (store) => ({
      ...store,
      append: (stream, expected, events, options) => store.append(stream, expected, events, options),
      appendAll: async ([first]) => {
        appends++;
        return { outcome: 'conflict', stream: first?.stream ?? '', expected: 'none', actual: 7n };
      },
    }));
    const outcome = await application.execute(command('Assign', { assignmentId: assignmentId(1), missionId }, 1));
    expect(outcome).toMatchObject({ kind: 'conflict', conflict: { actual: 7n } });
    expect(appends).toBe(8);
  });
});

describe('a store that fails', () => {
  const losing =
    (answers: ('lost after commit' | 'lost before commit' | 'ok')[]) =>
    (store: EventStore): EventStore => ({
      ...store,
      async appendAll(appends, options) {
        const fate = answers.shift() ?? 'ok';
        if (fate === 'lost before commit') throw new UnknownOutcome('the answer was lost');
        const result = await store.appendAll(appends, options);
        if (fate === 'lost after commit') throw new UnknownOutcome('the answer was lost');
        return result;
      },
    });

  test.each([['lost after commit' as const], ['lost before commit' as const]])(
    'when the answer is %s, the same bytes are sent again and the events stand once',
    async (fate) => {
      const { application, stored } = await opened(1, losing([fate]));
      const outcome = await application.execute(command('Assign', { assignmentId: assignmentId(1), missionId }, 1));
      expect(outcome).toMatchObject({ kind: 'accepted', repeated: false });
      expect(await stored()).toHaveLength(3);
    },
  );

  test('when every answer is lost, the caller is told that it may have happened, and may give the command again', async () => {
    const { application, stored } = await opened(
      1,
      losing(['lost after commit', 'lost after commit', 'lost after commit']),
    );
    const give = () => application.execute(command('Assign', { assignmentId: assignmentId(1), missionId }, 1));
    expect(await give()).toMatchObject({ kind: 'unknown-outcome' });
    expect(await give()).toMatchObject({ kind: 'accepted', repeated: true });
    expect(await stored()).toHaveLength(3);
  });

  test('when it cannot be reached, that is a value and not an exception', async () => {
    const { application } = await opened(1, (store) => ({
      ...store,
      appendAll: async () => {
        throw new Unavailable('the store does not answer; is it running?');
      },
    }));
    const outcome = await application.execute(command('Assign', { assignmentId: assignmentId(1), missionId }, 1));
    expect(outcome).toEqual({ kind: 'unavailable', message: 'the store does not answer; is it running?' });
  });
});
