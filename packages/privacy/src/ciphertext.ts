import type { PersonalValue } from '@probono/event-store';
import { canonicalBytes } from '@probono/event-store';
import { ivBytes, type Sealed, tagBytes } from './aes-gcm.js';

/** A personal value as it stands in the log; binary parts in base64url. */
export interface Ciphertext {
  readonly v: 1;
  readonly alg: 'A256GCM';
  readonly kid: string;
  readonly iv: string;
  readonly ct: string;
  readonly tag: string;
}

const version = 1;
const algorithm = 'A256GCM';
const fields = ['alg', 'ct', 'iv', 'kid', 'tag', 'v'];
/** Lengths are hidden to this many bytes. */
const step = 32;

/** What a value's ciphertext is authenticated with: in any other place it does not open. */
export const boundBytes = ({ subject, bound }: PersonalValue, kid: string): Uint8Array => {
  const { eventId, stream, type, schemaVersion, field } = bound;
  return canonicalBytes(
    { v: version, alg: algorithm, kid, subject, eventId, stream, type, schemaVersion, field },
    'bound',
  );
};

/** A value's canonical JSON, filled up with spaces, which JSON passes over, to a multiple of 32 bytes. */
export const padded = (value: unknown, field: string): Uint8Array => {
  const json = canonicalBytes(value, field);
  const bytes = new Uint8Array(Math.ceil(json.byteLength / step) * step).fill(0x20);
  bytes.set(json);
  return bytes;
};

/** The value that {@link padded} wrote. */
export const unpadded = (bytes: Uint8Array): unknown => JSON.parse(Buffer.from(bytes).toString('utf8'));

const toText = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

export const toCiphertext = (kid: string, { iv, ct, tag }: Sealed): Ciphertext => ({
  v: version,
  alg: algorithm,
  kid,
  iv: toText(iv),
  ct: toText(ct),
  tag: toText(tag),
});

/** The parts of a ciphertext; undefined for anything that {@link toCiphertext} did not write. */
export const fromCiphertext = (value: unknown): (Sealed & { readonly kid: string }) | undefined => {
  if (typeof value !== 'object' || value === null || Object.keys(value).toSorted().join() !== fields.join())
    return undefined;
  // Only looked at here; each field is then tested for its type.
  const { v, alg, kid, iv, ct, tag } = value as Partial<Record<keyof Ciphertext, unknown>>;
  if (v !== version || alg !== algorithm || typeof kid !== 'string') return undefined;
  const parts = { iv: fromText(iv), ct: fromText(ct), tag: fromText(tag) };
  if (parts.iv?.byteLength !== ivBytes || parts.tag?.byteLength !== tagBytes || parts.ct === undefined)
    return undefined;
  return { kid, iv: parts.iv, ct: parts.ct, tag: parts.tag };
};

const fromText = (text: unknown): Uint8Array | undefined => {
  if (typeof text !== 'string') return undefined;
  const bytes = Buffer.from(text, 'base64url');
  // Node passes over what is not base64url; the same bytes must have one text only.
  return bytes.toString('base64url') === text ? bytes : undefined;
};
