import * as z from 'zod';

/** What a personal field reads as once the key of the person it speaks of was destroyed. */
export interface Erased {
  readonly erased: true;
}

/** A personal value, or the marker that stands where it was. */
export type Personal<T> = T | Erased;

/** True when the value's key was destroyed. */
export const isErased = (value: unknown): value is Erased =>
  typeof value === 'object' && value !== null && 'erased' in value && value.erased === true;

/**
 * Whose key encrypts a personal field: a field of the event's data that holds the person's id,
 * `@stream` for the id in the stream's name, or `@actor` for the one who acts.
 */
export type Subject = string;

const registry = z.registry<{ subject: Subject }>();

/**
 * Marks a field of an event as personal: it is encrypted under its subject's key before it reaches the log,
 * and reads as {@link Erased} once that key is destroyed.
 *
 * @example personal(z.string().max(200), '@stream')
 */
export const personal = <S extends z.ZodType>(
  schema: S,
  subject: Subject,
): z.ZodType<Personal<z.output<S>>, z.input<S>> => {
  // A schema of its own, so that marking it does not mark others that share it.
  const own = schema.clone();
  registry.add(own, { subject });
  // The schema checks what is written; what is read may also be the marker.
  return own as z.ZodType<Personal<z.output<S>>, z.input<S>>;
};

/** Where a personal field lies in an event's data (`*` stands for every element of an array) and whose it is. */
export interface PersonalField {
  readonly path: readonly string[];
  readonly subject: Subject;
}

/** Every personal field that a schema declares. */
export const personalFields = (schema: z.core.$ZodType, path: readonly string[] = []): readonly PersonalField[] => {
  const mark = registry.get(schema as z.ZodType); // the registry only compares identity
  if (mark) return [{ path, subject: mark.subject }];
  const def = (schema as z.core.$ZodTypes)._zod.def; // the union of zod's own schema kinds
  switch (def.type) {
    case 'object':
      return Object.entries(def.shape).flatMap(([key, inner]) => personalFields(inner, [...path, key]));
    case 'array':
      return personalFields(def.element, [...path, '*']);
    case 'union':
      return def.options.flatMap((option) => personalFields(option, path));
    case 'optional':
    case 'nullable':
    case 'default':
    case 'readonly':
      return personalFields(def.innerType, path);
    case 'record':
      return unreachable(def.type, personalFields(def.valueType, path));
    case 'tuple':
      return unreachable(
        def.type,
        def.items.flatMap((item) => personalFields(item, path)),
      );
    case 'intersection':
      return unreachable(
        def.type,
        [def.left, def.right].flatMap((side) => personalFields(side, path)),
      );
    case 'pipe':
      return unreachable(
        def.type,
        [def.in, def.out].flatMap((side) => personalFields(side, path)),
      );
    default:
      return [];
  }
};

/** A personal field where no path leads to would be stored in clear: it must not be declared at all. */
const unreachable = (where: string, found: readonly PersonalField[]): readonly PersonalField[] => {
  if (found.length > 0) throw new TypeError(`a personal field inside a ${where} cannot be encrypted by its path`);
  return found;
};
