import { type CommandSpec, digestOf, type Role } from '@probono/domain';
import type * as z from 'zod';

/** Who acts: a person in a role, or the system. */
export interface Who {
  /** A UUIDv7, or `system:` and the worker's name. */
  readonly id: string;
  readonly role: Role;
}

/** What may come with a command besides who gives it and when. */
export interface Aside {
  /** `YYYY-MM-DD`; the day of the clock unless told. */
  readonly effectiveOn?: string;
  readonly justification?: string;
}

/** A command as `probono execute` takes it: one of these is a line of an `.ndjson` file. */
export interface GivenCommand {
  readonly command: string;
  readonly data: object;
  readonly meta: Aside & {
    readonly actor: Who;
    /** The clock: an ISO 8601 instant. */
    readonly at: string;
    /** Derived from all the rest: the same command at the same moment is the same command. */
    readonly commandId: string;
  };
}

/**
 * Writes a command down, its data checked by the compiler.
 *
 * @throws {TypeError} for data that JSON cannot hold
 * @example commandOf(WithdrawHours, ada, '2026-03-02T09:00:00Z', { personId: ada.id, entryId });
 */
export const commandOf = <N extends string, S extends z.ZodType<unknown, object>>(
  { name }: CommandSpec<N, S>,
  { id, role }: Who,
  at: string,
  data: z.input<S>,
  aside: Aside = {},
): GivenCommand => {
  const meta = { actor: { id, role }, at, ...aside };
  const digest = digestOf({ command: name, data, meta });
  return { command: name, data, meta: { ...meta, commandId: uuidOf(digest) } };
};

/** A UUID of version 8 (RFC 9562): what is in it is the maker's own affair. */
const uuidOf = (hex: string): string =>
  [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
