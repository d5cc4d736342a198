import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';

/**
 * SHA-256, in hex, of a value's canonical JSON (RFC 8785): the same facts give the same digest, whatever the order
 * in which their fields were written. Throws a `TypeError` when the value has no JSON form.
 */
export const digestOf = (value: unknown): string => {
  const json = canonicalize(value);
  if (json === undefined) throw new TypeError('only values that have a JSON form can be digested');
  return bytesToHex(sha256(utf8ToBytes(json)));
};

/** True when two values state the same facts: fields in any order, and one left out is one that is undefined. */
export const sameFacts = (a: unknown, b: unknown): boolean => digestOf(a) === digestOf(b);
