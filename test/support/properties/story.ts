import { openApplication } from '@probono/application';
import { type Command, domain, Instant, parseCommand } from '@probono/domain';
import { jsonCodec, memoryEventStore, type StoredEvent } from '@probono/event-store';
import { transparentCipher } from '../corpus/transparent-cipher.js';
import { type ExampleLine, linesOf, merged, storyFiles } from '../example-files.js';
import { type Snapshot, snapshotOf } from './forked-store.js';

export const codec = jsonCodec({ events: domain.events, cipher: transparentCipher });

/** The stories of the examples, told once: every moment of them is a state that commands can be tried on. */
export interface Story {
  readonly lines: readonly ExampleLine[];
  /** The log before the line of this index. */
  before(index: number): Snapshot;
  /** Ids by the name of the field that held them, `id` for actors'. */
  readonly ids: ReadonlyMap<string, readonly string[]>;
}

export const commandOf = (
  { command, data, meta, at }: Pick<ExampleLine, 'command' | 'at'> & { readonly data: unknown; readonly meta: object },
  commandId: string,
): Command | undefined => {
  const defaults = { recordedAt: Instant.parse(at), commandId };
  const parsed = parseCommand(domain, { command, data, meta: { ...meta, commandId } }, defaults);
  return parsed.ok ? parsed.command : undefined;
};

const idsIn = (value: unknown, name: string, found: Map<string, Set<string>>): void => {
  if (typeof value === 'string' && /^[0-9a-f]{8}-[0-9a-f]{4}-7/.test(value))
    found.set(name, (found.get(name) ?? new Set()).add(value));
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) idsIn(inner, Array.isArray(value) ? name : key, found);
};

/** Tells the stories and the refusals after them. */
export const tellStory = async (): Promise<Story> => {
  const lines = [...merged(storyFiles()), ...linesOf('refusals.ndjson')];
  const store = memoryEventStore({ now: () => new Date(0) });
  const application = openApplication({ store, codec, catalogue: domain });
  const positions: bigint[] = [];
  const ids = new Map<string, Set<string>>();
  for (const line of lines) {
    positions.push((await store.lastPosition()) ?? 0n);
    const command = commandOf(line, line.meta.commandId);
    if (command !== undefined) await application.execute(command);
    idsIn(line.data, '', ids);
    idsIn(line.meta.actor, '', ids);
  }
  const events: StoredEvent[] = [];
  for await (const event of store.readAll()) events.push(event);
  return {
    lines,
    before: (index) => snapshotOf(events, positions[index]),
    ids: new Map([...ids].map(([name, own]) => [name, [...own]])),
  };
};
