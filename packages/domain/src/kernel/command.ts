import * as z from 'zod';
import { type Instant, LocalDate, type Zone } from '../time/types.js';
import type { Aggregate } from './aggregate.js';
import { Actor, Authority, type Role } from './envelope.js';
import type { Fact, Proposed } from './event.js';
import type { Judgement } from './judgement.js';
import type { Reading } from './reading.js';

/** What comes with a command: who gives it, in which capacity, and what it is to be effective on. */
export const CommandMeta = z
  .strictObject({
    actor: Actor,
    commandId: z.uuid(),
    tenantId: z.string().min(1).max(80).default('default'),
    effectiveOn: LocalDate.optional(),
    authority: Authority.optional(),
    reason: z.string().min(1).max(4000).optional(),
    justification: z.string().min(1).max(4000).optional(),
    correlationId: z.uuid().optional(),
    causationId: z.uuid().optional(),
  })
  .refine(({ actor, reason, justification }) => actor.role !== 'system' || (reason ?? justification) === undefined, {
    path: ['actor', 'role'],
    message: 'the system is no person and writes no free text: leave reason and justification out',
  });
export type CommandMeta = z.output<typeof CommandMeta>;

/** A command, checked for its form; `recordedAt` is the injected clock's time. */
export interface Command<N extends string = string, D = unknown> {
  readonly name: N;
  readonly data: D;
  readonly meta: CommandMeta;
  readonly recordedAt: Instant;
}

/** A command as `decide` sees it: the day it is effective on is settled. */
export interface Effective<D> {
  readonly data: D;
  readonly meta: CommandMeta;
  readonly recordedAt: Instant;
  readonly effectiveOn: LocalDate;
}

/** The form of a command: its name, its data, who may give it. */
export interface CommandSpec<N extends string = string, S extends z.ZodType = z.ZodType> {
  readonly name: N;
  readonly schema: S;
  readonly roles: readonly Role[];
}

/** Declares the form of a command. */
export const defineCommand = <const N extends string, S extends z.ZodType>(
  name: N,
  roles: readonly Role[],
  schema: S,
): CommandSpec<N, S> => ({ name, roles, schema });

/** How a command is decided. */
export interface Handling<State, Data, Context, Id extends string> {
  /** The id of the stream, of the handler's aggregate, that the command is decided on. */
  id(data: Data): string;
  /** What else the decision must know. Generator: `const m = yield* read(mission, data.missionId)`. */
  context(state: Readonly<State>, command: Omit<Effective<Data>, 'effectiveOn'>): Reading<Context>;
  /** The zone whose date `effectiveOn` is by default: the site's, else the organisation's. */
  zone(state: Readonly<State>, context: Context, data: Data): Zone | undefined;
  /** The legal framework the decision is made under, when it has one. */
  framework?(state: Readonly<State>, context: Context, data: Data): { id: string; version: number } | undefined;
  /** Looks at the rules and returns the facts; none means "already so". Pure; changes nothing it is given. */
  decide(
    state: Readonly<State>,
    command: Effective<Data>,
    context: Context,
    judgement: Judgement<Id>,
  ): readonly Proposed[];
}

/** A command with its form and its handling, types erased: what the catalogue holds. */
export interface CommandHandler {
  readonly spec: CommandSpec;
  readonly aggregate: Aggregate;
  readonly handling: Handling<unknown, unknown, unknown, string>;
}

/** Binds a command to the aggregate it is decided on and to its handling. */
export const handle = <N extends string, Sc extends z.ZodType, State, F extends Fact, Context, Id extends string>(
  spec: CommandSpec<N, Sc>,
  aggregate: Aggregate<State, F>,
  handling: Handling<State, z.output<Sc>, Context, Id>,
): CommandHandler =>
  // Safe: `decide` in the kernel hands a handler only its own aggregate's state and data its own schema parsed.
  ({ spec, aggregate, handling }) as CommandHandler;

/** For a command that needs no other stream. */
export function* nothing(): Reading<undefined> {}
