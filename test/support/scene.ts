import { randomBytes } from 'node:crypto';
import { type AsOf, openApplication, stateOf } from '@probono/application';
import { domain, Instant, parseCommand, type Recorded, type StreamName } from '@probono/domain';
import { type EventStore, jsonCodec, memoryEventStore } from '@probono/event-store';
import { fieldCipher, memoryKeyStore } from '@probono/privacy';

/** A made-up id, told apart by its number. */
export const id = (n: number): string => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;

export interface Who {
  readonly id: string;
  readonly role: string;
}
const as = (n: number, role: string): Who => ({ id: id(n), role });
export const officer = as(900, 'programme_officer');
export const clerk: Who = { id: 'system:clerk', role: 'system' };

/** The employer of everyone: a service of the State, with those who act for it. */
export const home = {
  organisationId: id(100),
  representative: as(101, 'home_representative'),
  hr: as(102, 'hr'),
  authority: as(103, 'authority'),
  manager: as(104, 'manager'),
};

/** An association with its people and one mission, by its number. */
export const hostOf = (n: number) => ({
  organisationId: id(200 + n),
  missionId: id(210 + n),
  representative: as(220 + n, 'host_representative'),
  tutor: as(230 + n, 'tutor'),
});
export type Host = ReturnType<typeof hostOf>;

/** Someone with an employment, by their number. */
export const agentOf = (n: number) => ({ ...as(300 + n, 'agent'), employmentId: id(310 + n) });
export type Agent = ReturnType<typeof agentOf>;

/** What came of a command, in the words that tests compare. */
export interface Told {
  readonly kind: string;
  readonly rules: readonly string[];
  readonly warnings: readonly string[];
  readonly events: readonly Recorded[];
}

export interface Aside {
  readonly effectiveOn?: string;
  readonly justification?: string;
}

/** An empty log in memory, as `wrap` makes it behave, and commands given to it at moments that the test chooses. */
export const openScene = (wrap: (store: EventStore) => EventStore = (store) => store) => {
  const keys = memoryKeyStore({ random: randomBytes, now: () => new Date(0) });
  const codec = jsonCodec({ events: domain.events, cipher: fieldCipher(keys, { random: randomBytes }) });
  const store = wrap(memoryEventStore({ now: () => new Date(0) }));
  const application = openApplication({ store, codec, catalogue: domain });
  let given = 0;

  /** Gives a command at an instant, whatever comes of it. */
  const give = async (who: Who, command: string, data: object, at: string, aside: Aside = {}): Promise<Told> => {
    given += 1;
    const defaults = { recordedAt: Instant.parse(at), commandId: id(1_000_000 + given) };
    const { id: actorId, role } = who;
    const meta = { actor: { id: actorId, role }, ...aside };
    const parsed = parseCommand(domain, { command, data, meta }, defaults);
    if (!parsed.ok) throw new Error(`${command}: ${JSON.stringify(parsed.invalid)}`);
    const outcome = await application.execute(parsed.command);
    const accepted = outcome.kind === 'accepted';
    return {
      kind: outcome.kind,
      rules: outcome.kind === 'refused' ? outcome.refusals.map(({ rule }) => rule).sort() : [],
      warnings: accepted ? outcome.warnings.map(({ rule }) => rule) : [],
      events: accepted ? outcome.events : [],
    };
  };

  /** Gives a command that a test takes for granted. */
  const done = async (who: Who, command: string, data: object, at: string, aside: Aside = {}): Promise<Told> => {
    const told = await give(who, command, data, at, aside);
    if (told.kind !== 'accepted') throw new Error(`${command} was ${told.kind}: ${told.rules.join(', ')}`);
    return told;
  };

  return {
    give,
    done,
    /** The folded state of a stream, as of both axes of time; the caller says of which shape. */
    async state<T>(stream: StreamName, asOf: AsOf = {}): Promise<T> {
      return (await stateOf(store, codec, domain, stream, asOf)) as T;
    },
  };
};
export type Scene = ReturnType<typeof openScene>;
