import { randomBytes } from 'node:crypto';
import { type Application, type AsOf, openApplication, stateOf } from '@probono/application';
import {
  type Command,
  type Decision,
  domain,
  Instant,
  parseCommand,
  type Recorded,
  type StreamName,
} from '@probono/domain';
import { type Codec, type EventStore, jsonCodec, memoryEventStore } from '@probono/event-store';
import { fieldCipher, memoryKeyStore } from '@probono/privacy';
import { type Aside, agentOf, type GivenCommand, homeOf, hostOf, idOf, type Who } from '@probono/testing';

/** The employer of everyone, two agents, and two associations that welcome them. */
export const home = homeOf(0);
export const [ada, ben] = [agentOf(1, home), agentOf(2, home)];
export const [bank, library] = [hostOf(1), hostOf(2)];

/** What came of a command, in the words that tests compare. */
export interface Told {
  readonly kind: string;
  readonly rules: readonly string[];
  readonly warnings: readonly string[];
  readonly events: readonly Recorded[];
}

/** What a scene plays on. */
export interface SceneParts {
  readonly store: EventStore;
  readonly codec: Codec;
  readonly application: Application;
}

const read = ({ command, data, meta: { at, ...meta } }: GivenCommand): Command => {
  const defaults = { recordedAt: Instant.parse(at), commandId: meta.commandId };
  const parsed = parseCommand(domain, { command, data, meta }, defaults);
  if (!parsed.ok) throw new Error(`${command}: ${JSON.stringify(parsed.invalid)}`);
  return parsed.command;
};

/**
 * Commands given at moments that the test chooses, to an application over its log.
 *
 * @param from the ids of commands count from here: two scenes on one log count from elsewhere
 */
export const sceneOver = ({ store, codec, application }: SceneParts, from = 1_000_000) => {
  let given = from;

  /** Gives a command as it is written down, whatever comes of it. */
  const tell = async (command: GivenCommand): Promise<Told> => {
    const outcome = await application.execute(read(command));
    const accepted = outcome.kind === 'accepted';
    return {
      kind: outcome.kind,
      rules: outcome.kind === 'refused' ? outcome.refusals.map(({ rule }) => rule).sort() : [],
      warnings: accepted ? outcome.warnings.map(({ rule }) => rule) : [],
      events: accepted ? outcome.events : [],
    };
  };

  /** Gives commands that a test takes for granted, one after the other; tells of the last. */
  const all = async (commands: readonly GivenCommand[]): Promise<Told> => {
    let last: Told | undefined;
    for (const command of commands) {
      last = await tell(command);
      if (last.kind !== 'accepted') throw new Error(`${command.command} was ${last.kind}: ${last.rules.join(', ')}`);
    }
    if (last === undefined) throw new Error('no command was given');
    return last;
  };

  const written = (who: Who, command: string, data: object, at: string, aside: Aside): GivenCommand => {
    given += 1;
    return { command, data, meta: { actor: { id: who.id, role: who.role }, at, commandId: idOf(given), ...aside } };
  };
  return {
    store,
    codec,
    tell,
    all,
    /** Gives a command at an instant, whatever comes of it. */
    give: (who: Who, command: string, data: object, at: string, aside: Aside = {}): Promise<Told> =>
      tell(written(who, command, data, at, aside)),
    /** Gives a command that a test takes for granted. */
    done: (who: Who, command: string, data: object, at: string, aside: Aside = {}): Promise<Told> =>
      all([written(who, command, data, at, aside)]),
    /** What a command would come to, and every rule that was looked at. */
    explain: (command: GivenCommand): Promise<Decision> => application.explain(read(command)),
    /** The folded state of a stream, as of both axes of time; the caller says of which shape. */
    async state<T>(stream: StreamName, asOf: AsOf = {}): Promise<T> {
      return (await stateOf(store, codec, domain, stream, asOf)) as T;
    },
  };
};
export type Scene = ReturnType<typeof sceneOver>;

/** An empty log in memory, as `wrap` makes it behave, with personal fields sealed as in production. */
export const openScene = (wrap: (store: EventStore) => EventStore = (store) => store): Scene => {
  const keys = memoryKeyStore({ random: randomBytes, now: () => new Date(0) });
  const codec = jsonCodec({ events: domain.events, cipher: fieldCipher(keys, { random: randomBytes }) });
  const store = wrap(memoryEventStore({ now: () => new Date(0) }));
  return sceneOver({ store, codec, application: openApplication({ store, codec, catalogue: domain }) });
};
