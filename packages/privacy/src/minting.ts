import { createHash } from 'node:crypto';
import { keyBytes, type Random, randomOf } from './aes-gcm.js';
import type { SubjectKey } from './key-store.js';

/** A fresh key under a fresh name. */
export const mintKey = (subject: string, random: Random): SubjectKey => ({
  subject,
  kid: Buffer.from(randomOf(random, 16)).toString('base64url'),
  key: randomOf(random, keyBytes),
});

/** What a {@link KeyRecord} says of a key. */
export const digestOfKey = (key: Uint8Array): string => createHash('sha256').update(key).digest('hex');
