/** How many buckets streams are spread over. */
export const bucketCount = 64;

const encoder = new TextEncoder();

/** The bucket, 0–63, that a stream belongs to: FNV-1a (32 bit) of its name in UTF-8, modulo 64; the same for ever. */
export const bucketOf = (stream: string): number => {
  let hash = 0x811c9dc5;
  for (const byte of encoder.encode(stream)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0) % bucketCount;
};
