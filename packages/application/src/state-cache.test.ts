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
import { type EventStore, jsonCodec, memoryEventStore } from '@probono/event-store';
import * as z from 'zod';
import { openApplication } from './application.js';
import { stateCache } from './state-cache.js';

// A small domain: a door that is open or shut, and visits that need it open and may leave their name on it.
const Turned = defineEvent('Turned', z.strictObject({ open: z.boolean() }));
const Named = defineEvent('Named', z.strictObject({ visit: z.string() }));
const Entered = defineEvent('Entered', z.strictObject({ doorId: z.string() }));
const doorEvents = { Turned, Named } as const;
const visitEvents = { Entered } as const;

const door: Aggregate<{ open: boolean; names: string[] }, FactOf<typeof doorEvents>> = {
  category: 'mission',
  events: doorEvents,
  initial: () => ({ open: false, names: [] }),
  evolve(draft, event) {
    if (event.type === 'Turned') draft.open = event.data.open;
    else draft.names.push(event.data.visit);
  },
};
const visit: Aggregate<{ entered: boolean }, FactOf<typeof visitEvents>> = {
  category: 'assignment',
  events: visitEvents,
  initial: () => ({ entered: false }),
  evolve(draft) {
    draft.entered = true;
  },
};
const rules = {
  'door.shut': { severity: 'refuse', message: { fr: 'La porte est fermée.', en: 'The door is shut.' } },
} as const satisfies Record<string, Rule>;
const Turn = defineCommand('Turn', ['programme_officer'], z.strictObject({ doorId: z.string(), open: z.boolean() }));
const visiting = z.strictObject({ visitId: z.string(), doorId: z.string(), sign: z.boolean() });
const Enter = defineCommand('Enter', ['programme_officer'], visiting);

const catalogue = catalogueOf(
  [
    {
      aggregate: door,
      rules,
      handlers: [
        handle(Turn, door, {
          id: ({ doorId }) => doorId,
          context: nothing,
          zone: () => undefined,
          decide: ({ open }, { data }) => (open === data.open ? [] : [Turned.of({ open: data.open })]),
        }),
      ],
    },
    {
      aggregate: visit,
      rules: {},
      handlers: [
        handle(Enter, visit, {
          id: ({ visitId }) => visitId,
          context: (_state, { data }) => read(door, data.doorId),
          zone: () => undefined,
          decide(state, { data: { doorId, visitId, sign } }, { open }, judgement) {
            if (state.entered) return [];
            judgement.require('door.shut', open);
            const name = into(streamName('mission', doorId), Named.of({ visit: visitId }));
            return judgement.accept(() => [Entered.of({ doorId }), ...(sign ? [name] : [])]);
          },
        }),
      ],
    },
  ],
  kernelRules,
);

const doorId = '01890000-0000-7000-8000-000000000001';
const visitId = (n: number): string => `01890000-0000-7000-8000-0000000001${String(n).padStart(2, '0')}`;
const actor = { id: '01890000-0000-7000-8000-00000000000f', role: 'programme_officer' };
const command = (name: string, data: unknown, n: number): Command => ({
  name,
  data,
  meta: CommandMeta.parse({ actor, commandId: `01890000-0000-7000-8000-0000000002${String(n).padStart(2, '0')}` }),
  recordedAt: Instant.parse('2026-03-02T09:00:00Z'),
});
const turn = (open: boolean, n: number) => command('Turn', { doorId, open }, n);
const enter = (n: number, sign = false) => command('Enter', { visitId: visitId(n), doorId, sign }, 50 + n);

/** One store, written by an application that remembers and by another process, which does not. */
const twoProcesses = (change: (store: EventStore) => EventStore = (store) => store) => {
  const codec = jsonCodec({ events: catalogue.events });
  const store = memoryEventStore({ now: () => new Date('2026-03-02T09:00:01Z') });
  const reads: string[] = [];
  const counted = change({
    ...store,
    readStream(stream, options) {
      reads.push(stream);
      return store.readStream(stream, options);
    },
  });
  return {
    here: openApplication({ store: counted, codec, catalogue, stateCache: 10 }),
    elsewhere: openApplication({ store, codec, catalogue }),
    /** How often the door has been read since this was asked last. */
    doorReads: () => reads.splice(0).filter((stream) => stream === `mission-${doorId}`).length,
    async types() {
      const all: string[] = [];
      for await (const { type } of store.readAll()) all.push(type);
      return all;
    },
  };
};

