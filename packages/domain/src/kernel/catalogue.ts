import type { Aggregate } from './aggregate.js';
import type { CommandHandler } from './command.js';
import type { EventSpec } from './event.js';
import type { Rule } from './rule.js';

/** All that a domain declares, found by name. */
export interface Catalogue {
  /** By command name. */
  readonly handlers: Readonly<Record<string, CommandHandler>>;
  /** By stream category. */
  readonly aggregates: Readonly<Record<string, Aggregate>>;
  /** By event type. */
  readonly events: Readonly<Record<string, EventSpec>>;
  /** By rule id. */
  readonly rules: Readonly<Record<string, Rule>>;
}

/** One aggregate with what belongs to it. */
export interface CataloguePart {
  readonly aggregate: Aggregate;
  readonly handlers: readonly CommandHandler[];
  readonly rules: Readonly<Record<string, Rule>>;
}

/** Puts parts together; throws when two of them claim the same name. */
export const catalogueOf = (parts: readonly CataloguePart[], shared: Readonly<Record<string, Rule>>): Catalogue => ({
  handlers: byName(parts.flatMap(({ handlers }) => handlers.map((handler) => [handler.spec.name, handler]))),
  aggregates: byName(parts.map(({ aggregate }) => [aggregate.category, aggregate])),
  events: byName(parts.flatMap(({ aggregate }) => Object.entries(aggregate.events))),
  rules: byName([...Object.entries(shared), ...parts.flatMap(({ rules }) => Object.entries(rules))]),
});

const byName = <T>(entries: readonly (readonly [string, T])[]): Readonly<Record<string, T>> => {
  const found = new Map<string, T>();
  for (const [name, value] of entries) {
    if (found.has(name)) throw new Error(`${name} is declared twice in the catalogue`);
    found.set(name, value);
  }
  return Object.freeze(Object.assign(Object.create(null), Object.fromEntries(found)));
};
