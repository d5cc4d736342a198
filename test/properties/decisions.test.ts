import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { type Application, openApplication, readDecoded } from '@probono/application';
import { domain, fold, type Recorded, type StreamName } from '@probono/domain';
import { idOf } from '@probono/testing';
import fc from 'fast-check';
import { commandsOf, trialsOf } from '../support/properties/acts.js';
import { cases, holds } from '../support/properties/cases.js';
import { type ForkedStore, forkOf } from '../support/properties/forked-store.js';
import { type Act, codec, givenAs, type Story, tellStory } from '../support/properties/story.js';

/** Given twice, these are two acts: each moves a figure by so much. */
const differences = new Set(['CorrectHours', 'RecordAdjustment']);
const idsOf = (events: readonly Recorded[]) => events.map(({ eventId }) => eventId);

/** Gives a command, and looks at all that must hold whatever comes of it. */
const tryOut = async (fork: ForkedStore, application: Application, act: Act, given: () => string) => {
  const command = givenAs(act, given());
  if (command === undefined) return 'invalid';
  const before = fork.appended().length;
  const outcome = await application.execute(command);
  if (outcome.kind !== 'accepted') {
    expect(outcome.kind).toBe('refused');
    expect(fork.appended()).toHaveLength(before);
    return 'refused';
  }
  const written = fork.appended().length;
  expect(written - before).toBe(outcome.events.length);
  for (const stream of new Set(outcome.events.map((event) => event.stream as StreamName)))
    await folds(fork, stream, outcome.events);

  const repeated = await application.execute(command);
  expect(repeated).toMatchObject({ kind: 'accepted', repeated: outcome.events.length > 0 });
  if (repeated.kind === 'accepted') expect(idsOf(repeated.events)).toEqual(idsOf(outcome.events));
  expect(fork.appended()).toHaveLength(written);

  if (!differences.has(act.command)) {
    const again = givenAs(act, given());
    const other = again && (await application.execute(again));
    if (other?.kind === 'accepted')
      expect([act.command, other.events.map(({ type }) => type)]).toEqual([act.command, []]);
    expect(fork.appended()).toHaveLength(written);
  }
  return outcome.events.length > 0 ? 'accepted' : 'already so';
};

/** What was decided, put on what was there, is the state that the log gives. */
const folds = async ({ store }: ForkedStore, stream: StreamName, decided: readonly Recorded[]): Promise<void> => {
  const aggregate = domain.aggregates[stream.slice(0, stream.indexOf('-'))];
  if (aggregate === undefined) throw new Error(`no aggregate has the stream ${stream}`);
  const own = decided.filter((event) => event.stream === stream);
  const read: Recorded[] = [];
  for await (const event of readDecoded(store, codec, stream)) read.push(event);
  const before = fold(aggregate, read.slice(0, -own.length));
  expect(isDeepStrictEqual(fold(aggregate, own, before), fold(aggregate, read))).toBe(true);
};

describe('a command, at moments of the stories that every command is told in,', () => {
  let story: Story;
  beforeAll(async () => {
    story = await tellStory();
  });

  test('is accepted at some of them, whichever it is', () => {
    expect(Object.keys(domain.handlers).filter((name) => !story.accepted.has(name))).toEqual([]);
  });

  test.each(Object.keys(domain.aggregates))(
    'of %s is recorded as facts that fold, once only, or refused without a trace',
    async (category) => {
      const names = commandsOf(category);
      const seen = new Map<string, number>();
      const accepted = new Set<string>();
      const count = (outcome: string) => seen.get(outcome) ?? 0;
      const trials = trialsOf(story, category).alone;
      await holds(
        category,
        fc.asyncProperty(trials, async ({ moment, acts }) => {
          const fork = forkOf(story.before(moment));
          const application = openApplication({ store: fork.store, codec, catalogue: domain });
          let given = 0;
          for (const act of acts) {
            const outcome = await tryOut(fork, application, act, () => idOf(9_000_000 + ++given));
            if (!names.includes(act.command)) continue;
            seen.set(outcome, count(outcome) + 1);
            if (outcome === 'accepted') accepted.add(act.command);
          }
        }),
        () => [...seen].map(([outcome, times]) => `${times} ${outcome}`).join(', '),
      );
      if (cases < 1000) return;
      // Else the property would be about nothing.
      expect(names.filter((name) => !accepted.has(name))).toEqual([]);
      expect(count('accepted')).toBeGreaterThan(cases / 4);
      expect(count('refused')).toBeGreaterThan(cases / 20);
    },
  );
});
