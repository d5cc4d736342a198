import type { ProBono } from 'probono';
import type { Given, Plan } from './plan.js';

/** What a writer was told of a command. */
export type Answer = { readonly kind: 'accepted'; readonly eventIds: readonly string[] } | { readonly kind: 'refused' };

/** All answers, by command id. A command that was given twice has two. */
export type Answers = ReadonlyMap<string, readonly Answer[]>;

const retryMs = 100;
const patienceMs = 120_000;

/** Gives a command until it gets an answer that holds. */
const give = async (proBono: ProBono, { command }: Given): Promise<Answer> => {
  const { at, ...meta } = command.meta;
  const parsed = proBono.parse({ command: command.command, data: command.data, meta }, { at: new Date(at) });
  if (!parsed.ok) throw new Error(`${command.command} is malformed: ${parsed.invalid[0]?.path}`);
  for (const deadline = performance.now() + patienceMs; ; ) {
    const outcome = await proBono.application.execute(parsed.command);
    if (outcome.kind === 'accepted')
      return { kind: 'accepted', eventIds: outcome.events.map(({ eventId }) => eventId) };
    if (outcome.kind === 'refused') return { kind: 'refused' };
    if (performance.now() > deadline) throw new Error(`${command.command} got no answer that holds: ${outcome.kind}`);
    await new Promise((resolve) => setTimeout(resolve, retryMs));
  }
};

/**
 * Gives the load, by several writers at once: commands of one world one after the other, worlds beside each other.
 * `before` is called before each command, with its place in the load.
 */
export const giveLoad = async (
  { load }: Plan,
  writers: readonly [ProBono, ...ProBono[]],
  before: (place: number, at: number) => Promise<void>,
): Promise<Answers> => {
  const answers = new Map<string, Answer[]>();
  const last = new Map<number, Promise<void>>();
  const failures: unknown[] = [];
  const one = async (given: Given): Promise<void> => {
    const { commandId } = given.command.meta;
    const givers = given.twice ? [given.world, given.world + 1] : [given.world];
    const told = await Promise.all(givers.map((giver) => give(writers[giver % writers.length] ?? writers[0], given)));
    answers.set(commandId, [...(answers.get(commandId) ?? []), ...told]);
  };
  for (const [place, given] of load.entries()) {
    await last.get(given.world);
    if (failures.length > 0) throw failures[0];
    await before(place, Date.parse(given.command.meta.at));
    last.set(
      given.world,
      one(given).catch((error: unknown) => void failures.push(error)),
    );
  }
  await Promise.all(last.values());
  if (failures.length > 0) throw failures[0];
  return answers;
};