describe('an application that remembers states', () => {
  test('reads a stream once for decisions that only look at it', async () => {
    const { here, elsewhere, doorReads } = twoProcesses();
    await elsewhere.execute(turn(true, 1));
    for (const n of [1, 2, 3]) expect(await here.execute(enter(n))).toMatchObject({ kind: 'accepted' });
    expect(doorReads()).toBe(1);
  });

  test('records the revision it decided on', async () => {
    const { here } = twoProcesses();
    await here.execute(turn(true, 1));
    await here.execute(enter(1));
    const outcome = await here.execute(enter(2));
    expect(outcome).toMatchObject({ events: [{ basis: [{ stream: `mission-${doorId}`, revision: 0n }] }] });
  });

  test('does not accept on what another process has changed since', async () => {
    const { here, elsewhere, types } = twoProcesses();
    await elsewhere.execute(turn(true, 1));
    await here.execute(enter(1));
    await elsewhere.execute(turn(false, 2));
    expect(await here.execute(enter(2))).toMatchObject({ kind: 'refused', refusals: [{ rule: 'door.shut' }] });
    expect(await types()).toEqual(['Turned', 'Entered', 'Turned']);
  });

  test('does not refuse on what another process has changed since', async () => {
    const { here, elsewhere } = twoProcesses();
    await elsewhere.execute(turn(true, 1));
    await here.execute(enter(1));
    await elsewhere.execute(turn(false, 2));
    await here.execute(enter(2));
    await elsewhere.execute(turn(true, 3));
    expect(await here.execute(enter(3))).toMatchObject({ kind: 'accepted', repeated: false });
  });

  test('sees what it wrote itself', async () => {
    const { here } = twoProcesses();
    await here.execute(turn(true, 1));
    await here.execute(enter(1));
    await here.execute(turn(false, 2));
    expect(await here.execute(enter(2))).toMatchObject({ kind: 'refused' });
  });

  test('answers a command that another process carried out with the events of then', async () => {
    const { here, elsewhere, types } = twoProcesses();
    await elsewhere.execute(turn(true, 1));
    await here.execute(enter(1));
    const first = await elsewhere.execute(enter(2, true));
    const again = await here.execute(enter(2, true));
    expect(again).toMatchObject({ kind: 'accepted', repeated: true });
    const ids = (outcome: typeof first) => outcome.kind === 'accepted' && outcome.events.map(({ eventId }) => eventId);
    expect(ids(again)).toEqual(ids(first));
    expect(await types()).toEqual(['Turned', 'Entered', 'Entered', 'Named']);
  });

  test('finds the id of a command in a stream that it only looks at', async () => {
    const { here } = twoProcesses();
    await here.execute(turn(true, 51));
    await here.execute(enter(2));
    // Command 51 turned the door; now it is to be a visit.
    expect(await here.execute(enter(1))).toMatchObject({
      kind: 'refused',
      refusals: [{ rule: 'command.id-reused' }],
    });
  });

  test('finds a reused id whose first command was given elsewhere in the meantime', async () => {
    const { here, elsewhere, types } = twoProcesses();
    await elsewhere.execute(turn(true, 1));
    await here.execute(enter(1));
    await elsewhere.execute(enter(2, true));
    const other = { ...enter(3, true), meta: enter(2).meta };
    expect(await here.execute(other)).toMatchObject({ kind: 'refused', refusals: [{ rule: 'command.id-reused' }] });
    expect(await types()).toEqual(['Turned', 'Entered', 'Entered', 'Named']);
  });

  test('writes to a stream it remembers at the revision that it has now', async () => {
    const { here, elsewhere, types } = twoProcesses();
    await elsewhere.execute(turn(true, 1));
    await here.execute(enter(1));
    await elsewhere.execute(enter(2, true));
    expect(await here.execute(enter(3, true))).toMatchObject({ kind: 'accepted', repeated: false });
    expect(await types()).toEqual(['Turned', 'Entered', 'Entered', 'Named', 'Entered', 'Named']);
  });

  test('explains by what the store says now', async () => {
    const { here, elsewhere } = twoProcesses();
    await elsewhere.execute(turn(true, 1));
    await here.execute(enter(1));
    await elsewhere.execute(turn(false, 2));
    expect(await here.explain(enter(2))).toMatchObject({ accepted: false });
  });

  test('remembers nothing where the store cannot check what was read', async () => {
    const { here, elsewhere, doorReads } = twoProcesses((store) => ({
      ...store,
      capabilities: { ...store.capabilities, checks: false },
    }));
    await elsewhere.execute(turn(true, 1));
    for (const n of [1, 2]) await here.execute(enter(n));
    expect(doorReads()).toBe(2);
  });
});

describe('the cache of states', () => {
  const remembered = (n: number, commands = 1) => ({
    stream: streamName('mission', String(n)),
    revision: 0n,
    state: {},
    commandIds: new Set(Array.from({ length: commands }, (_, i) => `${n}-${i}`)),
  });

  test('drops the one not used for longest', () => {
    const cache = stateCache(2);
    cache.remember(remembered(1));
    cache.remember(remembered(2));
    cache.recall('mission-1');
    cache.remember(remembered(3));
    expect([1, 2, 3].map((n) => cache.recall(`mission-${n}`) !== undefined)).toEqual([true, false, true]);
    expect(cache.size).toBe(2);
  });

  test('does not hold a stream that many commands wrote', () => {
    const cache = stateCache(2);
    cache.remember(remembered(1));
    cache.remember(remembered(1, 1001));
    expect(cache.recall('mission-1')).toBeUndefined();
  });
});
