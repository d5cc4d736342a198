import canonicalize from 'canonicalize';

const loneSurrogate = /[\ud800-\udfff]/u;

interface Visit {
  readonly value: unknown;
  readonly path: string;
  readonly depth: number;
}

/** Deeper than any event; what goes in a circle ends here. */
const maxDepth = 64;

/**
 * Asserts that JSON can hold the value and give it back the same: plain objects and arrays, well-formed text, safe
 * integers, no `undefined`, no −0. Canonicalising would drop or bend the rest in silence.
 *
 * @throws {TypeError} that names the place.
 */
export const assertPlainJson = (value: unknown, root: string): void => {
  const waiting: Visit[] = [{ value, path: root, depth: 0 }];
  for (let visit = waiting.pop(); visit !== undefined; visit = waiting.pop()) {
    const wrong = problemOf(visit);
    if (wrong !== undefined) throw new TypeError(`${visit.path} ${wrong}`);
    if (typeof visit.value !== 'object' || visit.value === null) continue;
    for (const [key, item] of Object.entries(visit.value)) {
      const path = `${visit.path}.${key}`;
      if (loneSurrogate.test(key)) throw new TypeError(`${path} has a name that is not well-formed Unicode`);
      waiting.push({ value: item, path, depth: visit.depth + 1 });
    }
  }
};

const problemOf = ({ value, depth }: Visit): string | undefined => {
  switch (typeof value) {
    case 'boolean':
      return undefined;
    case 'string':
      return loneSurrogate.test(value) ? 'is not well-formed Unicode' : undefined;
    case 'number':
      return numberProblem(value);
    case 'undefined':
      return 'is undefined: leave it out';
    case 'object':
      if (value === null) return undefined;
      if (depth > maxDepth) return `is nested more than ${maxDepth} levels deep`;
      return isPlain(value) ? undefined : 'is not a plain object or array';
    default:
      return `is a ${typeof value}, which JSON does not have`;
  }
};

const numberProblem = (value: number): string | undefined => {
  if (!Number.isFinite(value)) return 'is not a finite number';
  if (Object.is(value, -0)) return 'is minus zero, which JSON loses';
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return 'is an integer too large to be exact';
  return undefined;
};

const isPlain = (value: object): boolean => {
  // A hole of an array would become null.
  if (Array.isArray(value)) return Object.keys(value).length === value.length;
  const prototype: unknown = Object.getPrototypeOf(value);
  // The root of a chain is Object.prototype, of this realm or another: structuredClone and node:vm have their own.
  const root = prototype === null || Object.getPrototypeOf(prototype) === null;
  return root && Object.getOwnPropertySymbols(value).length === 0;
};

const encoder = new TextEncoder();

/** The canonical JSON (RFC 8785) of a plain value, as bytes. Throws a `TypeError` for what is not plain JSON. */
export const canonicalBytes = (value: unknown, root: string): Uint8Array => {
  assertPlainJson(value, root);
  return encoder.encode(canonicalize(value));
};
