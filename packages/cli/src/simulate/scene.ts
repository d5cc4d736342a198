import type { LocalDate, Role } from '@probono/domain';
import { openAgenda } from './agenda.js';
import { type Random, randomOf } from './random.js';

/** What is to come of a command: `accepted`, `repeated` (sent before), or the id of a rule that refuses it on purpose. */
export type Expected = string;

/** One command of the simulation, in the form that `probono execute` takes, and what is to come of it. */
export interface SimulatedCommand {
  readonly command: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly meta: {
    readonly actor: { readonly id: string; readonly role: Role };
    /** ISO 8601 instant. */
    readonly at: string;
    readonly commandId: string;
    readonly effectiveOn?: string;
  };
  readonly expected: Expected;
}

export interface GiveOptions {
  readonly expected?: Expected;
  readonly commandId?: string;
  readonly effectiveOn?: string;
}

/** Where the simulated people act: the clock, chance, what is to come, and the commands they give. */
export interface Scene {
  readonly random: Random;
  /** The present, in milliseconds since 1970. */
  readonly now: number;
  /** A new id, with the present time in it. */
  id(): string;
  /** Puts an act on the agenda; what lies in the past happens at once. */
  later(at: number, act: () => void): void;
  /** Gives a command now; gives its id. A few are sent twice, as they are when an answer was lost. */
  give(command: string, data: SimulatedCommand['data'], actor: string, role: Role, options?: GiveOptions): string;
}

/** A scene and the drain of what is given on it. */
export interface Stage extends Scene {
  /** Plays on until `until`, and yields the commands in order of `at`. */
  play(until: number): Generator<SimulatedCommand, void, undefined>;
}

export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 86_400_000;

/** `HH:MM` of a date in UTC. At noon it is the same date from Hawaii to Nouméa. */
export const utc = (date: LocalDate, time = '12:00'): number => Date.parse(`${date}T${time}:00.000Z`);

const sentTwice = 0.015;

/** Sets the stage; nothing is on the agenda. */
export const openStage = (seed: number): Stage => {
  const random = randomOf(seed);
  const agenda = openAgenda();
  let outbox: SimulatedCommand[] = [];
  let now = 0;
  const later: Scene['later'] = (at, act) => agenda.put(Math.max(at, now), act);
  return {
    random,
    get now() {
      return now;
    },
    id: () => random.uuid(now),
    later,
    give(command, data, id, role, { expected = 'accepted', commandId = random.uuid(now), ...more } = {}) {
      const meta = { actor: { id, role }, at: new Date(now).toISOString(), commandId, ...more };
      const given = { command, data, meta, expected };
      outbox.push(given);
      if (expected === 'accepted' && random.chance(sentTwice))
        later(now + (1 + random.below(90)) * MINUTE, () => {
          const at = new Date(now).toISOString();
          outbox.push({ ...given, meta: { ...meta, at }, expected: 'repeated' });
        });
      return commandId;
    },
    *play(until) {
      for (let next = agenda.take(until); next !== undefined; next = agenda.take(until)) {
        now = next.at;
        next.act(now);
        const given = outbox;
        outbox = [];
        yield* given;
      }
    },
  };
};
