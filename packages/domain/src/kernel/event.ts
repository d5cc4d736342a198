import type * as z from 'zod';
import type { Envelope } from './envelope.js';
import { type PersonalField, personalFields } from './personal.js';
import type { StreamName } from './stream.js';

/** A fact in the words of the domain, before anything is said of who recorded it and when. */
export interface Fact<T extends string = string, D = unknown> {
  readonly type: T;
  readonly data: D;
}

/** A fact that a decision proposes to append; without `stream` it goes to the command's own stream. */
export interface Proposed<T extends string = string, D = unknown> extends Fact<T, D> {
  readonly stream?: StreamName;
}

/** A fact as it stands in the log, with its envelope. */
export type Recorded<F extends Fact = Fact> = F & Envelope;

/** One of the facts that an event of an older version is read as: of this or another type, in that type's `version`. */
export interface UpcastFact {
  readonly type: string;
  readonly version: number;
  readonly data: Record<string, unknown>;
}

/**
 * An older version of an event: its schema then, and the pure step to the next version. Where one event held what are
 * several facts today, the step gives them as a list, in order; all keep the envelope, revision and position of the
 * one event, and belong to its stream. Who asks a store for events by type must then ask for the old type too.
 */
export interface PastVersion {
  readonly schema: z.ZodType;
  readonly upcast: (data: Readonly<Record<string, unknown>>) => Record<string, unknown> | readonly UpcastFact[];
}

/** All that is known of one type of event. */
export interface EventSpec<T extends string = string, S extends z.ZodType = z.ZodType> {
  readonly type: T;
  /** The version written today; versions count from 1. */
  readonly version: number;
  /** The schema of today's version. */
  readonly schema: S;
  /** Versions 1 … version − 1, in order. */
  readonly past: readonly PastVersion[];
  readonly personal: readonly PersonalField[];
  /**
   * Declared where the event takes something scarce: the fact that gives it back. Where a store writes one stream at a
   * time, such facts are appended before the command's own stream, and undone when that one moved on.
   */
  undo?(data: z.output<S>): Fact;
  /** The fact with these data, which the caller holds in their parsed form. */
  of(data: z.output<S>): Fact<T, z.output<S>>;
  /** The fact with these data, checked; throws a `ZodError` when they do not fit. */
  parse(data: z.input<S>): Fact<T, z.output<S>>;
}

/**
 * Declares a type of event. Adding one is this line, a line in `evolve`, a golden sample and a row in the catalogue.
 *
 * @param past the schemas and upcasters of versions 1 … n − 1, when there are any
 * @param undo for an event that takes something scarce: the fact that gives it back
 */
export const defineEvent = <const T extends string, S extends z.ZodType>(
  type: T,
  schema: S,
  past: readonly PastVersion[] = [],
  undo?: (data: z.output<S>) => Fact,
): EventSpec<T, S> => ({
  type,
  version: past.length + 1,
  schema,
  past,
  personal: personalFields(schema),
  ...(undo === undefined ? {} : { undo }),
  of: (data) => ({ type, data }),
  parse: (data) => ({ type, data: schema.parse(data) }),
});

/** The union of the facts that a table of event specs declares. */
export type FactOf<Specs extends Record<string, EventSpec>> = {
  [K in keyof Specs]: Specs[K] extends EventSpec<infer T, infer S> ? Fact<T, z.output<S>> : never;
}[keyof Specs];

/** The same fact, to be appended to another stream than the command's own. */
export const into = <F extends Fact>(stream: StreamName, fact: F): F & { stream: StreamName } => ({ ...fact, stream });
