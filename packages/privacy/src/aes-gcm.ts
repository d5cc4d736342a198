import { createCipheriv, createDecipheriv } from 'node:crypto';

/** Gives this many random bytes; in production `randomBytes` of node:crypto. */
export type Random = (size: number) => Uint8Array;

/** Bytes of a key of AES-256. */
export const keyBytes = 32;
/** Bytes of an initialisation vector: the 96 bits that NIST SP 800-38D §5.2.1.1 recommends. */
export const ivBytes = 12;
/** Bytes of an authentication tag; always said, because node:crypto would take shorter ones. */
export const tagBytes = 16;

/** What sealing gives. */
export interface Sealed {
  readonly iv: Uint8Array;
  readonly ct: Uint8Array;
  readonly tag: Uint8Array;
}

/** Random bytes, of the length asked for: a source that gives fewer would repeat vectors. */
export const randomOf = (random: Random, size: number): Uint8Array => {
  const bytes = random(size);
  if (bytes.byteLength !== size)
    throw new Error(`the source of randomness gave ${bytes.byteLength} bytes, not ${size}`);
  return bytes;
};

/** Encrypts and authenticates `clear`, and authenticates `bound`, under a fresh vector. */
export const seal = (key: Uint8Array, clear: Uint8Array, bound: Uint8Array, random: Random): Sealed => {
  const iv = randomOf(random, ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes });
  cipher.setAAD(bound);
  const ct = Buffer.concat([cipher.update(clear), cipher.final()]);
  return { iv, ct, tag: cipher.getAuthTag() };
};

/** The clear bytes; undefined when anything — key, vector, ciphertext, tag or what it is bound to — is not as sealed. */
export const open = (key: Uint8Array, { iv, ct, tag }: Sealed, bound: Uint8Array): Uint8Array | undefined => {
  if (iv.byteLength !== ivBytes || tag.byteLength !== tagBytes) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes });
  decipher.setAAD(bound);
  decipher.setAuthTag(tag);
  const clear = decipher.update(ct);
  try {
    return Buffer.concat([clear, decipher.final()]);
  } catch {
    return undefined;
  }
};
