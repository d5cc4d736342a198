import {
  type Accepted,
  type Basis,
  type Catalogue,
  type Command,
  type CommandHandler,
  type Decision,
  decideWith,
  judge,
  type Read,
} from '@probono/domain';
import type { Codec, DecodedEvent, EventStore } from '@probono/event-store';
import { Unavailable, UnknownOutcome } from '@probono/event-store';
import { append } from './append.js';
import { commandDigest, personalNames } from './digest.js';
import { envelop } from './envelope.js';
import { type Loaded, load } from './history.js';
import type { Outcome } from './outcome.js';

/** What an application works with. */
export interface ApplicationParts {
  readonly store: EventStore;
  readonly codec: Codec;
  readonly catalogue: Catalogue;
  /** How often a command is decided again when others wrote in between; 8 unless told. */
  readonly attempts?: number;
  /** Called after every append, with its last position: the place to ring for projections. */
  readonly onAppended?: (position: bigint) => void;
}

/** Carries out commands against an event store. */
export interface Application {
  /**
   * Loads, decides and appends. The same `commandId` again gives the first outcome's events and appends nothing.
   * Conflicts are decided again, a bounded number of times; a lost answer is looked up before anything is retried.
   */
  execute(command: Command): Promise<Outcome>;
  /** Decides and appends nothing. */
  explain(command: Command): Promise<Decision>;
}

interface Considered {
  readonly decision: Decision;
  readonly basis: readonly Basis[];
  /** What this very command appended earlier. */
  readonly own: readonly DecodedEvent[];
}

/** Answers a decision's reads from the store, and keeps what each was based on. */
const consider = async (parts: ApplicationParts, handler: CommandHandler, command: Command): Promise<Considered> => {
  const loaded = new Map<string, Loaded>();
  const once = async (read: Read): Promise<Loaded> => {
    const key = `${read.aggregate.category}-${read.id}`;
    const known = loaded.get(key) ?? (await load(parts, read, command.meta.commandId));
    loaded.set(key, known);
    return known;
  };
  const reading = decideWith(handler, parts.catalogue.rules, command);
  let step = reading.next();
  while (!step.done) step = reading.next((await once(step.value)).state);
  // A stream that is only written to must be known too: its revision is what the append expects.
  if (step.value.accepted) {
    for (const { stream } of step.value.events) {
      const [category, ...id] = stream.split('-');
      const aggregate = parts.catalogue.aggregates[category ?? ''];
      if (aggregate === undefined) throw new Error(`no aggregate for the stream ${stream}`);
      await once({ aggregate, id: id.join('-') });
    }
  }
  return {
    decision: step.value,
    basis: [...loaded.values()].map(({ stream, revision }) => ({ stream, revision })),
    own: [...loaded.values()].flatMap(({ own }) => own).sort((a, b) => (a.position < b.position ? -1 : 1)),
  };
};

/** Opens an application over a store, a codec and a catalogue. */
export const openApplication = (parts: ApplicationParts): Application => {
  const { catalogue, attempts = 8 } = parts;
  const personal = personalNames(catalogue);

  const handlerOf = (name: string): CommandHandler => {
    const handler = catalogue.handlers[name];
    if (handler === undefined) throw new Error(`there is no command ${name}; see the catalogue of commands`);
    return handler;
  };

  const repeated = (command: Command, digest: string, own: readonly DecodedEvent[]): Outcome => {
    if (own.every((event) => event.commandDigest === digest))
      return { kind: 'accepted', events: own, warnings: [], repeated: true, examined: [] };
    const ledger = judge(catalogue.rules, false);
    ledger.require('command.id-reused', false, { commandId: command.meta.commandId });
    return { kind: 'refused', refusals: ledger.refusals, examined: ledger.examined };
  };

  const carryOut = async (command: Command, digest: string, decision: Accepted, basis: readonly Basis[]) => {
    const batches = envelop(command, digest, decision, basis, (type) => catalogue.events[type]?.version ?? 1);
    return append(parts, batches, basis);
  };

  const execute = async (command: Command): Promise<Outcome> => {
    const handler = handlerOf(command.name);
    const digest = commandDigest(command, personal);
    for (let attempt = 1; ; attempt++) {
      const { decision, basis, own } = await consider(parts, handler, command);
      if (own.length > 0) return repeated(command, digest, own);
      const { examined } = decision;
      if (!decision.accepted) return { kind: 'refused', refusals: decision.refusals, examined };
      const warnings = decision.findings;
      if (decision.events.length === 0) return { kind: 'accepted', events: [], warnings, repeated: false, examined };
      const result = await carryOut(command, digest, decision, basis);
      if (result.outcome === 'appended') {
        parts.onAppended?.(result.position);
        return {
          kind: 'accepted',
          events: result.events,
          position: result.position,
          warnings,
          repeated: false,
          examined,
        };
      }
      if (attempt >= attempts) return { kind: 'conflict', conflict: result };
    }
  };

  return {
    execute: async (command) => {
      try {
        return await execute(command);
      } catch (error) {
        if (error instanceof Unavailable) return { kind: 'unavailable', message: error.message };
        if (error instanceof UnknownOutcome) return { kind: 'unknown-outcome', message: error.message };
        throw error;
      }
    },
    explain: async (command) => (await consider(parts, handlerOf(command.name), command)).decision,
  };
};
