import { contentIds } from '@probono/application';
import { type Command, checkBounds, type Problem } from '@probono/domain';
import type { ProBono } from 'probono';
import type { Line } from '../ndjson.js';

/** One line of input, checked. */
export type CheckedLine =
  | { readonly line: number; readonly command: Command }
  | { readonly line: number; readonly invalid: readonly Problem[] };

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const invalid = (line: number, path: string, message: string): CheckedLine => ({ line, invalid: [{ path, message }] });

/**
 * Checks lines, one after the other. Commands without an id get one from the file's content, so that a file can be
 * executed twice and happens once. `meta.at` is the time of a demonstration's clock, and refused anywhere else.
 */
export const lineChecker = (proBono: ProBono): ((line: Line) => CheckedLine) => {
  const ids = contentIds(proBono.domain);
  return (line) => {
    if ('problem' in line) return invalid(line.number, '', line.problem);
    let input: unknown;
    try {
      input = JSON.parse(line.text);
    } catch (error) {
      return invalid(line.number, '', `not JSON: ${error instanceof Error ? error.message.slice(0, 200) : ''}`);
    }
    const outOfBounds = checkBounds(input);
    if (outOfBounds.length > 0) return { line: line.number, invalid: outOfBounds };
    const commandId = ids.next(input);
    if (!isObject(input) || !isObject(input.meta)) return checked(proBono, line.number, input, { commandId });
    const { at, ...meta } = input.meta;
    if (at === undefined) return checked(proBono, line.number, input, { commandId });
    if (!proBono.demonstration)
      return invalid(
        line.number,
        'meta.at',
        'only a store created with --demonstration takes the time from its commands',
      );
    const instant = typeof at === 'string' ? new Date(at) : new Date(Number.NaN);
    if (Number.isNaN(instant.getTime()) || !/[Zz]$|[+-]\d\d:?\d\d$/.test(String(at)))
      return invalid(line.number, 'meta.at', 'expected an instant with its offset, such as 2026-03-02T09:00:00Z');
    return checked(proBono, line.number, { ...input, meta }, { commandId, at: instant });
  };
};

const checked = (
  proBono: ProBono,
  line: number,
  input: unknown,
  defaults: { readonly commandId: string; readonly at?: Date },
): CheckedLine => {
  const parsed = proBono.parse(input, defaults);
  return parsed.ok ? { line, command: parsed.command } : { line, invalid: parsed.invalid };
};
