import { createHash } from 'node:crypto';

/** Chances that are the same for the same seed and name, on every machine. */
export interface Dice {
  /** Uniform in 0 … n − 1. */
  below(n: number): number;
  chance(probability: number): boolean;
  pick<T>(from: readonly [T, ...T[]]): T;
}

/** Dice of their own for everything that has a name: what one throws does not change what another one does. */
export const diceOf = (...name: readonly (string | number)[]): Dice => {
  let thrown = 0;
  const next = (): number => {
    thrown += 1;
    return (
      createHash('sha256')
        .update(JSON.stringify([...name, thrown]))
        .digest()
        .readUInt32BE() /
      2 ** 32
    );
  };
  const below = (n: number): number => Math.floor(next() * n);
  return {
    below,
    chance: (probability) => next() < probability,
    pick: ([first, ...others]) => others[below(others.length + 1) - 1] ?? first,
  };
};
