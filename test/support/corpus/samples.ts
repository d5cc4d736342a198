import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { domain, type EventSpec, personalFields } from '@probono/domain';
import { canonicalBytes, type StoredEvent } from '@probono/event-store';

const folder = resolve(import.meta.dirname, '../../corpus');
const digestsFile = join(folder, 'digests.json');

/** The form of an event in one of its versions. */
export interface Version {
  readonly type: string;
  readonly version: number;
}

/** `HoursDeclared/v1.json` */
export const fileOf = ({ type, version }: Version): string => `${type}/v${version}.json`;

/** Every version of every event that the code declares. */
export const versions: readonly Version[] = Object.values(domain.events).flatMap(({ type, version: latest }) =>
  Array.from({ length: latest }, (_, index) => ({ type, version: index + 1 })),
);

/** The event as it was declared in that version. */
export const specIn = ({ type, version }: Version): EventSpec => {
  const spec = domain.events[type];
  if (spec === undefined) throw new Error(`there is no event ${type}`);
  const schema = spec.past[version - 1]?.schema ?? spec.schema;
  return { ...spec, version, schema, past: spec.past.slice(0, version - 1), personal: personalFields(schema) };
};

/** A sample as it lies in the repository: the body of an event, laid out for people. */
export type Body = Readonly<Record<string, unknown>>;

/** SHA-256 (hex) of the canonical bytes: layout does not count, everything else does. */
export const digestOfBody = (body: Body): string =>
  createHash('sha256').update(canonicalBytes(body, 'sample')).digest('hex');

/** Reads a sample; `undefined` when there is none. */
export const readSample = (version: Version): Body | undefined => {
  const path = join(folder, fileOf(version));
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Body) : undefined; // checked by decoding it
};

/** The files that are there. */
export const sampleFiles = (): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => /\/v\d+\.json$/.test(name))
    .sort();

/** By file: the digest under which each sample was frozen. */
export const readDigests = (): Readonly<Record<string, string>> =>
  existsSync(digestsFile) ? (JSON.parse(readFileSync(digestsFile, 'utf8')) as Record<string, string>) : {};

/** Adds a sample and its digest. Throws when it is there: what is frozen is never written again. */
export const addSample = (version: Version, body: Body): void => {
  const file = fileOf(version);
  const digests = readDigests();
  if (readSample(version) !== undefined || digests[file] !== undefined) throw new Error(`${file} is frozen`);
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), `${laidOut(body)}\n`);
  const all = Object.entries({ ...digests, [file]: digestOfBody(body) }).sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(digestsFile, `${laidOut(Object.fromEntries(all))}\n`);
};

/** The sample as a store would give it back. */
export const storedOf = (body: Body, position: bigint): StoredEvent => ({
  eventId: String(body.eventId),
  type: String(body.type),
  schemaVersion: Number(body.schemaVersion),
  recordedAt: String(body.recordedAt),
  stream: String(body.stream),
  revision: BigInt(Number(body.revision)),
  position,
  storedAt: String(body.recordedAt),
  body: canonicalBytes(body, String(body.type)),
});

const width = 120;

/** JSON as the formatter of the repository lays it out: every field on its line, short lists on one. */
export const laidOut = (value: unknown, indent = '', before = 0): string => {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    const flat = value.every((item) => typeof item !== 'object');
    const line = `[${value.map((item) => JSON.stringify(item)).join(', ')}]`;
    if (flat && indent.length + before + line.length < width) return line;
    return `[\n${value.map((item) => `${deeper}${laidOut(item, deeper)}`).join(',\n')}\n${indent}]`;
  }
  const fields = Object.entries(value).map(([key, inner]) => {
    const name = `${JSON.stringify(key)}: `;
    return `${deeper}${name}${laidOut(inner, deeper, name.length + 2)}`;
  });
  return fields.length === 0 ? '{}' : `{\n${fields.join(',\n')}\n${indent}}`;
};
