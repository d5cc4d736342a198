/**
 * A copy of a JSON-like value without the properties that are `undefined`: to a caller they are absent, but a parser
 * keeps them, and the log could not hold them.
 */
export const withoutAbsent = <T>(value: T): T => {
  if (Array.isArray(value)) return value.map(withoutAbsent) as T; // element by element the same type
  if (typeof value !== 'object' || value === null) return value;
  const present = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(present.map(([name, inner]) => [name, withoutAbsent(inner)])) as T; // absent = undefined here
};
