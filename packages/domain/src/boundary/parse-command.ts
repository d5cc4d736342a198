import type * as z from 'zod';
import type { Catalogue } from '../kernel/catalogue.js';
import { type Command, CommandMeta } from '../kernel/command.js';
import type { Instant } from '../time/types.js';
import { withoutAbsent } from './absent.js';
import { checkBounds } from './bounds.js';

/** What is wrong with an input, and where: `data.minutes`. */
export interface Problem {
  readonly path: string;
  readonly message: string;
}

/** A command in its form, or every place where what was given departs from it. */
export type ParsedCommand =
  | { readonly ok: true; readonly command: Command }
  | { readonly ok: false; readonly invalid: readonly Problem[] };

const pathOf = (root: string, path: readonly PropertyKey[]): string => [root, ...path.map(String)].join('.');

const problemsOf = (root: string, error: z.ZodError): readonly Problem[] =>
  error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: pathOf(root, [...issue.path, key]), message: 'there is no such field' }))
      : [{ path: pathOf(root, issue.path), message: issue.message }],
  );

/** The declared name that differs least from a misspelt one, when it starts alike. */
const nearest = (name: string, known: readonly string[]): string => {
  const close = known.filter((other) => other.slice(0, 4).toLowerCase() === name.slice(0, 4).toLowerCase());
  return close.length === 0 ? 'see `probono schema --commands`' : `did you mean ${close.slice(0, 5).join(', ')}?`;
};

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;

/**
 * Checks untrusted input `{command, data, meta}` in full: bounds first (deep or ill-formed input would break a parser),
 * then names, then every field. All problems at once, each with its path.
 *
 * @param defaults what the caller knows: the clock's time, and the command's id where `meta` names none
 */
export const parseCommand = (
  catalogue: Catalogue,
  input: unknown,
  defaults: { readonly recordedAt: Instant; readonly commandId: string },
): ParsedCommand => {
  const outOfBounds = checkBounds(input);
  if (outOfBounds.length > 0) return { ok: false, invalid: outOfBounds };
  const fields = fieldsOf(input);
  if (fields === undefined) return invalid('', 'expected an object {command, data, meta}');
  const { command: name, data, meta, ...others } = fields;
  const problems: Problem[] = Object.keys(others).map((path) => ({ path, message: 'there is no such field' }));
  const handler = typeof name === 'string' ? catalogue.handlers[name] : undefined;
  if (handler === undefined) {
    const message =
      typeof name === 'string'
        ? `there is no command ${name.slice(0, 60)}; ${nearest(name, Object.keys(catalogue.handlers))}`
        : 'expected the name of a command';
    return { ok: false, invalid: [...problems, { path: 'command', message }] };
  }
  const parsedData = handler.spec.schema.safeParse(data);
  const parsedMeta = CommandMeta.safeParse({ commandId: defaults.commandId, ...fieldsOf(meta) });
  if (!parsedData.success) problems.push(...problemsOf('data', parsedData.error));
  if (!parsedMeta.success) problems.push(...problemsOf('meta', parsedMeta.error));
  if (!parsedData.success || !parsedMeta.success || problems.length > 0) return { ok: false, invalid: problems };
  const command = {
    name: handler.spec.name,
    data: withoutAbsent(parsedData.data),
    meta: withoutAbsent(parsedMeta.data),
    recordedAt: defaults.recordedAt,
  };
  return { ok: true, command };
};

const invalid = (path: string, message: string): ParsedCommand => ({ ok: false, invalid: [{ path, message }] });
