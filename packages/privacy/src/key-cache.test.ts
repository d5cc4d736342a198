import { expect, test } from '@jest/globals';
import { createKeyCache } from './key-cache.js';

test('the cache holds so many keys, and lets go of the longest unused', () => {
  const cache = createKeyCache(2);
  const [a, b, c] = [new Uint8Array([1]), new Uint8Array([2]), new Uint8Array([3])];
  cache.set('a', a);
  cache.set('b', b);
  cache.get('a');
  cache.set('c', c);
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([a, undefined, c]);
  cache.delete('a');
  expect(cache.get('a')).toBeUndefined();
});
