import fc, { type Arbitrary } from 'fast-check';
import type * as z from 'zod';
import { numberArbitrary } from './arbitrary-number.js';
import { stringArbitrary } from './arbitrary-text.js';
import { checksOf, lengthsOf } from './checks.js';

/** How generated values are steered, so that commands meet on the same things. */
export interface Steering {
  /**
   * What to take for the text, number or choice at `path` (array elements are `*`), or nothing to go by its schema.
   * What does not parse by the schema is left out: something of it must.
   */
  readonly at?: (path: readonly string[]) => Arbitrary<unknown> | undefined;
  /** Elements of a generated array at most, where the schema allows more; 4 unless told. */
  readonly maxItems?: number;
}

type Schema = z.core.$ZodType;

/**
 * Values that a zod schema takes: it walks the schema and generates what fits, and filters only by refinements. Texts
 * are NFC without control characters, so that they also pass a command's bounds.
 *
 * @throws {TypeError} for a kind of schema that it does not know, with its path
 * @example fc.assert(fc.property(arbitraryOf(z.strictObject({ minutes: z.int().min(0).max(60) })), ({ minutes }) => minutes <= 60));
 */
export const arbitraryOf = <S extends z.ZodType>(schema: S, steering: Steering = {}): Arbitrary<z.input<S>> =>
  walk(schema, [], steering) as Arbitrary<z.input<S>>; // the walk follows the schema

const leaves = new Set<string>(['string', 'number', 'boolean', 'literal', 'enum']);

const walk = (schema: Schema, path: readonly string[], steering: Steering): Arbitrary<unknown> => {
  const fits = (value: unknown): boolean => (schema as z.ZodType).safeParse(value).success; // classic schemas only
  const steered = leaves.has(schema._zod.def.type) ? steering.at?.(path) : undefined;
  if (steered !== undefined) return steered.filter(fits);
  const refined = checksOf(schema._zod.def).some(({ check }) => check === 'custom');
  const made = make(schema, path, steering, fits);
  return refined ? made.filter(fits) : made;
};

const make = (
  schema: Schema,
  path: readonly string[],
  steering: Steering,
  fits: (value: unknown) => boolean,
): Arbitrary<unknown> => {
  const inner = (other: Schema, ...steps: readonly string[]) => walk(other, [...path, ...steps], steering);
  const def = (schema as z.core.$ZodTypes)._zod.def; // the union of zod's own schema kinds
  switch (def.type) {
    case 'string':
      return stringArbitrary(def, fits);
    case 'number':
      return numberArbitrary(def);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'literal':
      return fc.constantFrom(...def.values);
    case 'enum':
      return fc.constantFrom(...Object.values(def.entries));
    case 'union':
      return fc.oneof(...def.options.map((option) => inner(option)));
    case 'nullable':
      return fc.option(inner(def.innerType));
    case 'optional':
      return fc.option(inner(def.innerType), { nil: undefined });
    case 'default':
    case 'readonly':
      return inner(def.innerType);
    case 'pipe':
      return inner(def.in).filter(fits);
    case 'tuple':
      return fc.tuple(...def.items.map((item) => inner(item, '*')));
    case 'array':
      return items(inner(def.element, '*'), lengthsOf(def, steering.maxItems ?? 4));
    case 'record':
      return fc
        .dictionary(inner(def.keyType).filter(isName).map(String), inner(def.valueType, '*'), { maxKeys: 4 })
        .map((fields) => ({ ...fields }));
    case 'object':
      return record(def.shape, inner);
    default:
      throw new TypeError(`${path.join('.') || 'the schema'}: no values can be generated for zod's ${def.type}`);
  }
};

/** Names that commands may not have (see `checkBounds`). */
const isName = (name: unknown): boolean => name !== '__proto__' && name !== 'constructor';

const record = (
  shape: Readonly<Record<string, Schema>>,
  inner: (other: Schema, step: string) => Arbitrary<unknown>,
): Arbitrary<unknown> => {
  const entries = Object.entries(shape);
  const mayMiss = ({ _zod }: Schema) => _zod.def.type === 'optional' || _zod.def.type === 'default';
  // Whether an optional field is there is the record's choice: what stands in it is the inner schema's.
  const present = (schema: Schema): Schema => {
    const { def } = (schema as z.core.$ZodTypes)._zod; // the union of zod's own schema kinds
    return def.type === 'optional' ? present(def.innerType) : schema;
  };
  return fc.record(Object.fromEntries(entries.map(([name, schema]) => [name, inner(present(schema), name)])), {
    requiredKeys: entries.filter(([, schema]) => !mayMiss(schema)).map(([name]) => name),
    noNullPrototype: true,
  });
};

const items = (element: Arbitrary<unknown>, { min, max }: ReturnType<typeof lengthsOf>): Arbitrary<unknown> =>
  fc.array(element, { minLength: min, maxLength: max });
