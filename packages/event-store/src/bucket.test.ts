import { describe, expect, test } from '@jest/globals';
import { bucketOf } from './bucket.js';

describe('the bucket of a stream', () => {
  // Published FNV-1a vectors: '' → 811c9dc5, 'a' → e40c292c, 'foobar' → bf9cf968; their last six bits.
  test.each([
    ['', 0x05],
    ['a', 0x2c],
    ['foobar', 0x28],
  ])('of %j is FNV-1a modulo 64', (stream, bucket) => {
    expect(bucketOf(stream)).toBe(bucket);
  });
  test('spreads streams over all buckets', () => {
    const buckets = new Set(Array.from({ length: 2000 }, (_, index) => bucketOf(`mission-${index}`)));
    expect(buckets.size).toBe(64);
  });
});
