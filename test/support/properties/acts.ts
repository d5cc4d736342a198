import { domain, Role } from '@probono/domain';
import { commandData, type Steering } from '@probono/testing';
import fc, { type Arbitrary } from 'fast-check';
import type { Act, Story } from './story.js';

/** A moment of the story, and what is tried there. */
export interface Trial {
  /** The line before which it is. */
  readonly moment: number;
  readonly acts: readonly Act[];
}

const pick = <T>(values: readonly T[]): Arbitrary<T> => fc.constantFrom(...values);

/** Rather the early ones: what the log holds by then is read for every case. */
const early = <T>(values: readonly T[]): Arbitrary<T> =>
  fc.tuple(fc.nat(values.length - 1), fc.nat(values.length - 1)).map(([a, b]) => values[Math.min(a, b)] as T); // within the values

/** Fields take the ids that the story has for fields of their name, so that commands meet on the same things. */
const steering = ({ ids }: Story): Steering => ({
  at: (path) => {
    const name = path.findLast((step) => step !== '*') ?? '';
    const own = ids.get(name);
    return own === undefined
      ? undefined
      : fc.oneof({ weight: 9, arbitrary: pick(own) }, { weight: 1, arbitrary: fc.uuid({ version: 7 }) });
  },
});

/** The names of the commands that are decided on an aggregate. */
export const commandsOf = (category: string): readonly string[] =>
  Object.values(domain.handlers)
    .filter(({ aggregate }) => aggregate.category === category)
    .map(({ spec }) => spec.name);

/** What may be tried with the decider of an aggregate: its commands, each as often as any other, at moments of the story. */
export interface Trials {
  /** A command of the aggregate where the story gives it, as it stands there or otherwise; at times after another. */
  readonly alone: Arbitrary<Trial>;
  /** Such a command and a second one, at the same moment. */
  readonly pairs: Arbitrary<Trial & { readonly acts: readonly [Act, Act] }>;
}

export const trialsOf = (story: Story, category: string): Trials => {
  const { lines } = story;
  const steered = steering(story);
  const names = commandsOf(category);
  const generated = new Map<string, Arbitrary<unknown>>();
  const dataOf = (name: string): Arbitrary<unknown> => {
    const known = generated.get(name) ?? commandData(domain, name, steered);
    generated.set(name, known);
    return known;
  };
  const people = story.ids.get('personId') ?? [];

  const lineAt = (index: number): Act => lines[Math.max(0, Math.min(lines.length - 1, index))] as Act; // within the lines
  /** What the story tells around a moment: of the past, it happened already. */
  const around = (moment: number): Arbitrary<Act> => fc.integer({ min: -4, max: 8 }).map((off) => lineAt(moment + off));
  /** One field of it is another; at times it is another's to give. */
  const changed = (act: Act): Arbitrary<Act> =>
    fc
      .record({ other: dataOf(act.command), which: fc.nat(), role: fc.option(pick(Role.options), { freq: 8 }) })
      .map(({ other, which, role }) => {
        const fields = Object.entries(other as object); // the data of a command are an object
        const field = fields[which % Math.max(1, fields.length)];
        const { actor, ...rest } = act.meta;
        const kept = role === null || role === 'system' ? act.meta : { ...rest, actor: { ...actor, role } };
        const data = { ...(act.data as object), ...(field === undefined ? {} : { [field[0]]: field[1] }) };
        return { ...act, data, meta: kept };
      });
  const any = (moment: number, command: string): Arbitrary<Act> => {
    const roles = domain.handlers[command]?.spec.roles ?? [];
    return fc
      .record({ data: dataOf(command), role: pick(roles), person: pick(people) })
      .map(({ data, role, person }) => {
        const own = lines.find((other) => other.meta.actor.role === role)?.meta.actor.id;
        // A system writes no free text, and so justifies nothing.
        const meta =
          role === 'system'
            ? { actor: { id: 'system:clerk', role } }
            : { actor: { id: own ?? person, role }, justification: 'essai' };
        return { command, at: lineAt(moment).at, data, meta };
      });
  };
  const near = (moment: number): Arbitrary<Act> =>
    around(moment).chain((act) =>
      fc.oneof({ weight: 3, arbitrary: fc.constant(act) }, { weight: 1, arbitrary: changed(act) }),
    );
  /** The next commands of the aggregate, that one included. */
  const ownFrom = (moment: number): readonly Act[] => {
    const own = lines.slice(moment, moment + 60).filter(({ command }) => names.includes(command));
    return own.slice(0, 5);
  };
  /** A command where the story gives it: as it stands there, changed, or with other data altogether. */
  const aimed = pick(names).chain((command) =>
    early(story.accepted.get(command) ?? []).chain((moment) => {
      const line = lineAt(moment);
      const act = fc.oneof(
        { weight: 4, arbitrary: fc.constant(line) },
        { weight: 5, arbitrary: changed(line) },
        { weight: 1, arbitrary: any(moment, command) },
      );
      return fc.record({ moment: fc.constant(moment), act });
    }),
  );

  return {
    alone: aimed.chain(({ moment, act }) =>
      fc.array(near(moment), { maxLength: 1 }).map((before) => ({ moment, acts: [...before, act] })),
    ),
    pairs: aimed.chain(({ moment, act }) =>
      fc
        .oneof(changed(act), near(moment), pick(ownFrom(moment)))
        .map((second) => ({ moment, acts: [act, second] as const })),
    ),
  };
};
