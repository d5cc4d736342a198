import { createHash } from 'node:crypto';
import { canonicalBytes } from '@probono/event-store';
import { ivBytes, keyBytes, open, type Random, seal, tagBytes } from './aes-gcm.js';

/** What a wrapped key is bound to: it cannot be put in another's place. */
export interface WrappedFor {
  readonly subject: string;
  readonly kid: string;
}

/** Wraps the keys of persons under a key-encryption key (KEK) that the key store never sees: a file now, a KMS later. */
export interface KeyWrapper {
  /** Names the KEK; says nothing about it. */
  readonly kekId: string;
  wrap(key: Uint8Array, bound: WrappedFor): Promise<Uint8Array>;
  /** Throws when the bytes are not what this KEK wrapped for these. */
  unwrap(wrapped: Uint8Array, bound: WrappedFor): Promise<Uint8Array>;
}

/**
 * A wrapper over a KEK of 32 bytes in memory: iv, ciphertext and tag of AES-256-GCM, one after the other.
 *
 * @throws {Error} for a KEK of another length
 */
export const keyWrapper = (kek: Uint8Array, { random }: { readonly random: Random }): KeyWrapper => {
  if (kek.byteLength !== keyBytes) throw new Error(`a key-encryption key has ${keyBytes} bytes, not ${kek.byteLength}`);
  const kekId = createHash('sha256').update('probono kek id\n').update(kek).digest('hex').slice(0, 16);
  const boundBytes = ({ subject, kid }: WrappedFor) => canonicalBytes({ kekId, kid, subject }, 'key');
  return {
    kekId,
    async wrap(key, bound) {
      const { iv, ct, tag } = seal(kek, key, boundBytes(bound), random);
      return Buffer.concat([iv, ct, tag]);
    },
    async unwrap(wrapped, bound) {
      const ct = wrapped.subarray(ivBytes, -tagBytes);
      const key = open(
        kek,
        { iv: wrapped.subarray(0, ivBytes), ct, tag: wrapped.subarray(-tagBytes) },
        boundBytes(bound),
      );
      if (key?.byteLength === keyBytes) return key;
      throw new Error(
        `the key ${bound.kid} was not wrapped by the key-encryption key ${kekId}; restore the one that did`,
      );
    },
  };
};
