import { openApplication } from '@probono/application';
import { type Command, domain, Instant, parseCommand } from '@probono/domain';
import { jsonCodec, memoryEventStore, type StoredEvent } from '@probono/event-store';
import type { GivenCommand } from '@probono/testing';
import { transparentCipher } from '../corpus/transparent-cipher.js';
import { linesOf, merged, moreStoryFiles, storyFiles } from '../example-files.js';
import { type Snapshot, snapshotsOf } from './forked-store.js';
import { remembering } from './remembering.js';
import { untold } from './untold.js';

/** Reads the log of the stories, and what is added to it. */
export const codec = remembering(jsonCodec({ events: domain.events, cipher: transparentCipher }));

/** A command at some moment. */
export interface Act {
  readonly command: string;
  readonly at: string;
  readonly data: unknown;
  readonly meta: { readonly actor: { readonly id: string; readonly role: string }; readonly [key: string]: unknown };
}

/** Stories that give every command at least once: every moment of them is a state that commands can be tried on. */
export interface Story {
  readonly lines: readonly Act[];
  /** Of each command: the lines in which it was accepted as something new. */
  readonly accepted: ReadonlyMap<string, readonly number[]>;
  /** The log before the line of this index. */
  before(index: number): Snapshot;
  /** Ids by the name of the field that held them, `id` for actors'. */
  readonly ids: ReadonlyMap<string, readonly string[]>;
}

/** The command as an application takes it; nothing when it does not have the form of its command. */
export const givenAs = ({ command, data, meta, at }: Act, commandId: string): Command | undefined => {
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

const written = ({ command, data, meta: { at, commandId, ...meta } }: GivenCommand) => ({
  ...{ command, data, at, commandId, meta },
});

/** Every line of the stories: of the examples, of what they refuse, and of what they leave untold. */
export const storyLines: readonly (Act & { readonly commandId: string })[] = [
  ...[...merged(storyFiles()), ...linesOf('refusals.ndjson'), ...merged(moreStoryFiles())].map(
    ({ command, data, at, meta: { commandId, ...meta } }) => ({ command, data, at, commandId, meta }),
  ),
  ...untold.map(written),
];

/** Tells all stories, one after the other. */
export const tellStory = async (): Promise<Story> => {
  const store = memoryEventStore({ now: () => new Date(0) });
  const application = openApplication({ store, codec, catalogue: domain });
  const positions: bigint[] = [];
  const ids = new Map<string, Set<string>>();
  const accepted = new Map<string, number[]>();
  for (const [index, line] of storyLines.entries()) {
    positions.push((await store.lastPosition()) ?? 0n);
    const command = givenAs(line, line.commandId);
    const outcome = command && (await application.execute(command));
    if (outcome?.kind === 'accepted' && outcome.events.length > 0 && !outcome.repeated)
      accepted.set(line.command, [...(accepted.get(line.command) ?? []), index]);
    idsIn(line.data, '', ids);
    idsIn(line.meta.actor, '', ids);
  }
  const events: StoredEvent[] = [];
  for await (const event of store.readAll()) events.push(event);
  await codec.remember(events);
  const snapshot = snapshotsOf(events);
  return {
    lines: storyLines,
    accepted,
    before: (index) => snapshot(positions[index]),
    ids: new Map([...ids].map(([name, own]) => [name, [...own]])),
  };
};
