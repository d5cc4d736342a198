import { openApplication } from '@probono/application';
import { Actor, domain, Instant, LocalDate, parseCommand, type Recorded, type StreamName } from '@probono/domain';
import { jsonCodec, memoryEventStore } from '@probono/event-store';
import { idOf as id } from '@probono/testing';
import { linesOf, merged, storyFiles } from '../example-files.js';
import { writtenFacts } from './facts.js';
import { type Body, specIn, type Version } from './samples.js';
import { transparentCipher } from './transparent-cipher.js';

const bodyOf = (bytes: Uint8Array | undefined): Body => JSON.parse(new TextDecoder().decode(bytes)) as Body; // of the codec

/** The first event of each type that the stories of the examples leave in the log. */
export const samplesOfStories = async (): Promise<ReadonlyMap<string, Body>> => {
  const codec = jsonCodec({ events: domain.events, cipher: transparentCipher });
  const store = memoryEventStore({ now: () => new Date(0) });
  const application = openApplication({ store, codec, catalogue: domain });
  for (const { at, command, data, meta } of [...merged(storyFiles()), ...linesOf('refusals.ndjson')]) {
    const defaults = { recordedAt: Instant.parse(at), commandId: '' };
    const parsed = parseCommand(domain, { command, data, meta }, defaults);
    if (parsed.ok) await application.execute(parsed.command);
  }
  const found = new Map<string, Body>();
  for await (const { type, body } of store.readAll()) if (!found.has(type)) found.set(type, bodyOf(body));
  return found;
};

/** A sample of a fact that no story tells, or of an older version, from `facts.ts`; `undefined` when it is not there. */
export const writtenSample = async (version: Version): Promise<Body | undefined> => {
  const written = writtenFacts[`${version.type} v${version.version}`];
  if (written === undefined) return undefined;
  const spec = specIn(version);
  const aggregate = Object.values(domain.aggregates).find(({ events }) => version.type in events);
  const { actor = Actor.parse({ id: id(900), role: 'programme_officer' }), data } = written;
  const at = Instant.parse('2026-09-15T08:30:00Z');
  const event: Recorded = {
    type: version.type,
    data: spec.schema.parse(data),
    eventId: '5f0f3c6e-0d0e-5c55-9a3d-0a4f6f8f7b11',
    stream: `${aggregate?.category}-${id(1)}` as StreamName, // the category of a catalogued aggregate
    revision: 3n,
    schemaVersion: version.version,
    recordedAt: at,
    effectiveOn: LocalDate.parse('2026-09-15'),
    tenantId: 'default',
    actor,
    authority: { capacity: actor.role },
    commandId: id(990),
    commandDigest: '3b'.repeat(32),
    correlationId: id(990),
    causationId: id(990),
    basis: [],
  };
  const codec = jsonCodec({ events: { [version.type]: spec }, cipher: transparentCipher });
  const [encoded] = await codec.encode([event]);
  return bodyOf(encoded?.body);
};
