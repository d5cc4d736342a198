import { afterAll, beforeAll, expect, test } from '@jest/globals';
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
  kernelRules,
  nothing,
} from '@probono/domain';
import { jsonCodec, memoryEventStore } from '@probono/event-store';
import * as z from 'zod';
import { type HeardSpans, hearSpans } from '../../../test/support/spans.js';
import { openApplication } from './application.js';

const Opened = defineEvent('Opened', z.strictObject({ seats: z.int() }));
const events = { Opened } as const;
const mission: Aggregate<{ seats: number }, FactOf<typeof events>> = {
  category: 'mission',
  events,
  initial: () => ({ seats: 0 }),
  evolve(draft, event) {
    draft.seats = event.data.seats;
  },
};
const Open = defineCommand('Open', ['programme_officer'], z.strictObject({ missionId: z.string(), seats: z.int() }));
const catalogue = catalogueOf(
  [
    {
      aggregate: mission,
      rules: { 'mission.open': { severity: 'refuse', message: { fr: 'Déjà ouverte.', en: 'Open already.' } } },
      handlers: [
        handle(Open, mission, {
          id: ({ missionId }) => missionId,
          context: nothing,
          zone: () => undefined,
          decide(state, { data }, _context, judgement) {
            judgement.require('mission.open', state.seats === 0, {});
            return judgement.accept(() => [Opened.of({ seats: data.seats })]);
          },
        }),
      ],
    },
  ],
  kernelRules,
);
const open = (commandId: string): Command => ({
  name: 'Open',
  data: { missionId: '01890000-0000-7000-8000-000000000001', seats: 2 },
  meta: CommandMeta.parse({
    actor: { id: '01890000-0000-7000-8000-00000000000f', role: 'programme_officer' },
    commandId,
    reason: 'Jeanne Martin asked for it',
  }),
  recordedAt: Instant.parse('2026-03-02T09:00:00Z'),
});

let spans: HeardSpans;
beforeAll(() => {
  spans = hearSpans();
});
afterAll(() => spans.stop());

test('a command is a span with its outcome, over that of its append; a refusal names the rules', async () => {
  const store = memoryEventStore({ now: () => new Date('2026-03-02T09:00:01Z') });
  const seal = async (values: readonly unknown[]) => values.map(() => ({ sealed: true }));
  const cipher = { seal, open: async (values: readonly unknown[]) => values.map(() => ({ erased: true })) };
  const application = openApplication({ store, codec: jsonCodec({ events, cipher }), catalogue });
  await application.execute(open('01890000-0000-7000-8000-0000000002aa'));
  const [append, accepted] = spans.taken();
  expect(accepted).toMatchObject({
    name: 'execute Open',
    attributes: {
      'probono.command': 'Open',
      'probono.outcome': 'accepted',
      'probono.events': ['Opened'],
      'probono.stream_categories': ['mission'],
      'probono.position': 1,
    },
  });
  expect(accepted?.spanContext().traceId).toBe('018900000000700080000000000002aa');
  expect(append).toMatchObject({ name: 'append', attributes: { 'probono.outcome': 'appended', 'probono.events': 1 } });
  expect(append?.parentSpanContext?.spanId).toBe(accepted?.spanContext().spanId);

  await application.execute(open('01890000-0000-7000-8000-0000000002ab'));
  const [refused] = spans.taken();
  expect(refused?.attributes).toMatchObject({ 'probono.outcome': 'refused', 'probono.rules': ['mission.open'] });
  const said = [accepted, append, refused].map((span) => JSON.stringify([span?.attributes, span?.events]));
  expect(said.join()).not.toContain('Jeanne');
});
