import { type SimulatedCommand, simulation } from '@probono/cli';
import { type Dice, diceOf } from './dice.js';
import type { Poison } from './witness.js';

/** Everything that is done to the system on purpose. */
export const faultKinds = [
  'worker-killed',
  'worker-killed-after-mail',
  'worker-stalled',
  'redis-flushed',
  'redis-restarted',
  'redis-killed',
  'postgres-restarted',
  'postgres-killed',
  'cut-before-commit',
  'cut-after-commit',
  'connections-cut',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** One fault: when, and upon whom. */
export interface Fault {
  readonly kind: FaultKind;
  /** It comes before this command of the load is given, */
  readonly before: number;
  /** and not before this moment of the domain's time. */
  readonly at: number;
  /** Whose connections are cut. */
  readonly side: 'writers' | 'workers';
  /** Which worker is hit. */
  readonly worker: number;
  /** How long a server stays away, in milliseconds. */
  readonly awayMs: number;
}

/** A command of the load. */
export interface Given {
  readonly command: SimulatedCommand;
  /** Worlds know nothing of each other; within one, a command follows on those before it. */
  readonly world: number;
  /** Given by another writer at the same moment too. */
  readonly twice: boolean;
}

/** What will be done in one round; the same for the same seed and number. */
export interface Plan {
  readonly load: readonly Given[];
  readonly faults: readonly Fault[];
  readonly poison: Poison | undefined;
  /** What becomes of a mail whose sending was cut short. */
  readonly onUnknownMail: 'resend' | 'park';
  readonly dice: Dice;
}

export const worldCount = 3;
export const workerCount = 2;
const faultsARound = 7;

/** A command whose event a projection surely wants. */
const baits: readonly [readonly [string, string], ...(readonly [string, string])[]] = [
  ['conventions', 'SubmitConvention'],
  ['missions', 'PublishMission'],
  ['assignments', 'AssignAgent'],
  ['hours', 'DeclareHours'],
  ['sessions', 'PlanSessionSeries'],
  ['deadlines', 'AccreditHost'],
  ['clerk', 'AssignAgent'],
  ['reminder_plan', 'PlanSessionSeries'],
  ['witness', 'DeclareHours'],
];

/** Which faults more often than others: those that come more often, and those that are hardest to withstand. */
const drawn: readonly [FaultKind, ...FaultKind[]] = [
  'worker-killed',
  'worker-killed',
  'cut-before-commit',
  'cut-after-commit',
  'cut-after-commit',
  ...faultKinds,
];

const loadOf = (seed: number, round: number): readonly Given[] => {
  const dice = diceOf(seed, round, 'load');
  const worlds = Array.from({ length: worldCount }, (_, world) =>
    [...simulation({ agents: 2, months: 1, seed: dice.below(2 ** 31) })].map((command) => ({
      command,
      world,
      twice: dice.chance(0.06),
    })),
  );
  // By time; the sort is stable, so each world keeps its own order.
  return worlds.flat().sort((a, b) => Date.parse(a.command.meta.at) - Date.parse(b.command.meta.at));
};

/** Half of the faults come among the commands, half in the days between them, when reminders are sent. */
const momentOf = (dice: Dice, load: readonly Given[]): Pick<Fault, 'before' | 'at'> => {
  if (dice.chance(0.5)) return { before: dice.below(load.length), at: 0 };
  const [from = 0, to = 0] = [load[0], load.at(-1)].map((given) => Date.parse(given?.command.meta.at ?? ''));
  const at = from + dice.below(to - from);
  return { before: load.findIndex(({ command }) => Date.parse(command.meta.at) > at), at };
};

/** True once a fault's moment has come, when this command is about to be given. */
export const isDue = ({ before, at }: Fault, place: number, now: number): boolean =>
  place > before || (place === before && now >= at);

const poisonOf = (dice: Dice, load: readonly Given[]): Poison | undefined => {
  if (!dice.chance(0.5)) return undefined;
  const [projection, name] = dice.pick(baits);
  const baited = load.filter(({ command }) => command.command === name && command.expected === 'accepted');
  const taken = baited[dice.below(Math.max(1, baited.length))];
  return taken === undefined ? undefined : { projection, commandId: taken.command.meta.commandId };
};

/** Plans a round. */
export const planOf = (seed: number, round: number): Plan => {
  const load = loadOf(seed, round);
  const dice = diceOf(seed, round, 'faults');
  const faults = Array.from({ length: faultsARound }, (): Fault => {
    return {
      kind: dice.pick(drawn),
      ...momentOf(dice, load),
      side: dice.pick(['writers', 'workers']),
      worker: dice.below(workerCount),
      awayMs: 200 + dice.below(1000),
    };
  });
  return {
    load,
    faults: faults.toSorted((a, b) => a.before - b.before || a.at - b.at),
    poison: poisonOf(diceOf(seed, round, 'poison'), load),
    onUnknownMail: diceOf(seed, round, 'mail').pick(['resend', 'park']),
    dice: diceOf(seed, round, 'rest'),
  };
};
