import { describe, expect, test } from '@jest/globals';
import {
  type Aggregate,
  CommandMeta,
  catalogueOf,
  defineCommand,
  defineEvent,
  type FactOf,
  handle,
  Instant,
  kernelRules,
  measure,
  type Rule,
} from '@probono/domain';
import { jsonCodec, memoryEventStore } from '@probono/event-store';
import * as z from 'zod';
import { type FigureSource, openApplication } from './index.js';

// A small domain whose one decision asks for a figure.
const Granted = defineEvent('Granted', z.strictObject({ cents: z.int() }));
const grants: Aggregate<{ cents: number }, FactOf<{ Granted: typeof Granted }>> = {
  category: 'partnership',
  events: { Granted },
  initial: () => ({ cents: 0 }),
  evolve(draft, event) {
    draft.cents += event.data.cents;
  },
};
const rules = {
  'grant.too-much': { severity: 'warn', message: { fr: '{cents}', en: '{cents}' } },
} as const satisfies Record<string, Rule>;
const Grant = defineCommand('Grant', ['programme_officer'], z.strictObject({ id: z.string(), year: z.int() }));
const catalogue = catalogueOf(
  [
    {
      aggregate: grants,
      rules,
      handlers: [
        handle(Grant, grants, {
          id: ({ id }) => id,
          context: (_state, { data: { year } }) => measure('given-cents', { year }),
          zone: () => undefined,
          decide(_state, _command, given, judgement) {
            if (given === undefined) judgement.notExamined('grant.too-much');
            else judgement.require('grant.too-much', given.value <= 100, { cents: given.value });
            return judgement.accept(() => [Granted.of({ cents: 1 })]);
          },
        }),
      ],
    },
  ],
  kernelRules,
);

const uuid = (n: number): string => `01890000-0000-7000-8000-0000000000${String(n).padStart(2, '0')}`;
const given = async (source?: FigureSource) => {
  const codec = jsonCodec({ events: catalogue.events });
  const store = memoryEventStore({ now: () => new Date(0) });
  const figures = source === undefined ? {} : { figures: { 'given-cents': source } };
  const application = openApplication({ store, codec, catalogue, ...figures });
  const outcome = await application.execute({
    name: 'Grant',
    data: { id: uuid(1), year: 2027 },
    meta: CommandMeta.parse({ actor: { id: uuid(2), role: 'programme_officer' }, commandId: uuid(3) }),
    recordedAt: Instant.parse('2027-03-02T09:00:00Z'),
  });
  if (outcome.kind !== 'accepted') throw new Error(outcome.kind);
  const stored = [];
  for await (const event of store.readAll()) stored.push(event);
  return { outcome, decoded: await codec.decode(stored), text: new TextDecoder().decode(stored[0]?.body) };
};

describe('a decision that rests on a figure', () => {
  test('records which read model gave it, and how far that had come', async () => {
    const asked: unknown[] = [];
    const { outcome, decoded, text } = await given(async (params) => {
      asked.push(params);
      return { value: 101, projection: 'money', position: 9_007_199_254_740_993n };
    });
    expect(asked).toEqual([{ year: 2027 }]);
    expect(outcome.warnings.map(({ rule }) => rule)).toEqual(['grant.too-much']);
    expect(decoded).toMatchObject([{ basis: [{ projection: 'money', position: 9_007_199_254_740_993n }] }]);
    expect(text).toContain('"basis":[{"position":"9007199254740993","projection":"money"}]');
  });

  test.each([
    ['nobody keeps it', undefined],
    ['its read model cannot tell', async () => undefined],
  ])('is made without it, and says so, when %s', async (_when, source) => {
    const { outcome, decoded } = await given(source);
    expect(outcome.warnings).toEqual([]);
    expect(outcome.examined).toContainEqual(
      expect.objectContaining({ rule: 'grant.too-much', outcome: 'not-examined' }),
    );
    expect(decoded).toMatchObject([{ basis: [] }]);
  });
});
