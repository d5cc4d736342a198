import type { FieldCipher, PersonalValue } from '@probono/event-store';
import { open, type Random, seal } from './aes-gcm.js';
import { boundBytes, fromCiphertext, padded, toCiphertext, unpadded } from './ciphertext.js';
import { KeyMissing, type KeyStore, PersonalFieldTampered, type SubjectKey } from './key-store.js';

/**
 * Encrypts each personal value under the key of the person it speaks of (AES-256-GCM), bound to its event, stream,
 * type, version, field and person: moved anywhere else it does not open.
 *
 * `seal` throws {@link SubjectErased} for a person whose key was destroyed. `open` gives `{ erased: true }` for their
 * values, throws {@link PersonalFieldTampered} for what is not as written and {@link KeyMissing} where the key store
 * has neither the key nor its erasure.
 *
 * @example const codec = jsonCodec({ events, cipher: fieldCipher(keys, { random: randomBytes }) });
 */
export const fieldCipher = (keys: KeyStore, { random }: { readonly random: Random }): FieldCipher => ({
  async seal(values) {
    const held = await keys.obtain(subjectsOf(values));
    return values.map((value) => {
      const key = held.get(value.subject);
      if (key === undefined) throw new Error(`the key store gave no key for ${value.subject}`);
      return toCiphertext(
        key.kid,
        seal(key.key, padded(value.value, value.bound.field), boundBytes(value, key.kid), random),
      );
    });
  },
  async open(values) {
    const held = await keys.find(subjectsOf(values));
    return values.map((value) => openOne(value, held.get(value.subject)));
  },
});

const subjectsOf = (values: readonly PersonalValue[]): readonly string[] => [
  ...new Set(values.map(({ subject }) => subject)),
];

const openOne = (value: PersonalValue, key: SubjectKey | 'erased' | undefined): unknown => {
  const { subject, bound } = value;
  const sealed = fromCiphertext(value.value);
  if (sealed === undefined) throw new PersonalFieldTampered(bound.eventId, bound.field, 'it is no ciphertext');
  if (key === undefined) throw new KeyMissing(subject, sealed.kid);
  if (key === 'erased') return { erased: true };
  if (key.kid !== sealed.kid) throw new PersonalFieldTampered(bound.eventId, bound.field, 'it lies under another key');
  const clear = open(key.key, sealed, boundBytes(value, key.kid));
  if (clear === undefined) throw new PersonalFieldTampered(bound.eventId, bound.field, 'its seal is broken');
  return unpadded(clear);
};
