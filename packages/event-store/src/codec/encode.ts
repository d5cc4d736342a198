import { EnvelopeSchema, type EventSpec } from '@probono/domain';
import type { EventToEncode, FieldCipher, PersonalValue } from '../codec.js';
import type { EventToAppend } from '../port.js';
import { type PersonalPlace, personalPlaces } from './personal-places.js';
import { canonicalBytes } from './plain-json.js';

/** Encodes events: full validation, then encryption, then canonical bytes. */
export const encodeEvents = async (
  specs: ReadonlyMap<string, EventSpec>,
  cipher: FieldCipher | undefined,
  events: readonly EventToEncode[],
): Promise<readonly EventToAppend[]> => {
  const bodies = events.map((event) => validBody(specs, event));
  const values: PersonalValue[] = [];
  const places: PersonalPlace[] = [];
  for (const { body, spec } of bodies) {
    for (const place of personalPlaces(body, spec.personal)) {
      places.push(place);
      values.push(personalValue(body, place));
    }
  }
  if (places.length > 0) {
    if (cipher === undefined) throw new Error(`${values[0]?.bound.type} holds personal data: give jsonCodec a cipher`);
    const sealed = await cipher.seal(values);
    if (sealed.length !== places.length)
      throw new Error('the cipher sealed another number of values than it was given');
    for (const [index, place] of places.entries()) place.put(sealed[index]);
  }
  return bodies.map(({ body }) => ({
    eventId: body.eventId,
    type: body.type,
    schemaVersion: body.schemaVersion,
    recordedAt: body.recordedAt,
    body: canonicalBytes(body, body.type),
  }));
};

/** A personal value with what its ciphertext is bound to. */
export const personalValue = (
  event: Omit<PersonalValue['bound'], 'field'>,
  { field, subject, value }: PersonalPlace,
): PersonalValue => {
  const { eventId, stream, type, schemaVersion } = event;
  return { subject, bound: { eventId, stream, type, schemaVersion, field }, value };
};

const validBody = (specs: ReadonlyMap<string, EventSpec>, event: EventToEncode) => {
  const { data: given, ...envelope } = event;
  const spec = specs.get(event.type);
  if (spec === undefined) throw new TypeError(`${event.type} is not an event this codec knows`);
  if (event.schemaVersion !== spec.version) {
    throw new TypeError(`${event.type} is written in version ${spec.version}, not ${event.schemaVersion}`);
  }
  const { basis, revision } = envelope;
  const numbered = {
    ...envelope,
    revision: exact(revision, event.type),
    basis: basis.map((read) =>
      'stream' in read
        ? {
            stream: read.stream,
            revision: read.revision === 'none' ? 'none' : exact(read.revision, event.type),
          }
        : { projection: read.projection, position: String(read.position) },
    ),
  };
  const data = spec.schema.parse(given);
  // A schema may freeze what it returns, or hand on the caller's own objects: neither may be written to.
  const own = spec.personal.length > 0 ? structuredClone(data) : data;
  return { spec, body: { ...EnvelopeSchema.parse(numbered), data: own } };
};

const exact = (revision: bigint, type: string): number => {
  const number = Number(revision);
  if (!Number.isSafeInteger(number)) throw new TypeError(`${type}.revision ${revision} is too large`);
  return number;
};
