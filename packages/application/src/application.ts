import {
  type Accepted,
  type Catalogue,
  type Command,
  type CommandHandler,
  type Decision,
  judge,
} from '@probono/domain';
import type { Codec, Conflict, EventStore } from '@probono/event-store';
import { Unavailable, UnknownOutcome } from '@probono/event-store';
import { type AppendedEvents, append } from './append.js';
import { appendInTurn } from './append-in-turn.js';
import { type Considered, consider, type FigureSource } from './consider.js';
import { commandDigest, personalNames } from './digest.js';
import { envelop } from './envelope.js';
import type { Outcome } from './outcome.js';
import { giveBack, standing } from './reservation.js';
import { stateCache } from './state-cache.js';
import { executeTraced } from './tracing.js';

/** What an application works with. */
export interface ApplicationParts {
  readonly store: EventStore;
  readonly codec: Codec;
  readonly catalogue: Catalogue;
  /** By measure: figures that no single stream holds. Rules that need one that is not here are not examined. */
  readonly figures?: Readonly<Record<string, FigureSource>>;
  /** How often a command is decided again when others wrote in between; 8 unless told. */
  readonly attempts?: number;
  /**
   * How many streams' states may be kept in memory between commands; none unless told. Decisions stay as right as
   * without: what is accepted is checked by the store against all that was read, what is refused is decided again on
   * what the store says now. Only for stores that can check in the transaction; others read each time. States hold
   * personal data in the clear, and outlive the destruction of a key until they are dropped.
   */
  readonly stateCache?: number;
  /** Called after every append, with the types of its events: the place to ring for projections. */
  readonly onAppended?: (types: ReadonlySet<string>) => void;
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

/** Opens an application over a store, a codec and a catalogue. */
export const openApplication = (parts: ApplicationParts): Application => {
  const { catalogue, attempts = 8 } = parts;
  const personal = personalNames(catalogue);
  const { checks, multiStream } = parts.store.capabilities;
  const cache = checks && multiStream && parts.stateCache ? stateCache(parts.stateCache) : undefined;

  const handlerOf = (name: string): CommandHandler => {
    const handler = catalogue.handlers[name];
    if (handler === undefined) throw new Error(`there is no command ${name}; see the catalogue of commands`);
    return handler;
  };

  /** What this very command came to earlier; undefined when it is still to be carried out. */
  const before = (command: Command, digest: string, { own, stream }: Considered): Outcome | undefined => {
    // Where streams are written in turn, its own is the commit: what stands elsewhere was only reserved.
    if (!own.some((event) => multiStream || event.stream === stream || event.commandDigest !== digest))
      return undefined;
    if (own.every((event) => event.commandDigest === digest))
      return { kind: 'accepted', events: standing(own), warnings: [], repeated: true, examined: [] };
    const ledger = judge(catalogue.rules, false);
    ledger.require('command.id-reused', false, { commandId: command.meta.commandId });
    return { kind: 'refused', refusals: ledger.refusals, examined: ledger.examined };
  };

  const carryOut = async (
    command: Command,
    digest: string,
    decision: Accepted,
    { basis, stream }: Considered,
  ): Promise<AppendedEvents | Conflict> => {
    const versionOf = (type: string): number => catalogue.events[type]?.version ?? 1;
    const batches = envelop(command, digest, decision, basis, versionOf, !multiStream);
    return multiStream || batches.length === 1
      ? append(parts, batches, basis)
      : appendInTurn(parts, stream, batches, basis);
  };

  const execute = async (command: Command): Promise<Outcome> => {
    const handler = handlerOf(command.name);
    const digest = commandDigest(command, personal);
    for (let attempt = 1; ; attempt++) {
      let considered = await consider(parts, handler, command, attempt === 1 ? cache : undefined);
      // Nothing will be appended, so nothing will be checked: it must be so by what the store says now.
      if (considered.remembered && !(considered.decision.accepted && considered.decision.events.length > 0)) {
        cache?.forget(considered.streams);
        considered = await consider(parts, handler, command);
      }
      const { decision, streams, stream } = considered;
      const told = before(command, digest, considered);
      if (told !== undefined) return told;
      const { examined } = decision;
      // Reserved by an attempt that was cut short.
      const held = standing(considered.own);
      if (!decision.accepted || decision.events.length === 0) await giveBack(parts, stream, held);
      if (!decision.accepted) return { kind: 'refused', refusals: decision.refusals, examined };
      const warnings = decision.findings;
      if (decision.events.length === 0) return { kind: 'accepted', events: [], warnings, repeated: false, examined };
      // Dropped before, so that whatever becomes of the append, what it may have changed is read again.
      cache?.forget(decision.events.map(({ stream }) => stream));
      const result = await carryOut(command, digest, decision, considered);
      if (result.outcome === 'appended') {
        parts.onAppended?.(new Set(result.events.map(({ type }) => type)));
        return {
          kind: 'accepted',
          events: [...held, ...result.events],
          position: result.position,
          warnings,
          repeated: false,
          examined,
        };
      }
      cache?.forget(streams);
      if (attempt >= attempts) return { kind: 'conflict', conflict: result };
    }
  };

  const attempted = async (command: Command): Promise<Outcome> => {
    try {
      return await execute(command);
    } catch (error) {
      if (error instanceof Unavailable) return { kind: 'unavailable', message: error.message };
      if (error instanceof UnknownOutcome) return { kind: 'unknown-outcome', message: error.message };
      throw error;
    }
  };

  return {
    execute: (command) => executeTraced(command, attempted),
    explain: async (command) => (await consider(parts, handlerOf(command.name), command)).decision,
  };
};
