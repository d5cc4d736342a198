import { domain } from '@probono/domain';
import { commandData, type Steering } from '@probono/testing';
import fc, { type Arbitrary } from 'fast-check';
import type { ExampleLine } from '../example-files.js';
import type { Story } from './story.js';

/** A command that is tried at some moment of the story. */
export interface Act {
  readonly command: string;
  readonly at: string;
  readonly data: unknown;
  readonly meta: { readonly actor: { readonly id: string; readonly role: string }; readonly [key: string]: unknown };
}

/** A moment of the story, and what is tried there. */
export interface Trial {
  /** The line before which it is. */
  readonly moment: number;
  readonly acts: readonly Act[];
}

const pick = <T>(values: readonly T[]): Arbitrary<T> => fc.constantFrom(...values);

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

const meta = ({ meta: { actor, effectiveOn, justification } }: ExampleLine): Act['meta'] => ({
  actor,
  ...(effectiveOn === undefined ? {} : { effectiveOn }),
  ...(justification === undefined ? {} : { justification }),
});

/** What may be tried at a moment: the story's own next lines, the same with fields changed, and any command at all. */
export const trials = (story: Story): Arbitrary<Trial> => {
  const { lines } = story;
  const steered = steering(story);
  const names = Object.keys(domain.handlers);
  const generated = new Map(names.map((name) => [name, commandData(domain, name, steered)]));
  const dataOf = (name: string): Arbitrary<unknown> => generated.get(name) ?? fc.constant({});
  const people = story.ids.get('personId') ?? [];

  const next = (moment: number): Arbitrary<ExampleLine> =>
    fc.nat({ max: Math.min(7, lines.length - 1 - moment) }).map((ahead) => lines[moment + ahead] as ExampleLine); // within the lines
  const told = (moment: number): Arbitrary<Act> =>
    next(moment).map((line) => ({ command: line.command, at: line.at, data: line.data, meta: meta(line) }));
  const changed = (moment: number): Arbitrary<Act> =>
    told(moment).chain((act) =>
      fc.tuple(dataOf(act.command), fc.nat()).map(([other, which]) => {
        const fields = Object.entries(other as object); // the data of a command are an object
        const field = fields[which % Math.max(1, fields.length)];
        return { ...act, data: { ...(act.data as object), ...(field === undefined ? {} : { [field[0]]: field[1] }) } };
      }),
    );
  const any = (moment: number, command: string): Arbitrary<Act> => {
    const roles = domain.handlers[command]?.spec.roles ?? [];
    return fc
      .record({ data: dataOf(command), role: pick(roles), person: pick(people), line: next(moment) })
      .map(({ data, role, person, line }) => {
        const own = lines.find((other) => other.meta.actor.role === role)?.meta.actor.id;
        // A system writes no free text, and so justifies nothing.
        const meta =
          role === 'system'
            ? { actor: { id: 'system:clerk', role } }
            : { actor: { id: own ?? person, role }, justification: 'essai' };
        return { command, at: line.at, data, meta };
      });
  };
  const near = (moment: number): Arbitrary<Act> =>
    fc.oneof(
      told(moment),
      changed(moment),
      pick(names).chain((name) => any(moment, name)),
    );
  /** Moments at which the story gives this command, or any where it never does. */
  const momentsOf = (command: string): Arbitrary<number> => {
    const own = lines.flatMap((line, index) => (line.command === command ? [index] : []));
    return own.length > 0 ? pick(own) : fc.nat({ max: lines.length - 1 });
  };

  // By command first, so that each is tried as often as any other.
  return pick(names).chain((command) =>
    momentsOf(command).chain((moment) => {
      const line = lines[moment] as ExampleLine; // within the lines
      const itself: Act = { command: line.command, at: line.at, data: line.data, meta: meta(line) };
      return fc.record({
        moment: fc.constant(moment),
        acts: fc
          .tuple(
            fc.array(near(moment), { maxLength: 2 }),
            line.command === command ? fc.oneof(fc.constant(itself), changed(moment)) : any(moment, command),
            fc.array(near(moment), { maxLength: 2 }),
          )
          .map(([before, act, after]) => [...before, act, ...after]),
      });
    }),
  );
};
