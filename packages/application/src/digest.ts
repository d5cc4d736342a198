import { createHash } from 'node:crypto';
import type { Command, PersonalField } from '@probono/domain';
import canonicalize from 'canonicalize';

/** A copy of `value` without what lies at `path` (`*` for every element of an array). */
const without = (value: unknown, [head, ...rest]: readonly string[]): unknown => {
  if (head === undefined) return undefined;
  if (Array.isArray(value)) return head === '*' ? value.map((item) => without(item, rest)) : value;
  if (typeof value !== 'object' || value === null || !(head in value)) return value;
  return { ...value, [head]: without((value as Record<string, unknown>)[head], rest) };
};

/**
 * SHA-256 (hex) of a command without its personal fields and free text. It tells a repeated command from a reused id,
 * and leaves nothing in the log that could be guessed back to a name.
 */
export const commandDigest = ({ name, data, meta }: Command, personal: readonly PersonalField[]): string => {
  const { actor, effectiveOn, tenantId, authority } = meta;
  const plain = personal.reduce((rest, { path }) => without(rest, path), data);
  const text = canonicalize({ name, data: plain, actor, effectiveOn, tenantId, authority });
  if (text === undefined) throw new TypeError(`command ${name} is not JSON`);
  return createHash('sha256').update(text).digest('hex');
};
