import { beforeAll, describe, expect, test } from '@jest/globals';
import { openApplication } from '@probono/application';
import { domain } from '@probono/domain';
import { idOf } from '@probono/testing';
import fc from 'fast-check';
import { trialsOf } from '../support/properties/acts.js';
import { cases, holds } from '../support/properties/cases.js';
import { type Delay, forkOf } from '../support/properties/forked-store.js';
import { type Act, codec, givenAs, type Story, tellStory } from '../support/properties/story.js';

/** What a log holds that was not there before, stream by stream: types and data, in their order. */
type Left = Readonly<Record<string, readonly unknown[]>>;

/** The acts in the form of commands, each with an id of its own; what has no form of a command is left out. */
const commandsFrom = (acts: readonly Act[]) =>
  acts.flatMap((act, index) => givenAs(act, idOf(9_000_000 + index)) ?? []);
type Commands = ReturnType<typeof commandsFrom>;

const trial = (story: Story, moment: number, delay?: Delay) => {
  const fork = forkOf(story.before(moment), delay);
  const application = openApplication({ store: fork.store, codec, catalogue: domain });
  const left = (): Left => {
    const streams: Record<string, unknown[]> = {};
    for (const { stream, body } of fork.appended()) {
      const { type, data } = JSON.parse(new TextDecoder().decode(body));
      streams[stream] = [...(streams[stream] ?? []), { type, data }];
    }
    return Object.fromEntries(Object.entries(streams).sort(([one], [other]) => (one < other ? -1 : 1)));
  };
  return { execute: application.execute, left };
};

const inTurn = async (story: Story, moment: number, commands: Commands): Promise<Left> => {
  const { execute, left } = trial(story, moment);
  for (const command of commands) await execute(command);
  return left();
};

describe('two commands given at once, in whatever order the store answers,', () => {
  let story: Story;
  beforeAll(async () => {
    story = await tellStory();
  });

  test.each(Object.keys(domain.aggregates))(
    'one of them of %s, leave what they would have left one after the other',
    async (category) => {
      let [both, behind] = [0, 0];
      await holds(
        `pairs of ${category}`,
        fc.asyncProperty(fc.scheduler(), trialsOf(story, category).pairs, async (scheduler, { moment, acts }) => {
          const commands = commandsFrom(acts);
          const { execute, left } = trial(story, moment, (call) => scheduler.schedule(Promise.resolve(), call));
          const told = await scheduler.waitFor(Promise.all(commands.map((command) => execute(command))));
          for (const { kind } of told) expect(['accepted', 'refused']).toContain(kind);
          const now = left();
          const ahead = await inTurn(story, moment, commands);
          const asAhead = JSON.stringify(now) === JSON.stringify(ahead);
          if (!asAhead) expect(now).toEqual(await inTurn(story, moment, [...commands].reverse()));
          if (told.filter((one) => one.kind === 'accepted' && one.events.length > 0).length > 1) both += 1;
          if (!asAhead) behind += 1;
        }),
        () => `${both} where both were accepted, ${behind} where the second came first`,
      );
      // Else the property would be about nothing.
      if (cases >= 1000) expect([both > cases / 50, behind > 0]).toEqual([true, true]);
    },
  );
});
