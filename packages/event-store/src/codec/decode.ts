import { type Erased, type EventSpec, type PersonalField, personalFields, type UpcastFact } from '@probono/domain';
import type { DecodedEvent, FieldCipher, PersonalValue, UnknownEvent } from '../codec.js';
import type { StoredEvent } from '../port.js';
import { personalValue } from './encode.js';
import { type PersonalHolder, type PersonalPlace, personalPlaces } from './personal-places.js';

/** What decoding needs to know of one type: the personal fields of each version, and the steps to today's. */
export interface Shape {
  readonly version: number;
  /** By version − 1. */
  readonly personal: readonly (readonly PersonalField[])[];
  readonly upcasts: EventSpec['past'];
}

/** Works out once what decoding would otherwise look up for every event. */
export const shapeOf = (spec: EventSpec): Shape => ({
  version: spec.version,
  personal: [...spec.past.map(({ schema }) => personalFields(schema)), spec.personal],
  upcasts: spec.past,
});

/** A body as it stands in the log: an envelope and data in the form of JSON. */
interface Body extends PersonalHolder {
  readonly eventId: string;
  readonly schemaVersion: number;
  revision: number | bigint;
  readonly basis: (
    | { revision: number | bigint | 'none'; position?: undefined }
    | { position: string | bigint; revision?: undefined }
  )[];
  data: unknown;
  position?: bigint;
  storedAt?: string;
}

/** Decodes a batch; no promise and no schema for an event without personal fields. */
export const decodeEvents = async (
  shapes: ReadonlyMap<string, Shape>,
  cipher: FieldCipher | 'closed' | undefined,
  batch: readonly StoredEvent[],
): Promise<readonly (DecodedEvent | UnknownEvent)[]> => {
  const sealed: { readonly place: PersonalPlace; readonly value: PersonalValue }[] = [];
  const read = batch.map((stored) => {
    const body = parse(stored);
    if (typeof body === 'string') return unknown(stored, body);
    const shape = shapes.get(body.type);
    if (shape === undefined) return unknown(stored, `the type ${body.type} is not known`);
    const fields = shape.personal[body.schemaVersion - 1];
    if (fields === undefined) {
      return unknown(stored, `${body.type} is known up to version ${shape.version}, not ${body.schemaVersion}`);
    }
    if (fields.length > 0 || body.reason !== undefined || body.justification !== undefined) {
      for (const place of personalPlaces(body, fields)) {
        if (cipher === 'closed') place.put(closed);
        else sealed.push({ place, value: personalValue(body, place) });
      }
    }
    return { body, shape, stored };
  });
  if (cipher !== 'closed' && sealed.length > 0) await open(cipher, sealed);
  const events: (DecodedEvent | UnknownEvent)[] = [];
  for (const entry of read) {
    if ('unknown' in entry) events.push(entry);
    else finish(entry.body, shapes, entry.stored, events);
  }
  return events;
};

const closed: Erased = Object.freeze({ erased: true });

const open = async (
  cipher: FieldCipher | undefined,
  sealed: readonly { readonly place: PersonalPlace; readonly value: PersonalValue }[],
): Promise<void> => {
  if (cipher === undefined)
    throw new Error(`${sealed[0]?.value.bound.type} holds personal data: give jsonCodec a cipher`);
  const clear = await cipher.open(sealed.map(({ value }) => value));
  if (clear.length !== sealed.length) throw new Error('the cipher opened another number of values than it was given');
  for (const [index, { place }] of sealed.entries()) place.put(clear[index]);
};

/**
 * Restores what JSON cannot hold and brings the data to today's version, which may be those of several events; changes
 * the body, which is ours.
 */
const finish = (
  body: Body,
  shapes: ReadonlyMap<string, Shape>,
  { position, storedAt }: StoredEvent,
  into: (DecodedEvent | UnknownEvent)[],
): void => {
  body.revision = BigInt(body.revision);
  for (const read of body.basis) {
    if (typeof read.revision === 'number') read.revision = BigInt(read.revision);
    else if (read.position !== undefined) read.position = BigInt(read.position);
  }
  body.position = position;
  body.storedAt = storedAt;
  upcast(body, body.schemaVersion, shapes, into);
};

const upcast = (
  body: Body,
  from: number,
  shapes: ReadonlyMap<string, Shape>,
  into: (DecodedEvent | UnknownEvent)[],
): void => {
  const shape = shapes.get(body.type);
  if (shape === undefined) throw new Error(`an older version became ${body.type}, which this codec does not know`);
  for (let version = from; version < shape.version; version++) {
    // An event's data are an object in every version.
    const next = shape.upcasts[version - 1]?.upcast(body.data as Readonly<Record<string, unknown>>);
    if (next === undefined) continue;
    if (isSplit(next)) {
      for (const { type, version: own, data } of next) upcast({ ...body, type, data }, own, shapes, into);
      return;
    }
    body.data = next;
  }
  const event: unknown = body;
  // Its schema was checked in full when it was appended, and seals show whether it changed since.
  into.push(event as DecodedEvent);
};

const isSplit = (next: object): next is readonly UpcastFact[] => Array.isArray(next);

const unknown = (stored: StoredEvent, why: string): UnknownEvent => ({ unknown: true, stored, why });

/** The body, or why it is none. */
const parse = ({ body }: StoredEvent): Body | string => {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8'));
  } catch {
    return 'the body is not JSON';
  }
  return isBody(value) ? value : 'the body is not an envelope with data';
};

const isBody = (value: unknown): value is Body => {
  if (typeof value !== 'object' || value === null) return false;
  // Only looked at here; each field is then tested for its type.
  const { type, eventId, stream, schemaVersion, revision, basis, actor, data } = value as Partial<
    Record<string, unknown>
  >;
  return (
    typeof type === 'string' &&
    typeof eventId === 'string' &&
    typeof stream === 'string' &&
    typeof schemaVersion === 'number' &&
    Number.isSafeInteger(revision) &&
    Array.isArray(basis) &&
    typeof actor === 'object' &&
    actor !== null &&
    typeof data === 'object' &&
    data !== null
  );
};
