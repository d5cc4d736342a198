/** A stream of chances that is the same for the same seed, on every machine. */
export interface Random {
  /** Uniform in 0 … n − 1. */
  below(n: number): number;
  chance(probability: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** In the form of a UUIDv7 (RFC 9562, section 5.7): the simulated time, and bits of this stream. */
  uuid(at: number): string;
  /** 64 hex digits, in the form of a SHA-256. */
  hash(): string;
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

/** "Small fast counter" (sfc32) by Chris Doty-Humphrey, from PractRand: 128 bits of state, at least 2^32 draws apart. */
const sfc32 = (seed: number): (() => number) => {
  let [a, b, c, counter] = [seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0, 0x9e3779b9, 1];
  const next = (): number => {
    const out = (a + b + counter) >>> 0;
    counter = (counter + 1) >>> 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) >>> 0;
    c = (((c << 21) | (c >>> 11)) + out) >>> 0;
    return out;
  };
  // Seeds that are close must not begin alike.
  for (let i = 0; i < 15; i++) next();
  return next;
};

/** Starts a stream of chances; `seed` is a non-negative integer. */
export const randomOf = (seed: number): Random => {
  const next = sfc32(seed);
  const below = (n: number): number => Math.floor((next() / 2 ** 32) * n);
  return {
    below,
    chance: (probability) => next() / 2 ** 32 < probability,
    pick(from) {
      const picked = from[below(from.length)];
      if (picked === undefined) throw new RangeError('there is nothing to pick from');
      return picked;
    },
    uuid(at) {
      const time = hex(at, 12);
      const [first, second, third] = [next(), next(), next()];
      const head = `${time.slice(0, 8)}-${time.slice(8)}-7${hex(first & 0xfff, 3)}`;
      return `${head}-${hex(0x8000 | (second & 0x3fff), 4)}-${hex(second >>> 16, 4)}${hex(third, 8)}`;
    },
    hash: () => Array.from({ length: 8 }, () => hex(next(), 8)).join(''),
  };
};
