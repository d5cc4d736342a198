import { createHash } from 'node:crypto';
import type { Catalogue, Command } from '@probono/domain';
import canonicalize from 'canonicalize';
import { v5 } from 'uuid';

/** The names of all fields that some event of the catalogue declares personal. */
export const personalNames = (catalogue: Catalogue): ReadonlySet<string> =>
  new Set(
    Object.values(catalogue.events).flatMap(({ personal }) =>
      personal.map(({ path }) => path.findLast((step) => step !== '*') ?? ''),
    ),
  );

/** A copy of `value` without any field of a personal name, at any depth. */
const without = (value: unknown, names: ReadonlySet<string>): unknown => {
  if (Array.isArray(value)) return value.map((item) => without(item, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !names.has(name))
      .map(([name, inner]) => [name, without(inner, names)]),
  );
};

const sha256 = (value: unknown): string => {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('only JSON values have a digest');
  return createHash('sha256').update(text).digest('hex');
};

/**
 * SHA-256 (hex) of a command without its personal fields and free text. It tells a repeated command from a reused id,
 * and leaves nothing in the log from which a name could be guessed.
 */
export const commandDigest = ({ name, data, meta }: Command, personal: ReadonlySet<string>): string => {
  const { actor, effectiveOn, tenantId, authority } = meta;
  return sha256({ name, data: without(data, personal), actor, effectiveOn, tenantId, authority });
};

/** Ids for commands of a file that name none: the same file gives the same ids, so that it can be run twice. */
export interface ContentIds {
  /** The id of the next line's command. A line also stands on all lines before it, so that equal lines differ. */
  next(input: unknown): string;
}

const fileNamespace = '6ba7b812-9dad-51d1-80b4-00c04fd430c8';

/** Starts the ids of a file. Personal fields do not count: an id must not give a name away. */
export const contentIds = (catalogue: Catalogue): ContentIds => {
  const names = personalNames(catalogue);
  const free = new Set([...names, 'reason', 'justification']);
  let before = '';
  return {
    next(input) {
      before = sha256([before, without(input, free)]);
      return v5(before, fileNamespace);
    },
  };
};
